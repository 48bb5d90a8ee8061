import type { SystemEvent } from '../event/system-event';
import type { World } from './ports';

/**
 * Names one event on one instance. Ids of another account might be the same as those of ours, so they stand behind
 * their account and region; at home they stand alone, as they always did.
 */
export function eventKey({ id, instanceId, account, region }: SystemEvent, home: World['home']): string {
  const key = `${id}/${instanceId}`;
  return home === undefined || account === home.account ? key : `${account}/${region}/${key}`;
}

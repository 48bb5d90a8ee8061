import type { SystemEvent } from '../event/system-event';
import { shortHash } from '../run/hash';
import { eventKey } from './event-key';
import type { World } from './ports';

/** One run per event and instance, whoever heard of it first. */
export function runIdOf(event: SystemEvent, home: World['home']): string {
  return `run-${shortHash(eventKey(event, home))}`;
}

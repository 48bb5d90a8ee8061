import type { SystemEvent } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import { shortHash } from '../run/hash';
import { eventKey } from './event-key';
import { note } from './noted';
import { CloudError, type World } from './ports';

/**
 * So often a thing may fail for a reason that is no outage before it is set aside. Far below the number of
 * deliveries after which the queue does so by itself, and enough for whatever a second try can mend.
 */
export const mostTries = 5;

const journal = 'set-aside';

type Mode = Configuration['settings']['spec']['mode'];

/**
 * Keeps what could not be used in a journal of its own, with the reason, and tells; the same thing only once.
 * Nothing is lost: in observe mode, which writes nothing, the log line has the whole text.
 *
 * @param key what makes it the same thing; its text unless given
 * @returns false when it had been set aside before
 */
export async function setAside(
  world: World,
  {
    why,
    text,
    mode,
    key = shortHash(text),
  }: { readonly why: string; readonly text: string; readonly mode: Mode; readonly key?: string },
): Promise<boolean> {
  const at = world.now();
  const isNew =
    mode === 'observe' ||
    (await note(world.journals, journal, (lines) =>
      lines.some((line) => line['kind'] === 'set-aside' && line['key'] === key)
        ? undefined
        : { kind: 'set-aside', at, key, why, text },
    ));
  if (isNew) world.log({ at, kind: 'warning', text: `set aside: ${why}`, data: { text } });
  return isNew;
}

/**
 * An event could not be taken in. Trying again helps against an outage; a bug is tried a few times, then the
 * event is set aside and somebody called. The sweep goes on trying it quietly, for the day the bug is mended.
 *
 * @throws the error, as long as the platform is to deliver the event again
 */
export async function setEventAside(
  world: World,
  event: SystemEvent,
  error: unknown,
  mode: Mode,
): Promise<void> {
  if (error instanceof CloudError || mode === 'observe') throw error;
  const key = `${eventKey(event, world.home)}/${event.status}`;
  const why = reasonOf(error);
  if ((await countTry(world, key, why)) < mostTries) throw error;
  if (!(await setAside(world, { why, text: JSON.stringify(event), mode, key }))) return;
  const text = `${event.code} ${event.id} could not be taken in: ${why}`;
  world.log({ at: world.now(), kind: 'call-someone', text, instance: event.instanceId });
}

/** What a person needs of an error; never without end. */
export function reasonOf(error: unknown): string {
  return String(error).slice(0, 1000);
}

/** How often the thing has failed, this time included. Platforms do not tell which delivery it is. */
async function countTry(world: World, key: string, why: string): Promise<number> {
  let tries = 0;
  await note(world.journals, journal, (lines) => {
    const failed = lines.filter((line) => line['kind'] === 'failed' && line['key'] === key).length;
    tries = failed + 1;
    return tries > mostTries ? undefined : { kind: 'failed', at: world.now(), key, why };
  });
  return tries;
}

import { eventKind } from '../event/kinds';
import type { Millis, SystemEvent } from '../event/system-event';
import { writesNothing } from '../playbook/observes';
import type { Configuration } from '../playbook/configuration';
import type { NoMatch } from '../playbook/match';
import { eventKey } from './event-key';
import { note } from './noted';
import type { World } from './ports';

const journal = 'unmatched';

interface Unmatched {
  readonly key: string;
  readonly at: Millis;
  readonly text: string;
}

/** One event in one status: it is told once, however often it is heard of. */
export function unmatchedKey(event: SystemEvent, home: World['home']): string {
  return `${eventKey(event, home)}/${event.status}`;
}

/**
 * An event that starts no run: written down and told, the first time. Where nothing may be written it is only told. A
 * code that nobody has written down yet is told loudly, and for a member of a pool a person is called.
 */
export async function noteUnmatched(
  world: World,
  configuration: Configuration,
  event: SystemEvent,
  { none: why, pool }: NoMatch,
): Promise<void> {
  const key = unmatchedKey(event, world.home);
  const at = world.now();
  const text = `${event.code} ${event.status} ${event.id}: no run, ${why}`;
  const isNew =
    writesNothing(configuration) ||
    (await note(world.journals, journal, (lines) =>
      lines.some((line) => line['key'] === key) ? undefined : { kind: 'unmatched', at, key, text },
    ));
  if (!isNew) return;
  const isStrange = eventKind(event.code) === undefined;
  const kind = !isStrange ? 'intake' : pool === undefined ? 'warning' : 'call-someone';
  world.log({ at, kind, text, instance: event.instanceId, data: { event: event.id, unmatched: true } });
}

/** Every event that started no run, oldest first. */
export async function readUnmatched({ journals }: World): Promise<readonly Unmatched[]> {
  return (await journals.read(journal, 0)).lines.map((text) => JSON.parse(text) as Unmatched);
}

import type { Millis } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import { writesNothing } from '../playbook/observes';
import { shortHash } from '../run/hash';
import { note } from './noted';
import type { World } from './ports';

/** Why a delivery was not believed. */
export type RefusalCode =
  | 'too-large'
  | 'unreadable'
  | 'not-ecs'
  | 'foreign-account'
  | 'unknown-event'
  | 'unknown-instance'
  | 'not-reclaimed';

/** So many are written down a day; more of them are only told, or whoever forges could fill the bucket. */
const mostKept = 1000;
const dayMs = 86_400_000;

/** A push that starts no run because nothing confirms it: written down and told, the same thing once a day. */
export async function noteRefused(
  world: World,
  configuration: Configuration,
  refused: {
    readonly code: RefusalCode;
    readonly why: string;
    /** What makes it the same thing. */
    readonly key: string;
    readonly instance?: string;
  },
): Promise<void> {
  const { code, why, instance } = refused;
  const at = world.now();
  const key = shortHash(`${code}/${refused.key}`);
  const isNew =
    writesNothing(configuration) ||
    (await note(world.journals, journalOf(at), (lines) =>
      lines.length >= mostKept || lines.some((line) => line['key'] === key)
        ? undefined
        : { kind: 'refused', at, key, code, why },
    ));
  if (!isNew) return;
  const data = { refused: code };
  world.log({
    at,
    kind: 'warning',
    text: `refused: ${why}`,
    data,
    ...(instance !== undefined && { instance }),
  });
}

/** How many deliveries were refused after `since`, by reason; at most two days are looked at. */
export async function countRefused(
  { journals, now }: Pick<World, 'journals' | 'now'>,
  since: Millis | undefined,
): Promise<Readonly<Record<string, number>>> {
  const at = now();
  const days = since === undefined || journalOf(since) === journalOf(at) ? [at] : [at - dayMs, at];
  const counts: Record<string, number> = {};
  for (const day of days) {
    for (const text of (await journals.read(journalOf(day), 0)).lines) {
      const line = JSON.parse(text) as { readonly at: Millis; readonly code: string };
      if (line.at > (since ?? -Infinity)) counts[line.code] = (counts[line.code] ?? 0) + 1;
    }
  }
  return counts;
}

function journalOf(at: Millis): string {
  return `refused/${new Date(at).toISOString().slice(0, 10)}`;
}

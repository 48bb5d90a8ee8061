import type { Configuration } from '../playbook/configuration';
import { writesNothing } from '../playbook/observes';
import { shortHash } from '../run/hash';
import { note } from './noted';
import type { World } from './ports';
import { sweepJournal } from './sweep-record';

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

/**
 * A push that starts no run because nothing confirms it: written down between the lines of the sweeps, which count
 * it, and told; the same thing once a day.
 */
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
    (await note(world.journals, sweepJournal(at), (lines) =>
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

/** How many pushes were refused on this day, by reason: it only grows, whatever sweeps run meanwhile. */
export async function refusedToday({
  journals,
  now,
}: Pick<World, 'journals' | 'now'>): Promise<Readonly<Record<string, number>>> {
  const { lines } = await journals.read(sweepJournal(now()), 0);
  const counts: Record<string, number> = {};
  for (const text of lines) {
    const { kind, code } = JSON.parse(text) as { readonly kind: string; readonly code?: string };
    if (kind === 'refused' && code !== undefined) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

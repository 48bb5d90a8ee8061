import * as z from 'zod';
import type { Millis } from '../event/system-event';
import type { World } from './ports';

/** The sweep's timer, where the deployment says nothing else. */
export const usualSweepEveryMs: Millis = 5 * 60_000;
const dayMs = 86_400_000;
const daysBack = 7;

const Swept = z.object({
  kind: z.literal('swept'),
  at: z.number(),
  /** Where a sweep had to stop: the last run that it looked after. */
  stoppedBehind: z.string().optional(),
});
type Swept = z.output<typeof Swept>;
/** A push that nothing confirmed, written between two sweeps. */
const Refused = z.object({ kind: z.literal('refused'), at: z.number(), code: z.string() });
const Line = z.discriminatedUnion('kind', [Swept, Refused]);

/** How many pushes were refused, by reason. */
export type RefusedCounts = Readonly<Record<string, number>>;

/** What earlier sweeps have written down, and where this one may. */
interface SweepRecord {
  /** Undefined when there was none within a week. */
  readonly last?: Swept;
  /** Since then. */
  readonly refused: RefusedCounts;
  /** When it was read: a sweep over midnight stays in the journal in which it began. */
  readonly at: Millis;
  readonly journal: string;
  readonly position: number;
}

/** The latest sweep that was finished. A journal for each day keeps it short. */
export async function readSweepRecord({
  journals,
  now,
}: Pick<World, 'journals' | 'now'>): Promise<SweepRecord> {
  const at = now();
  const journal = sweepJournal(at);
  const { lines, position } = await journals.read(journal, 0);
  let behind = readBehind(lines);
  let counts = behind.refused;
  for (let days = 1; behind.last === undefined && days <= daysBack; days += 1) {
    behind = readBehind((await journals.read(sweepJournal(at - days * dayMs), 0)).lines);
    counts = add(counts, behind.refused);
  }
  return { at, journal, position, refused: counts, ...(behind.last && { last: behind.last }) };
}

/** The last sweep of a day, and what was refused behind it. */
function readBehind(texts: readonly string[]): { readonly last?: Swept; readonly refused: RefusedCounts } {
  const lines = texts.map((text) => Line.parse(JSON.parse(text)));
  const at = lines.findLastIndex(({ kind }) => kind === 'swept');
  const last = lines[at];
  const refused = lines
    .slice(at + 1)
    .reduce<RefusedCounts>((all, line) => (line.kind === 'refused' ? add(all, { [line.code]: 1 }) : all), {});
  return { refused, ...(last?.kind === 'swept' && { last }) };
}

function add(one: RefusedCounts, other: RefusedCounts): RefusedCounts {
  const sums = Object.entries(other).map(([code, count]) => [code, (one[code] ?? 0) + count]);
  return { ...one, ...(Object.fromEntries(sums) as RefusedCounts) };
}

/**
 * Writes down that a sweep is over. When another one was over first, its line is enough; a push that was refused
 * meanwhile is no reason to forget the sweep.
 *
 * @returns what was refused before that line
 */
export async function recordSweep(
  world: World,
  record: SweepRecord,
  stoppedBehind: string | undefined,
): Promise<RefusedCounts> {
  const { journals, now, worker } = world;
  const { journal, position, refused, last } = record;
  const some = Object.keys(refused).length > 0;
  const line = { kind: 'swept', at: now(), worker, stoppedBehind, ...(some && { refused }) };
  const appended = await journals.append(journal, position, JSON.stringify(line));
  if (appended.kind === 'appended') return refused;
  const anew = await readSweepRecord({ journals, now: () => record.at });
  return anew.last?.at === last?.at ? recordSweep(world, anew, stoppedBehind) : refused;
}

/** Of the day on which this instant falls: sweeps, and what was refused between them. */
export function sweepJournal(at: Millis): string {
  return `sweeps/${new Date(at).toISOString().slice(0, 10)}`;
}

import * as z from 'zod';
import type { Millis } from '../event/system-event';
import type { World } from './ports';

/** The sweep's timer in the deployment. */
export const sweepEveryMs = 5 * 60_000;
const dayMs = 86_400_000;
const daysBack = 7;

const Swept = z.object({
  at: z.number(),
  /** Where a sweep had to stop: the last run that it looked after. */
  stoppedBehind: z.string().optional(),
});
type Swept = z.output<typeof Swept>;

/** What earlier sweeps have written down, and where this one may. */
interface SweepRecord {
  /** Undefined when there was none within a week. */
  readonly last?: Swept;
  readonly journal: string;
  readonly position: number;
}

/** The latest sweep that was finished. A journal for each day keeps it short. */
export async function readSweepRecord({
  journals,
  now,
}: Pick<World, 'journals' | 'now'>): Promise<SweepRecord> {
  const journal = journalOf(now());
  const { lines, position } = await journals.read(journal, 0);
  let last = lines.at(-1);
  for (let days = 1; last === undefined && days <= daysBack; days += 1) {
    last = (await journals.read(journalOf(now() - days * dayMs), 0)).lines.at(-1);
  }
  return { journal, position, ...(last !== undefined && { last: Swept.parse(JSON.parse(last)) }) };
}

/** Writes down that a sweep is over. When another one was over first, its line is enough. */
export async function recordSweep(
  { journals, now, worker }: World,
  { journal, position }: SweepRecord,
  {
    stoppedBehind,
    refused,
  }: { readonly stoppedBehind?: string; readonly refused: Readonly<Record<string, number>> },
): Promise<void> {
  const some = Object.keys(refused).length > 0;
  const line = { kind: 'swept', at: now(), worker, stoppedBehind, ...(some && { refused }) };
  await journals.append(journal, position, JSON.stringify(line));
}

function journalOf(at: Millis): string {
  return `sweeps/${new Date(at).toISOString().slice(0, 10)}`;
}

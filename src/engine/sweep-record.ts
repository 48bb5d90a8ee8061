import * as z from 'zod';
import type { Millis } from '../event/system-event';
import { note } from './noted';
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

/** The latest sweep that was finished; undefined when there was none within a week. A journal for each day keeps it short. */
export async function lastSweep({ journals, now }: World): Promise<Swept | undefined> {
  for (let days = 0; days <= daysBack; days += 1) {
    const { lines } = await journals.read(journalOf(now() - days * dayMs), 0);
    const last = lines.at(-1);
    if (last !== undefined) return Swept.parse(JSON.parse(last));
  }
  return undefined;
}

/** Writes down that a sweep is over. */
export async function recordSweep(world: World, stoppedBehind: string | undefined): Promise<void> {
  const at = world.now();
  await note(world.journals, journalOf(at), () => ({
    kind: 'swept',
    at,
    worker: world.worker,
    stoppedBehind,
  }));
}

function journalOf(at: Millis): string {
  return `sweeps/${new Date(at).toISOString().slice(0, 10)}`;
}

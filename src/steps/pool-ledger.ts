import * as z from 'zod';
import type { Reach } from './define-step';

/** One line of a pool's journal. */
const Line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('taken'),
    run: z.string(),
    instance: z.string(),
    zone: z.string(),
    at: z.number(),
  }),
  z.object({ kind: z.literal('returned'), run: z.string(), at: z.number() }),
]);

export interface SlotHolder {
  readonly run: string;
  readonly instanceId: string;
  readonly zone: string;
}

export interface Ledger {
  readonly holders: readonly SlotHolder[];
  /** End of the journal when it was read: an append elsewhere means somebody else was first. */
  readonly position: number;
}

/** Who has a slot of the pool, from the pool's journal. */
export async function readLedger(journals: Reach['journals'], pool: string): Promise<Ledger> {
  const { lines, position } = await journals.read(journalName(pool), 0);
  const holders = new Map<string, SlotHolder>();
  for (const text of lines) {
    const line = Line.parse(JSON.parse(text));
    if (line.kind === 'taken')
      holders.set(line.run, { run: line.run, instanceId: line.instance, zone: line.zone });
    else holders.delete(line.run);
  }
  return { holders: [...holders.values()], position };
}

/**
 * Records a slot as taken if nobody wrote to the pool's journal since it was read.
 *
 * @returns whether it was recorded; false means another run was first and the guard must be asked again
 */
export async function takeSlot(
  journals: Reach['journals'],
  pool: string,
  position: number,
  holder: SlotHolder,
  at: number,
): Promise<boolean> {
  const line = { kind: 'taken', run: holder.run, instance: holder.instanceId, zone: holder.zone, at };
  return (await journals.append(journalName(pool), position, JSON.stringify(line))).kind === 'appended';
}

/** Records that the run gives its slot back; false when another run wrote first and it must be tried again. */
export async function giveBackSlot(
  journals: Reach['journals'],
  pool: string,
  position: number,
  run: string,
  at: number,
): Promise<boolean> {
  const line = { kind: 'returned', run, at };
  return (await journals.append(journalName(pool), position, JSON.stringify(line))).kind === 'appended';
}

function journalName(pool: string): string {
  return `pools/${pool}`;
}

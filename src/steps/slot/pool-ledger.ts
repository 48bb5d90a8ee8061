import * as z from 'zod';
import type { Reach } from '../define-step';
import { foldLedger, type Standing } from './fold-ledger';
import { PoolLine } from './pool-lines';

/** What a pool's journal said when it was read. */
export interface Ledger extends Standing {
  /** End of the journal: an append elsewhere means that somebody else was first. */
  readonly position: number;
}

/**
 * Who is out, who waits and what went wrong in a pool, from the pool's journal.
 *
 * @throws Error naming journal and line when a line is not one of ours
 */
export async function readLedger(journals: Reach['journals'], pool: string): Promise<Ledger> {
  const { lines, position } = await journals.read(poolJournal(pool), 0);
  return { ...foldLedger(lines.map((text, index) => parse(text, pool, index))), position };
}

/**
 * Adds a line if nobody wrote to the pool's journal since it was read.
 *
 * @returns whether it was added; false means that another was first and the ledger must be read again
 */
export async function addLine(
  journals: Reach['journals'],
  pool: string,
  { position }: Pick<Ledger, 'position'>,
  line: PoolLine,
): Promise<boolean> {
  return (await journals.append(poolJournal(pool), position, JSON.stringify(line))).kind === 'appended';
}

function parse(text: string, pool: string, index: number): PoolLine {
  const parsed = PoolLine.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`journal ${poolJournal(pool)}, line ${index + 1}: ${z.prettifyError(parsed.error)}`);
}

function poolJournal(pool: string): string {
  return `pools/${pool}`;
}

import * as z from 'zod';
import type { Verdict } from '../../run/run';
import { defineStep, type Move, type Reach, type Scene } from '../define-step';
import { addLine, readLedger, type Ledger } from './pool-ledger';
import type { PoolLine } from './pool-lines';

const Parameters = z.strictObject({
  pool: z.string(),
  /** Further pools whose slots were taken. */
  also: z.array(z.string()).default([]),
});

type Ledgers = Readonly<Record<string, Ledger>>;

/** The next line that leaves a pool: the slot comes back, or the place in the line is given up. */
interface Leaving {
  readonly pool: string;
  readonly line: PoolLine;
}

/** Out of every pool, one journal after the other. */
function leaving<P>(poolsOf: (parameters: P) => readonly string[]): Move<P, Ledgers> {
  return {
    look: (parameters, { journals }) => readLedgers(journals, poolsOf(parameters)),
    judge: (ledgers, parameters, scene): Verdict => {
      const next = nextLine(ledgers, scene);
      if (next === undefined)
        return { kind: 'done', note: `no slot of ${poolsOf(parameters).join(', ')} is held` };
      const { pool, line } = next;
      const note = line.kind === 'left' ? `leaves the line of ${pool}` : `gives the slot of ${pool} back`;
      return { kind: 'needed', note };
    },
    act: async (_parameters, { journals }, scene, ledgers) => {
      const next = nextLine(ledgers, scene);
      const ledger = next && ledgers[next.pool];
      if (next !== undefined && ledger !== undefined) await addLine(journals, next.pool, ledger, next.line);
      return {};
    },
  };
}

export const returnSlot = defineStep({
  type: 'return-slot',
  permissions: [],
  parameters: Parameters,
  ...leaving<z.output<typeof Parameters>>(({ pool, also }) => [pool, ...also]),
});

/** Undoing `take-slot`, whose parameters say more about each pool. */
export const givingSlotsBack = leaving(
  ({ pool, also }: { readonly pool: string; readonly also: readonly { readonly pool: string }[] }) => [
    pool,
    ...also.map((other) => other.pool),
  ],
);

async function readLedgers(journals: Reach['journals'], pools: readonly string[]): Promise<Ledgers> {
  const read = async (pool: string) => [pool, await readLedger(journals, pool)] as const;
  return Object.fromEntries(await Promise.all(pools.map(read)));
}

function nextLine(ledgers: Ledgers, { runId: run, now: at, undoing }: Scene): Leaving | undefined {
  for (const pool of Object.keys(ledgers).toSorted()) {
    const { holders = [], line = [] } = ledgers[pool] ?? {};
    if (holders.some((holder) => holder.run === run)) {
      const how = undoing === undefined ? { outcome: 'done' as const } : putBack(undoing);
      return { pool, line: { kind: 'returned', run, at, ...how } };
    }
    if (line.some((entry) => entry.run === run)) return { pool, line: { kind: 'left', run, at } };
  }
  return undefined;
}

/** A run that fails is undone; one that is withdrawn, gives way or is frozen says nothing about the pool. */
function putBack({ then, reason }: NonNullable<Scene['undoing']>) {
  const outcome = then === 'undone' ? ('undone' as const) : ('withdrawn' as const);
  return { outcome, reason: reason.code };
}

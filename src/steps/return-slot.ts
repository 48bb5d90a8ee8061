import * as z from 'zod';
import type { Verdict } from '../run/run';
import { defineStep, type Move, type Scene } from './define-step';
import { giveBackSlot, readLedger, type Ledger } from './pool-ledger';

/** Giving the slot back, as a step of its own and as the undoing of `take-slot`. */
export const givingBack: Move<{ readonly pool: string }, Ledger> = {
  look: ({ pool }, { journals }) => readLedger(journals, pool),
  judge: ({ holders }, { pool }, scene): Verdict =>
    holds(holders, scene)
      ? { kind: 'needed', note: `gives the slot of ${pool} back` }
      : { kind: 'done', note: `no slot of ${pool} is held` },
  act: async ({ pool }, { journals }, scene, seen) => {
    await giveBackSlot(journals, pool, seen.position, scene.runId, scene.now);
    return {};
  },
};

export const returnSlot = defineStep({
  type: 'return-slot',
  permissions: [],
  parameters: z.strictObject({ pool: z.string() }),
  ...givingBack,
});

function holds(holders: Ledger['holders'], scene: Scene): boolean {
  return holders.some((holder) => holder.run === scene.runId);
}

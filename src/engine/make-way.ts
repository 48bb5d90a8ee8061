import type { Plan } from '../run/run';
import { readLedger } from '../steps/slot/pool-ledger';
import { SlotParameters } from '../steps/slot/parameters';
import type { World } from './ports';
import { tell } from './tell';

/**
 * An emergency on an instance that a planned run has out already: the planned run is told to put everything back and to
 * begin anew behind it. Past its commit point it finishes first. Told before the emergency's run begins, so that a
 * crash in between repeats the word and loses nothing.
 */
export async function makeWay(world: World, plan: Plan, runId: string): Promise<void> {
  if (plan.urgency !== 'now') return;
  const slot = plan.steps.find(({ use }) => use === 'take-slot');
  if (slot === undefined) return;
  const { pool, also, priority } = SlotParameters.parse(slot.parameters);
  const ledgers = [pool, ...also.map((other) => other.pool)].map((name) => readLedger(world.journals, name));
  const holders = (await Promise.all(ledgers)).flatMap((ledger) => ledger.holders);
  const weaker = holders.filter(
    (holder) =>
      holder.instanceId === plan.target.instanceId &&
      holder.run !== runId &&
      !holder.urgent &&
      holder.priority <= priority,
  );
  const why = `${plan.playbook} answers an emergency on ${plan.target.instanceId}`;
  for (const run of new Set(weaker.map((holder) => holder.run))) {
    await tell(world, run, { kind: 'yield', to: runId, by: 'intake', why });
  }
}

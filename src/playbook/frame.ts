import type { Facts, PlanStep } from '../run/run';
import type { Pool } from './configuration';
import type { Match } from './match';
import type { Window } from './window';

/** The step whose facts hold the moment by which the event must have been answered. */
export const slotId = 'slot';
const protectId = 'protect-from-scaling';

/** What every run does around the steps of its playbook. */
export function framed(
  { playbook, pool, calendar }: Match,
  places: readonly Facts[],
  steps: readonly PlanStep[],
): readonly PlanStep[] {
  const { timing } = playbook.spec;
  const window: Window = {
    calendar: calendar.spec,
    neededMs: timing.maxRun,
    finishBeforeMs: timing.finishBefore,
    ifNoWindow: timing.ifNoWindow,
  };
  const poolName = pool.metadata.name;
  const { guard, members } = pool.spec;
  const slot = { pool: poolName, guard, tags: members.tags, places, window };
  return [
    { id: 'window', use: 'await-window', parameters: { window }, frame: true },
    idleStep(pool),
    { id: slotId, use: 'take-slot', parameters: slot, frame: true },
    ...betweenScaling(pool, steps),
    { id: 'slot-back', use: 'return-slot', parameters: { pool: poolName }, frame: true },
  ];
}

/** Waits, before a slot is taken, until nobody else works on the instance. */
function idleStep({ spec }: Pool): PlanStep {
  const parameters = { notWhile: spec.members.notWhile?.tags ?? {}, scaling: spec.scaling === 'protect' };
  return { id: 'await-idle', use: 'await-idle', parameters, frame: true };
}

/** A scaling group whose activity goes on longer than this makes the run give its slot back. */
const protectAtMostMs = 5 * 60_000;

/** Around everything that takes the instance down: Auto Scaling must not replace it meanwhile. */
function betweenScaling({ spec }: Pool, steps: readonly PlanStep[]): readonly PlanStep[] {
  if (spec.scaling === 'ignore') return steps;
  return [
    { id: protectId, use: protectId, parameters: {}, atMostMs: protectAtMostMs, frame: true },
    ...steps,
    { id: 'release-to-scaling', use: 'release-to-scaling', parameters: { protect: protectId }, frame: true },
  ];
}

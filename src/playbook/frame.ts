import type { PlanStep } from '../run/run';
import type { Pool } from './configuration';

const protectId = 'protect-from-scaling';

/** Waits, before a slot is taken, until nobody else works on the instance. */
export function idleStep({ spec }: Pool): PlanStep {
  const parameters = { notWhile: spec.members.notWhile?.tags ?? {}, scaling: spec.scaling === 'protect' };
  return { id: 'await-idle', use: 'await-idle', parameters, frame: true };
}

/** A scaling group whose activity goes on longer than this makes the run give its slot back. */
const protectAtMostMs = 5 * 60_000;

/** Around everything that takes the instance down: Auto Scaling must not replace it meanwhile. */
export function betweenScaling({ spec }: Pool, steps: readonly PlanStep[]): readonly PlanStep[] {
  if (spec.scaling === 'ignore') return steps;
  return [
    { id: protectId, use: protectId, parameters: {}, atMostMs: protectAtMostMs, frame: true },
    ...steps,
    { id: 'release-to-scaling', use: 'release-to-scaling', parameters: { protect: protectId }, frame: true },
  ];
}

import type { PlanStep } from '../run/run';
import type { Pool, Step } from './configuration';
import type { Match } from './match';
import { placesOf } from './places';

const protectId = 'protect-from-scaling';
const standbyId = 'enter-standby';
const leaveId = 'leave-standby';

/** A scaling group whose activity goes on longer than this makes the run give its slot back. */
const scalingAtMostMs = 5 * 60_000;

/** Around everything that takes the instance down: Auto Scaling must not replace it meanwhile. */
export function betweenScaling(match: Match, steps: readonly PlanStep[]): readonly PlanStep[] {
  if (match.pool.spec.scaling === 'ignore') return steps;
  if (standbyOf(match.pool, match.playbook.spec.steps) !== undefined) return inStandby(match, steps);
  return [
    { id: protectId, use: protectId, parameters: { atMostMs: scalingAtMostMs }, frame: true },
    ...steps,
    { id: 'release-to-scaling', use: 'release-to-scaling', parameters: { protect: protectId }, frame: true },
  ];
}

/**
 * The id of the step that puts an instance into Standby, in a pool that wants it so. A playbook that only lowers
 * weights takes nothing out, and so has none: its members are protected.
 */
export function standbyOf({ spec }: Pool, steps: readonly Step[]): string | undefined {
  const takesOut = steps.some(
    (step) => step.use === 'answer-event' || (step.use === 'drain-traffic' && step.with.how !== 'lower'),
  );
  return spec.scaling === 'standby' && takesOut ? standbyId : undefined;
}

/** Standby takes all traffic away: whatever only lowers it comes before. */
function inStandby({ pool, alsoMemberOf, playbook }: Match, steps: readonly PlanStep[]): readonly PlanStep[] {
  const places = placesOf(...[pool, ...alsoMemberOf].map(({ spec }) => spec.traffic));
  const drain = steps.findIndex(({ use }) => use === 'drain-traffic');
  const at = steps.slice(0, Math.max(0, drain)).findLastIndex(({ use }) => lowering.has(use)) + 1;
  const restore = playbook.spec.steps.find(({ use }) => use === 'restore-traffic')?.id;
  const { allowLast } = pool.spec.guard;
  const lowered = steps.slice(0, at).filter(({ use }) => use === 'soften-traffic');
  const after = lowered.map(({ id }) => id);
  const enter = { atMostMs: scalingAtMostMs, places, allowLast, after, leave: leaveId };
  const leave = { standby: standbyId, places, ...(restore !== undefined && { restore }) };
  return [
    ...steps.slice(0, at),
    { id: standbyId, use: standbyId, parameters: enter, frame: true },
    ...steps.slice(at),
    { id: leaveId, use: leaveId, parameters: leave, frame: true },
  ];
}

const lowering: ReadonlySet<string> = new Set(['soften-traffic', 'await-window']);

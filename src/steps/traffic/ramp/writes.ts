import type { Change, Membership } from '../../../engine/ports';
import type { Millis } from '../../../event/system-event';
import { factsOf, type Scene } from '../../define-step';
import type { RampParameters, RampSeen } from './ramp';
import { readRamp, type RampFacts } from './facts';
import { readDrained, shareOf, standingOf, type Drained } from '../snapshot';
import { nextChanges, type Wanted } from '../writes';

type Weights = Pick<RampSeen, 'memberships'>;
type Known = Weights & Pick<RampSeen, 'health'>;

/** What was taken, and the share that was left of it, in percent. */
export function takenBy(
  { drain, lowered }: RampParameters,
  scene: Scene,
): { readonly drained?: Drained; readonly base: number } {
  const { base } = readRamp(scene.facts);
  const drained = readDrained(factsOf(scene, drain));
  if (drained !== undefined) return { drained, base: 0 };
  const [first] = lowered.flatMap(({ step, percent }) => {
    const taken = readDrained(factsOf(scene, step));
    return taken === undefined ? [] : [{ drained: taken, base: base ?? percent }];
  });
  return first ?? { base: 0 };
}

/** The ramp goes up only. */
export function rampOf(parameters: RampParameters, scene: Scene): RampParameters['ramp'] {
  const { base } = takenBy(parameters, scene);
  return parameters.ramp.filter(({ percent }) => percent > base);
}

function percentAt(index: number, parameters: RampParameters, scene: Scene): number {
  return rampOf(parameters, scene)[index]?.percent ?? takenBy(parameters, scene).base;
}

/**
 * The writes of the stage at hand that are still missing, or of the next stage when this one was held long
 * enough; stage `ramp.length` with no writes means that everything is back.
 */
export function nextWrites(
  seen: Known,
  parameters: RampParameters,
  scene: Scene,
): { readonly stage: number; readonly writes: readonly Wanted[] } {
  const { stage, stageAt } = readRamp(scene.facts);
  const { drained, base } = takenBy(parameters, scene);
  const ramp = rampOf(parameters, scene);
  const missing = missingWrites(seen, parameters, scene);
  if (missing.length > 0) return { stage, writes: missing };
  const isBegun = typeof stageAt === 'number';
  if (isBegun) {
    const held = scene.now - stageAt >= (ramp[stage]?.holdMs ?? 0);
    if (!held || !isGood(seen, parameters)) return { stage, writes: [] };
  }
  // Shares of a small weight may be the same at two stages: go to the next one that changes something.
  const reached = isBegun ? percentAt(stage, parameters, scene) : base;
  const later = ramp.map(({ percent }, index) => ({
    stage: index,
    writes: index > stage ? writesBetween(reached, percent, seen, drained) : [],
  }));
  return later.find(({ writes }) => writes.length > 0) ?? { stage: ramp.length, writes: [] };
}

/** Writes of the stage at hand that do not show yet. */
export function missingWrites(seen: Weights, parameters: RampParameters, scene: Scene): readonly Wanted[] {
  const { stage } = readRamp(scene.facts);
  const { drained } = takenBy(parameters, scene);
  const from = percentAt(stage - 1, parameters, scene);
  return writesBetween(from, percentAt(stage, parameters, scene), seen, drained);
}

/** Silence is good enough for a pool that does not ask its load balancers. */
export function isGood({ health }: Pick<RampSeen, 'health'>, { requireHealth }: RampParameters): boolean {
  return requireHealth ? health === 'normal' : health !== 'abnormal';
}

/** What brings the weights from one share to another; a weight that is not at the first is a person's. */
function writesBetween(
  from: number,
  to: number,
  seen: Weights,
  drained: Drained | undefined,
): readonly Wanted[] {
  return (drained?.snapshot ?? []).flatMap((before) => {
    const now = standingOf(before, seen.memberships);
    const weight = shareOf(before, to);
    const untouched = now.weight === shareOf(before, from) && before.fixed === undefined;
    if (!untouched || now.weight === weight || (now.isGone && !isRemoved(before, drained))) return [];
    return [{ ...before, weight, how: now.isGone ? ('add' as const) : ('weights' as const) }];
  });
}

/** True for a place that our own drain took the instance out of. */
function isRemoved({ group }: Membership, drained: Drained | undefined): boolean {
  return drained?.removed === true && drained.written.includes(group);
}

/** Places that stand at a share that we gave, or left; any other weight is a person's. */
export function givenBack(seen: Weights, parameters: RampParameters, scene: Scene): RampSeen['memberships'] {
  const { stage, written } = readRamp(scene.facts);
  const { drained, base } = takenBy(parameters, scene);
  const shares = [percentAt(stage, parameters, scene), percentAt(stage - 1, parameters, scene)];
  return (drained?.snapshot ?? []).flatMap((before) => {
    const now = seen.memberships.find(({ key }) => key === before.key);
    if (now === undefined || now.weight === 0 || before.fixed !== undefined) return [];
    const isShare = shares.some((percent) => shareOf(before, percent) === now.weight);
    const isRaised = written?.includes(before.group) ?? true;
    const isLowered = base > 0 && drained?.written.includes(before.group) === true;
    return isShare && (isRaised || isLowered) ? [now] : [];
  });
}

/** The calls that can be made now: nothing is written where a job is still at work. */
export function changesOf(
  writes: readonly Wanted[],
  { memberships, jobs = {} }: RampSeen,
): readonly Change[] {
  return nextChanges(
    writes.filter(({ group }) => jobs[group] !== 'processing'),
    memberships,
  );
}

/** What a claim notes of writes that are about to be made. */
export function noteWrites(
  ramp: RampFacts,
  stage: number,
  changes: readonly Change[],
  now: Millis,
): Partial<RampFacts> {
  const isNew = isNewStage(ramp, stage);
  const tries = isNew ? {} : ramp.tries;
  const groups = changes.map(({ group }) => group);
  return {
    stage,
    stageAt: now,
    begunAt: isNew ? now : (ramp.begunAt ?? now),
    tries: { ...tries, ...Object.fromEntries(groups.map((group) => [group, (tries[group] ?? 0) + 1])) },
    ...(isNew && { jobs: {} }),
    // A ramp that an earlier version began has written to nobody knows which groups: to any of them, then.
    ...(!isOfEarlierVersion(ramp) && { written: [...new Set([...(ramp.written ?? []), ...groups])] }),
  };
}

export function isNewStage({ begunAt, stage: at }: RampFacts, stage: number): boolean {
  return typeof begunAt !== 'number' || stage !== at;
}

function isOfEarlierVersion({ stageAt, written }: RampFacts): boolean {
  return typeof stageAt === 'number' && !Array.isArray(written);
}

import type { Verdict } from '../../run/run';
import { defineStep, type Reach, type Scene } from '../define-step';
import { worstOf } from './group-guard';
import { ofTheDrain, RampParameters, type RampSeen } from './ramp/ramp';
import { noLongerKnown } from './ramp/address';
import { readRamp } from './ramp/facts';
import { judgeRetreat, lookBack, zeroWrites } from './ramp/retreat';
import { percentOf, watchMember, whyNoShare } from './ramp/signs';
import {
  changesOf,
  isGood,
  isNewStage,
  missingWrites,
  nextWrites,
  noteWrites,
  rampOf,
  takenBy,
} from './ramp/writes';
import type { Drained } from './snapshot';
import { askJobs, busyIn, type Wanted } from './writes';
import { permissionsToChange } from './permissions';

const lookAgainMs = 15_000;
const busyLookMs = 5_000;
/** ECS tells of the start only its minute. */
const minuteMs = 60_000;

/**
 * Brings back exactly what the drain took: the same groups and ports, in shares of the weights that were there,
 * one group a write, each share held while the member is well and no alarm fires. A place that was at 0 stays
 * there; a weight that a person set meanwhile is left as it is and reported. On a bad sign everything that was given
 * is taken back, and a person is called.
 */
export const restoreTraffic = defineStep<RampParameters, RampSeen>({
  type: 'restore-traffic',
  permissions: ['ecs:DescribeCloudAssistantStatus', 'cms:DescribeMetricRuleList', ...permissionsToChange()],
  // What was removed is added again by permission of the step that removed it.
  needs: ({ alarms, places }) => [
    'ecs:DescribeInstances',
    'ecs:DescribeCloudAssistantStatus',
    ...(alarms.length > 0 ? ['cms:DescribeMetricRuleList'] : []),
    ...permissionsToChange(places, 'weights'),
  ],
  parameters: RampParameters,
  look: (parameters, reach, scene) =>
    readRamp(scene.facts).retreat ? lookBack(parameters, reach, scene) : look(parameters, reach, scene),
  judge,
  claim: (seen, parameters, scene) => {
    const ramp = readRamp(scene.facts);
    const { stage, writes } = planned(seen, parameters, scene);
    return {
      ...noteWrites(ramp, stage, changesOf(writes, seen), scene.now),
      sickOthers: ramp.sickOthers ?? seen.sickOthers ?? 0,
    };
  },
  act: async (parameters, reach, scene, seen) => {
    const { stage, writes } = planned(seen, parameters, scene);
    const jobs = await reach.cloud.traffic.write(scene.target.instanceId, changesOf(writes, seen));
    const ramp = readRamp(scene.facts);
    return { jobs: { ...(isNewStage(ramp, stage) ? {} : ramp.jobs), ...jobs } };
  },
});

async function look(parameters: RampParameters, { cloud }: Reach, scene: Scene): Promise<RampSeen> {
  const { places, alarms: names } = parameters;
  const { instanceId } = scene.target;
  const [servers, instance, alarms] = await Promise.all([
    cloud.traffic.survey([instanceId], places),
    cloud.instances.get(instanceId),
    names.length === 0 ? undefined : cloud.alarms.firing(names),
  ]);
  const memberships = servers.filter((one) => one.instanceId === instanceId);
  const ours = ofTheDrain(takenBy(parameters, scene).drained?.snapshot ?? [], servers);
  const sick = ours.groups.filter(({ weight, health }) => weight > 0 && health === 'abnormal');
  const health = worstOf(instanceId, ours.places);
  const bootedBy = Date.parse(instance?.startTime ?? '') + minuteMs;
  const agent = bootedBy > scene.since ? await cloud.instances.agent(instanceId) : undefined;
  const heard = agent === undefined || (agent.online && (agent.heartbeatAt ?? 0) >= bootedBy);
  const open = missingWrites({ memberships }, parameters, scene).map(({ group }) => group);
  return {
    memberships,
    ...(health && { health }),
    sickOthers: sick.filter((one) => one.instanceId !== instanceId).length,
    ...(alarms && { alarms }),
    ...(instance && {
      status: instance.status,
      startTime: instance.startTime,
      ips: instance.ips,
      enis: instance.enis,
    }),
    heard,
    jobs: await askJobs(cloud, readRamp(scene.facts).jobs, open),
  };
}

/** What is to be written, up or down, and the stage that it belongs to. */
function planned(
  seen: RampSeen,
  parameters: RampParameters,
  scene: Scene,
): { readonly stage: number; readonly writes: readonly Wanted[] } {
  const { retreat, stage } = readRamp(scene.facts);
  return retreat
    ? { stage, writes: zeroWrites(seen, parameters, scene) }
    : nextWrites(seen, parameters, scene);
}

function judge(seen: RampSeen, parameters: RampParameters, scene: Scene): Verdict {
  const { drained } = takenBy(parameters, scene);
  if (drained === undefined) return { kind: 'done', note: 'nothing was taken out' };
  const { retreat } = readRamp(scene.facts);
  if (retreat) return judgeRetreat(retreat, seen, parameters, scene);
  return (
    watchMember(seen, parameters, scene) ??
    noLongerKnown(seen, drained, scene) ??
    judgeShare(seen, drained, parameters, scene)
  );
}

function judgeShare(seen: RampSeen, drained: Drained, parameters: RampParameters, scene: Scene): Verdict {
  const { stage, writes } = nextWrites(seen, parameters, scene);
  const groups = changesOf(writes, seen).map(({ group }) => group);
  if (groups.length === 0) {
    const working = writes[0] && `${writes[0].group} is being changed`;
    const busy = busyIn(seen.memberships, drained.written) ?? working;
    if (busy !== undefined) return waitForWrite(busy, parameters, scene);
  }
  const ramp = rampOf(parameters, scene);
  const percent = ramp[stage]?.percent ?? 100;
  if (writes.length > 0) {
    const note = `sets ${percent}% of the weight in ${groups.join(' and ')}`;
    return (
      waitToGive(seen, parameters, scene) ??
      givenTooOften(groups, stage, parameters, scene) ?? { kind: 'needed', note }
    );
  }
  if (stage >= ramp.length) return { kind: 'done', note: report(seen, drained) };
  const health = seen.health ?? 'silent';
  if (!isGood(seen, parameters) && isLate(parameters, scene)) {
    return hold('not-healthy', `at ${percent}% of the traffic the load balancers' checks are ${health}`);
  }
  const note = `holds at ${percent}% of the weight, checks ${seen.health ?? 'unknown'}`;
  return { kind: 'pending', again: scene.now + lookAgainMs, note };
}

/** No share is given into trouble. Whatever may pass is waited for; a name that guards nothing does not. */
function waitToGive(seen: RampSeen, parameters: RampParameters, scene: Scene): Verdict | undefined {
  const reason = whyNoShare(seen, scene);
  if (reason === undefined) return undefined;
  const { stage, stageAt } = readRamp(scene.facts);
  const has = typeof stageAt === 'number' ? `stays at ${percentOf(parameters, scene)}%` : 'gets no traffic';
  const sentence = `${reason.sentence}; the instance ${has}`;
  if (reason.code === 'alarm-unknown' || isLate(parameters, scene)) {
    // What the ramp has left at 0 stays there when a person skips it: whoever comes behind looks for facts of it.
    return { ...hold(reason.code, sentence), facts: { stage } };
  }
  return { kind: 'pending', again: scene.now + lookAgainMs, note: sentence };
}

/** A write that is taken on and fails again and again is not made for ever. */
function givenTooOften(
  groups: readonly string[],
  stage: number,
  parameters: RampParameters,
  scene: Scene,
): Verdict | undefined {
  const ramp = readRamp(scene.facts);
  const often = groups.find((group) => (ramp.tries[group] ?? 0) > 1);
  if (often === undefined || isNewStage(ramp, stage) || !isSlow(parameters, scene)) return undefined;
  return hold('weight-not-set', `${often} does not take the weight, after ${ramp.tries[often]} attempts`);
}

function waitForWrite(busy: string, parameters: RampParameters, scene: Scene): Verdict {
  if (isLate(parameters, scene)) return hold('weight-not-set', `${busy}, for too long`);
  return { kind: 'pending', again: scene.now + busyLookMs, note: `waits: ${busy}` };
}

/** True when what comes behind the hold at hand has been waited for long enough. */
function isLate(parameters: RampParameters, scene: Scene): boolean {
  const { stage, stageAt } = readRamp(scene.facts);
  const holdMs = typeof stageAt === 'number' ? (rampOf(parameters, scene)[stage]?.holdMs ?? 0) : 0;
  return scene.now - Math.max(stageAt ?? 0, scene.since) > holdMs + parameters.atMostMs;
}

/** True when the writes of one stage take too long. */
function isSlow({ atMostMs }: RampParameters, { now, since, facts }: Scene): boolean {
  return now - Math.max(readRamp(facts).begunAt ?? 0, since) > atMostMs;
}

function hold(code: string, sentence: string): Verdict & { readonly kind: 'impossible' } {
  return { kind: 'impossible', reason: { code, sentence }, then: 'hold' };
}

function report(seen: RampSeen, { snapshot }: Drained): string {
  const changed = snapshot.flatMap((before) => {
    const now = seen.memberships.find(({ key }) => key === before.key);
    if (now === undefined) return [`${before.key} is gone`];
    return now.weight === before.weight ? [] : [`${before.key} left at ${now.weight}, as a person set it`];
  });
  return changed.length === 0 ? 'every weight is what it was' : changed.join('; ');
}

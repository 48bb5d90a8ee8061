import type { CloudError } from '../../../engine/ports';
import type { Verdict } from '../../../run/run';
import type { Reach, Scene } from '../../define-step';
import type { RampParameters, RampSeen } from './ramp';
import { fromNothing, readRamp, type Retreat } from './facts';
import { changesOf, givenBack, takenBy } from './writes';
import { askJobs, busyIn, type Wanted } from '../writes';

const lookAgainMs = 5_000;

/** Looks at what the retreat needs alone. What is only told to people is left out when the cloud refuses it. */
export async function lookBack(
  { places }: RampParameters,
  { cloud }: Reach,
  { target: { instanceId }, facts }: Scene,
): Promise<RampSeen> {
  const { jobs } = readRamp(facts);
  const [memberships, told, instance, agent] = await Promise.all([
    cloud.traffic.memberships(instanceId, places),
    askJobs(cloud, jobs, Object.keys(jobs)),
    unlessRefused(cloud.instances.get(instanceId)),
    unlessRefused(cloud.instances.agent(instanceId)),
  ]);
  return {
    memberships,
    jobs: told,
    ...(instance && { status: instance.status, startTime: instance.startTime }),
    ...(agent && { agent }),
  };
}

async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    // Steps know the ports by their types alone.
    const name: CloudError['name'] = 'CloudError';
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  });
}

/** Where the member still has a share: weight 0, whatever it was before. The registration is kept. */
export function zeroWrites(seen: RampSeen, parameters: RampParameters, scene: Scene): readonly Wanted[] {
  return givenBack(seen, parameters, scene).map((one) => ({ ...one, weight: 0, how: 'weights' }));
}

/**
 * Back to nothing, group by group, and then a hold that says what was seen. It is over when every weight that the
 * ramp gave is 0 and no job of it is at work any more: one that ends later would bring its share back.
 */
export function judgeRetreat(
  retreat: Retreat,
  seen: RampSeen,
  parameters: RampParameters,
  scene: Scene,
): Verdict {
  const left = zeroWrites(seen, parameters, scene);
  const changes = changesOf(left, seen);
  const { tries } = readRamp(scene.facts);
  const isLate = scene.now - Math.max(retreat.at, scene.since) > parameters.atMostMs;
  const again = changes.find(({ group }) => (tries[group] ?? 0) > 1);
  if (isLate && again !== undefined) return stuck(retreat, `${again.group} keeps its weight`);
  if (changes.length > 0) {
    const groups = changes.map(({ group }) => group).join(' and ');
    return { kind: 'needed', note: `sets weight 0 in ${groups}: ${retreat.sentence}` };
  }
  const waiting = waitingFor(left, seen, parameters, scene);
  if (waiting === undefined) return holdAtNothing(retreat, seen, parameters, scene);
  if (isLate) return stuck(retreat, waiting);
  return { kind: 'pending', again: scene.now + lookAgainMs, note: `waits: ${waiting}` };
}

function waitingFor(
  left: readonly Wanted[],
  seen: RampSeen,
  parameters: RampParameters,
  scene: Scene,
): string | undefined {
  const working = Object.entries(seen.jobs ?? {}).find(([, state]) => state === 'processing')?.[0];
  const waiting = working ?? left[0]?.group;
  const { drained } = takenBy(parameters, scene);
  const busy = busyIn(seen.memberships, drained?.snapshot.map(({ group }) => group) ?? []);
  return busy ?? (waiting === undefined ? undefined : `${waiting} is being changed`);
}

function stuck({ sentence }: Retreat, why: string): Verdict {
  const whole = `${sentence}; the traffic could not be taken back: ${why}; retry goes on taking it back`;
  return { kind: 'impossible', reason: { code: 'not-taken-back', sentence: whole }, then: 'hold' };
}

function holdAtNothing(
  retreat: Retreat,
  { memberships, agent, status, startTime }: RampSeen,
  parameters: RampParameters,
  scene: Scene,
): Verdict {
  const snapshot = takenBy(parameters, scene).drained?.snapshot ?? [];
  const theirs = memberships.filter(
    ({ key, weight }) => weight > 0 && snapshot.some((one) => one.key === key),
  );
  const left = theirs.map(({ key, weight }) => ({ key, weight }));
  const failed = { ...retreat, left, ...(status && { status }), ...(startTime && { startTime }), agent };
  const sentence = [
    `${retreat.sentence}; its traffic was taken back at ${retreat.percent}% of the weight`,
    ...retreat.places.map(({ key, weight, health }) => `${key} had ${weight}, checks ${health ?? 'silent'}`),
    sayInstance(failed),
    ...left.map(({ key, weight }) => `${key} left at ${weight}, as a person set it`),
    'retry begins with the first share, skip leaves it at weight 0',
  ].join('; ');
  return {
    kind: 'impossible',
    reason: { code: 'ramp-failed', sentence },
    then: 'hold',
    facts: { ...fromNothing, failed },
  };
}

function sayInstance({ status, startTime, agent }: Pick<RampSeen, 'status' | 'startTime' | 'agent'>): string {
  const heard = agent === undefined ? 'never heard of' : agent.online ? 'online' : 'not online';
  return `the instance is ${status ?? 'unknown'}, started ${startTime ?? 'nobody knows when'}, Cloud Assistant ${heard}`;
}

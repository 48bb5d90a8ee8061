import * as z from 'zod';
import type { Health, Membership } from '../engine/ports';
import type { Verdict } from '../run/run';
import { defineStep, factsOf, type Scene } from './define-step';
import { worstOf } from './group-guard';
import { readDrained, shareOf, standingOf, type Drained } from './snapshot';
import { busyIn, nextChanges, type Wanted } from './traffic-writes';
import { Places } from '../playbook/kinds/traffic';
import { permissionsToChangeTraffic } from './traffic-permissions';

const Parameters = z.strictObject({
  /** The step that took the traffic away. */
  drain: z.string().optional(),
  /** Steps that only lowered weights, and to which share: what is brought back where nothing was taken away. */
  lowered: z.array(z.strictObject({ step: z.string(), percent: z.number() })).default([]),
  places: Places,
  /** Shares of the weight that was there before, in percent; the last is 100. */
  ramp: z.array(z.strictObject({ percent: z.number(), holdMs: z.number() })).min(1),
  /** Whether the pool asks its load balancers; if not, only a failing check stops the ramp. */
  requireHealth: z.boolean(),
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly memberships: readonly Membership[];
  readonly health?: Health;
  /** Of the instance; absent when ECS knows none. */
  readonly status?: string;
  /** Its private addresses. */
  readonly ips?: readonly string[];
  /** False while an instance that was started anew during this step has not been heard from since. */
  readonly heard?: boolean;
}

const RampFacts = z.object({
  stage: z.number().default(0),
  /** When the last write of the stage was made; part of the claim, so that a lost answer does not shorten the hold. */
  stageAt: z.number().optional(),
});

const lookAgainMs = 15_000;
const busyLookMs = 5_000;
/** ECS tells of the start only its minute. */
const minuteMs = 60_000;

/**
 * Brings back exactly what the drain took: the same groups and ports, in shares of the weights that were there,
 * one group a write, each share held while the load balancers' checks are good. A place that was at 0 stays
 * there; a weight that a person set meanwhile is left as it is and reported.
 */
export const restoreTraffic = defineStep<Parameters, Seen>({
  type: 'restore-traffic',
  permissions: ['ecs:DescribeCloudAssistantStatus', ...permissionsToChangeTraffic],
  parameters: Parameters,
  look: async (parameters, { cloud }, scene) => {
    const { places } = parameters;
    const { instanceId } = scene.target;
    const { drained } = takenBy(parameters, scene);
    const [servers, instance] = await Promise.all([
      cloud.traffic.survey([instanceId], places),
      cloud.instances.get(instanceId),
    ]);
    const memberships = servers.filter((one) => one.instanceId === instanceId);
    const health = worstOf(instanceId, servers.filter(isOurs(drained)));
    const bootedBy = Date.parse(instance?.startTime ?? '') + minuteMs;
    const agent = bootedBy > scene.since ? await cloud.instances.agent(instanceId) : undefined;
    const heard = agent === undefined || (agent.online && (agent.heartbeatAt ?? 0) >= bootedBy);
    return {
      memberships,
      ...(health && { health }),
      ...(instance && { status: instance.status, ips: instance.ips }),
      heard,
    };
  },
  judge,
  claim: (seen, parameters, scene) => ({
    stage: nextWrites(seen, parameters, scene).stage,
    stageAt: scene.now,
  }),
  act: async (parameters, reach, scene, seen) => {
    const { writes } = nextWrites(seen, parameters, scene);
    await reach.cloud.traffic.write(scene.target.instanceId, nextChanges(writes, seen.memberships));
    return {};
  },
});

/** A place that somebody had taken the instance out of before is no business of ours, whatever its checks say. */
function isOurs(drained: Drained | undefined): (place: Membership) => boolean {
  const ours = new Set(drained?.snapshot.filter(({ weight }) => weight > 0).map(({ key }) => key));
  return ({ key }) => ours.has(key);
}

function judge(seen: Seen, parameters: Parameters, scene: Scene): Verdict {
  const { drained } = takenBy(parameters, scene);
  if (drained === undefined) return { kind: 'done', note: 'nothing was taken out' };
  const stranger = noLongerKnown(seen, drained);
  if (stranger !== undefined) return stranger;
  const { stage, writes } = nextWrites(seen, parameters, scene);
  const ramp = rampOf(parameters, scene);
  const percent = ramp[stage]?.percent ?? 100;
  const groups = nextChanges(writes, seen.memberships).map(({ group }) => group);
  const busy = busyIn(seen.memberships, drained.written);
  if (busy !== undefined && groups.length === 0) {
    return { kind: 'pending', again: scene.now + busyLookMs, note: `waits: ${busy}` };
  }
  if (writes.length > 0 && isDown(seen)) return waitUntilUp(seen, parameters, scene);
  if (writes.length > 0) {
    return { kind: 'needed', note: `sets ${percent}% of the weight in ${groups.join(' and ')}` };
  }
  if (stage >= ramp.length) return { kind: 'done', note: report(seen, drained) };
  if (!isGood(seen, parameters) && scene.now - scene.since > parameters.atMostMs) {
    const sentence = `at ${percent}% of the traffic the load balancers' checks are ${seen.health ?? 'silent'}`;
    return { kind: 'impossible', reason: { code: 'not-healthy', sentence }, then: 'hold' };
  }
  const note = `holds at ${percent}% of the weight, checks ${seen.health ?? 'unknown'}`;
  return { kind: 'pending', again: scene.now + lookAgainMs, note };
}

/** Another event, or a person, may take the instance down between two shares: a share is given to a running one only. */
function isDown({ status, heard }: Seen): boolean {
  return status !== undefined && (status !== 'Running' || heard === false);
}

function waitUntilUp({ status, heard }: Seen, { atMostMs }: Parameters, { now, since }: Scene): Verdict {
  const why = heard === false ? 'was started anew and not heard from since' : `is ${status}`;
  const sentence = `the instance ${why}; it gets no traffic`;
  return now - since > atMostMs
    ? { kind: 'impossible', reason: { code: 'not-healthy', sentence }, then: 'hold' }
    : { kind: 'pending', again: now + lookAgainMs, note: sentence };
}

/**
 * The writes of the stage at hand that are still missing, or of the next stage when this one was held long
 * enough; stage `ramp.length` with no writes means that everything is back.
 */
function nextWrites(
  seen: Seen,
  parameters: Parameters,
  scene: Scene,
): { readonly stage: number; readonly writes: readonly Wanted[] } {
  const { stage, stageAt } = RampFacts.parse(scene.facts);
  const { drained, base } = takenBy(parameters, scene);
  const ramp = rampOf(parameters, scene);
  const percentAt = (index: number): number => ramp[index]?.percent ?? base;
  const missing = writesBetween(percentAt(stage - 1), percentAt(stage), seen, drained);
  if (missing.length > 0) return { stage, writes: missing };
  if (stageAt !== undefined) {
    const held = scene.now - stageAt >= (ramp[stage]?.holdMs ?? 0);
    if (!held || !isGood(seen, parameters)) return { stage, writes: [] };
  }
  // Shares of a small weight may be the same at two stages: go to the next one that changes something.
  const reached = stageAt === undefined ? base : percentAt(stage);
  const later = ramp.map(({ percent }, index) => ({
    stage: index,
    writes: index > stage ? writesBetween(reached, percent, seen, drained) : [],
  }));
  return later.find(({ writes }) => writes.length > 0) ?? { stage: ramp.length, writes: [] };
}

/** What was taken, and the share that was left of it, in percent. */
function takenBy(
  { drain, lowered }: Parameters,
  scene: Scene,
): { readonly drained?: Drained; readonly base: number } {
  const drained = readDrained(factsOf(scene, drain));
  if (drained !== undefined) return { drained, base: 0 };
  const [first] = lowered.flatMap(({ step, percent }) => {
    const taken = readDrained(factsOf(scene, step));
    return taken === undefined ? [] : [{ drained: taken, base: percent }];
  });
  return first ?? { base: 0 };
}

/** The ramp goes up only. */
function rampOf({ ramp, ...parameters }: Parameters, scene: Scene): Parameters['ramp'] {
  const { base } = takenBy({ ramp, ...parameters }, scene);
  return ramp.filter(({ percent }) => percent > base);
}

/** Silence is good enough for a pool that does not ask its load balancers. */
function isGood({ health }: Seen, { requireHealth }: Parameters): boolean {
  return requireHealth ? health === 'normal' : health !== 'abnormal';
}

/** What brings the weights from one share to another; a weight that is not at the first is a person's. */
function writesBetween(
  from: number,
  to: number,
  seen: Seen,
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

/** A group that knew the instance by an address which it no longer has would send its traffic to nobody, or a stranger. */
function noLongerKnown({ memberships, ips }: Seen, { snapshot }: Drained): Verdict | undefined {
  const lost = snapshot.find(
    (before) =>
      before.weight > 0 &&
      before.server?.ip !== undefined &&
      ips?.includes(before.server.ip) === false &&
      !memberships.some(({ key }) => key === before.key),
  );
  if (lost === undefined) return undefined;
  const sentence =
    `${lost.group} knew the instance as ${lost.server?.ip}, which it no longer has (it has ${ips?.join(', ')}): ` +
    'register it there anew, then skip this step';
  return { kind: 'impossible', reason: { code: 'address-changed', sentence }, then: 'hold' };
}

function report(seen: Seen, { snapshot }: Drained): string {
  const changed = snapshot.flatMap((before) => {
    const now = seen.memberships.find(({ key }) => key === before.key);
    if (now === undefined) return [`${before.key} is gone`];
    return now.weight === before.weight ? [] : [`${before.key} left at ${now.weight}, as a person set it`];
  });
  return changed.length === 0 ? 'every weight is what it was' : changed.join('; ');
}

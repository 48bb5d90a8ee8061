import * as z from 'zod';
import type { Change, GroupServer, Membership, Traffic } from '../../engine/ports';
import { Places } from '../../playbook/kinds/traffic';
import { isOver } from '../../event/system-event';
import type { Verdict } from '../../run/run';
import { defineStep, factsOf, type Reach, type Scene } from '../define-step';
import { undoDrain } from './drain-undo';
import { aloneIn } from './group-guard';
import { earlierSnapshot, readDrained, standingOf, type Drained } from './snapshot';
import { readStood } from '../scaling/standby';
import { askJobs, busyIn, nextChanges } from './writes';
import { permissionsToChange } from './permissions';
import { providerWentFirst } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  places: Places,
  how: z.enum(['weightZero', 'remove']).default('weightZero'),
  /** What becomes of a member of a master/slave group, which no call can drain. */
  masterSlave: z.enum(['ask', 'accept', 'fail']).default('ask'),
  /** Consent to take out the last healthy server of a group. Plans of earlier versions did not ask. */
  allowLast: z.boolean().default(true),
  /** Steps that may have lowered weights before this one, the earliest first. */
  after: z.array(z.string()).default([]),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly memberships: readonly Membership[];
  /** Every server of the groups, looked at until a group's first write is known to have worked. */
  readonly servers?: readonly GroupServer[];
  /** What became of writes that were only taken on, by group. */
  readonly jobs: Readonly<Record<string, Awaited<ReturnType<Traffic['job']>>>>;
}

const lookAgainMs = 5_000;

/**
 * Takes the traffic away from every group: weight 0, or out of the group. Weight 0 stops new connections only, on
 * every load balancer: waiting until the instance is quiet is a step of its own. The product's own connection
 * draining begins only when a server is removed.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/backend-server-overview
 */
export const drainTraffic = defineStep<Parameters, Seen, readonly Membership[]>({
  type: 'drain-traffic',
  permissions: permissionsToChange(),
  needs: ({ places, how }) => permissionsToChange(places, how === 'remove' ? 'remove' : 'weights'),
  parameters: Parameters,
  look,
  judge,
  claim: (seen, parameters, scene) => {
    const before = begun(seen, parameters, scene);
    const changes = changesOf(seen, parameters);
    return {
      snapshot: before.snapshot,
      written: [...new Set([...before.written, ...changes.map(({ group }) => group)])],
      drained: [...new Set([...before.confirmed, ...quietGroups(before.written, seen.memberships)])],
      writtenAt: scene.now,
      ...(parameters.how === 'remove' && { removed: true }),
    };
  },
  act: async (parameters, reach, { target, facts }, seen) => {
    const changes = changesOf(seen, parameters);
    const jobs = await reach.cloud.traffic.write(target.instanceId, changes);
    const drained = readDrained(facts);
    const settled = changes.map(({ group }) => group).filter((group) => !(group in jobs));
    return {
      jobs: { ...drained?.jobs, ...jobs },
      drained: [...new Set([...(drained?.confirmed ?? []), ...settled])],
    };
  },
  undo: undoDrain,
});

async function look(parameters: Parameters, { cloud }: Reach, scene: Scene): Promise<Seen> {
  const { places, allowLast } = parameters;
  const { instanceId } = scene.target;
  const drained = readDrained(scene.facts);
  const memberships = await cloud.traffic.memberships(instanceId, places);
  const loaded = memberships.filter(({ weight }) => weight > 0).map(({ group }) => group);
  const jobs = await askJobs(cloud, drained?.jobs ?? {}, loaded);
  // A write that a claim was about to make may never have been made, and others may have fallen ill since.
  const isOpen = (group: string) => drained?.confirmed.includes(group) !== true;
  const asks =
    !allowLast && !scene.urgent && memberships.some(({ group, weight }) => weight > 0 && isOpen(group));
  const servers = asks ? await cloud.traffic.survey([instanceId], places) : undefined;
  return { memberships, jobs, ...(servers && { servers }) };
}

/** What is known before the writes at hand. What an earlier step has taken down counts as written by this one. */
function begun({ memberships }: Seen, { after }: Parameters, scene: Scene): Drained {
  const own = readDrained(scene.facts);
  if (own !== undefined) return own;
  const snapshot = earlierSnapshot(scene, after, memberships);
  if (snapshot === undefined)
    return { snapshot: memberships, written: [], confirmed: [], jobs: {}, removed: false };
  const lowered = snapshot.filter((before) => standingOf(before, memberships).weight < before.weight);
  const joined = memberships.filter(({ key }) => !snapshot.some((before) => before.key === key));
  return {
    snapshot: [...snapshot, ...joined],
    written: [...new Set(lowered.map(({ group }) => group))],
    confirmed: [],
    jobs: {},
    removed: false,
  };
}

/** Groups of ours in which nothing is left; what is still being applied does not count. */
function quietGroups(written: readonly string[], seen: readonly Membership[]): readonly string[] {
  return written.filter(
    (group) => !seen.some((one) => one.group === group && (one.weight > 0 || one.busy !== undefined)),
  );
}

function loadedOf({ memberships }: Seen): readonly Membership[] {
  return memberships.filter(({ weight, fixed }) => weight > 0 && fixed === undefined);
}

function changesOf(seen: Seen, { how }: Pick<Parameters, 'how'>): readonly Change[] {
  const free = loadedOf(seen).filter(({ group }) => seen.jobs[group] !== 'processing');
  const wanted = free.map((one) => ({
    ...one,
    weight: 0,
    how: how === 'remove' && one.onOff === undefined ? ('remove' as const) : ('weights' as const),
  }));
  return nextChanges(wanted, seen.memberships);
}

function judge(seen: Seen, parameters: Parameters, scene: Scene): Verdict {
  const drained = readDrained(scene.facts);
  if (drained === undefined && isOver(scene.event.status) && !isBegunByStandby(parameters, scene)) {
    return { kind: 'done', note: `nothing to drain: the event is ${scene.event.status}` };
  }
  const fixed = seen.memberships.find((one) => one.fixed !== undefined && one.weight > 0);
  if (fixed !== undefined && parameters.masterSlave === 'fail') return cannotDrain(fixed);
  const loaded = loadedOf(seen);
  const byHand = loaded.find(({ group, busy }) => drained?.confirmed.includes(group) && busy === undefined);
  if (byHand !== undefined) return changedByHand(byHand);
  if (loaded.length > 0) return judgeLoaded(seen, parameters, scene);
  const busy = busyIn(seen.memberships, drained?.written ?? []);
  if (busy !== undefined) return { kind: 'pending', again: scene.now + lookAgainMs, note: `waits: ${busy}` };
  const lingering = lingersUntil(drained);
  if (lingering > scene.now) {
    return { kind: 'pending', again: lingering, note: 'waits until nobody remembers the old answer' };
  }
  if (fixed !== undefined && parameters.masterSlave === 'ask') return { ...cannotDrain(fixed), then: 'hold' };
  const { snapshot, written } = begun(seen, parameters, scene);
  const note = sayOut(snapshot.length, parameters);
  return {
    kind: 'done',
    note,
    ...(drained === undefined && { facts: { snapshot, written, drained: written } }),
  };
}

/**
 * Standby of ours has taken the traffic of some places already. The ramp brings back what the drain took, from nothing:
 * so the drain goes on, though the event is over by now.
 */
function isBegunByStandby({ after }: Parameters, scene: Scene): boolean {
  return after.some((step) => readStood(factsOf(scene, step)) !== undefined);
}

function sayOut(places: number, { how }: Parameters): string {
  if (places === 0) return 'takes no traffic anywhere';
  return how === 'remove' ? `serves in none of ${places} places` : `weight 0 in all ${places} places`;
}

function judgeLoaded(seen: Seen, parameters: Parameters, scene: Scene): Verdict {
  const changes = changesOf(seen, parameters);
  const groups = changes.map(({ group }) => group);
  if (groups.length === 0) {
    const [waiting] = loadedOf(seen);
    return {
      kind: 'pending',
      again: scene.now + lookAgainMs,
      note: `waits: ${waiting?.group} is being changed`,
    };
  }
  // Where the provider acts the server goes down all the same, and so it had better go without traffic.
  const servers = providerWentFirst(scene) ? [] : (seen.servers ?? []);
  const alone = aloneIn(scene.target.instanceId, servers, groups);
  if (alone !== undefined) {
    const sentence = `the instance is the last healthy server of ${alone}, and allowLast is not set`;
    return { kind: 'impossible', reason: { code: 'last-in-group', sentence }, then: 'again' };
  }
  const what = parameters.how === 'remove' ? 'takes the instance out of' : 'sets weight 0 in';
  return { kind: 'needed', note: `${what} ${groups.join(' and ')}` };
}

function cannotDrain({ group, fixed }: Membership): Verdict & { kind: 'impossible' } {
  const sentence = `the instance is ${fixed} of ${group}, which no call can drain: its traffic moves when it fails the health check`;
  return { kind: 'impossible', reason: { code: 'master-slave', sentence } };
}

/** Until when others may still send what they have heard of before the last write. */
function lingersUntil(drained: Drained | undefined): number {
  if (drained?.writtenAt === undefined) return 0;
  const ours = drained.snapshot.filter(({ group, weight }) => weight > 0 && drained.written.includes(group));
  return drained.writtenAt + Math.max(0, ...ours.map(({ lingerMs = 0 }) => lingerMs));
}

/** Somebody wants the member to serve: only a person can say whose wish counts. */
export function changedByHand(membership: Membership): Verdict & { kind: 'impossible' } {
  const sentence = `somebody set the weight in ${membership.key} back to ${membership.weight} during the run`;
  return { kind: 'impossible', reason: { code: 'traffic-came-back', sentence }, then: 'hold' };
}

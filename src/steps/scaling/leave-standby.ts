import * as z from 'zod';
import type { InstanceState, Membership, ScalingGroup, ScalingMember, Traffic } from '../../engine/ports';
import { Places } from '../../playbook/kinds/traffic';
import type { Facts, Verdict } from '../../run/run';
import { defineStep, factsOf, type Move, type Reach, type Scene } from '../define-step';
import { attachedAs, readExit, readStood, type Exit, type Stood } from './standby';
import { membershipsBeside } from './standby-beside';
import { permissionsToChange, permissionsWhereScalingWrites } from '../traffic/permissions';
import { askJobs, busyIn, nextChanges } from '../traffic/writes';
import { weightsBehind, type Behind } from './weights-behind';

interface Seen {
  readonly member?: ScalingMember;
  readonly instance?: InstanceState;
  readonly group?: ScalingGroup;
  readonly memberships: readonly Membership[];
  /** What became of writes that were only taken on, by group. */
  readonly jobs: Readonly<Record<string, Awaited<ReturnType<Traffic['job']>>>>;
}

/** Whose Standby is left. */
interface Leaving {
  readonly stood?: Stood | undefined;
  readonly exit?: Exit | undefined;
  readonly places: Places;
  readonly isRamped: boolean;
}

const lookAgainMs = 5_000;
const waitAgainMs = 30_000;
const longestMs = 30 * 60_000;

/**
 * Out of Standby and the weights back, as a step of its own and as the undoing of `enter-standby`. Auto Scaling writes
 * the weights of its configuration, so those that were there just before are set again. Never while the instance is
 * down, or it would be replaced at the next health check.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-exitstandby
 */
export function leavingStandby<P>(leavingOf: (scene: Scene, parameters: P) => Leaving): Move<P, Seen> {
  return {
    look: (parameters, reach, scene) => look(leavingOf(scene, parameters), reach, scene),
    judge: (seen, parameters, scene) => judge(seen, leavingOf(scene, parameters), scene),
    claim: (seen, parameters, scene) => {
      const leaving = leavingOf(scene, parameters);
      if (standsBy(seen, leaving)) return { exit: exitFrom(seen, leaving, scene) };
      return withExit(
        leaving,
        changesOf(behind(seen, leaving, scene), seen).map(({ group }) => group),
      );
    },
    act: async (parameters, reach, scene, seen) => {
      const leaving = leavingOf(scene, parameters);
      const { instanceId } = scene.target;
      if (standsBy(seen, leaving)) {
        await reach.cloud.scaling.exitStandby(leaving.stood?.group ?? '', instanceId);
        return {};
      }
      const changes = changesOf(behind(seen, leaving, scene), seen);
      const jobs = await reach.cloud.traffic.write(instanceId, changes);
      return withExit(
        leaving,
        changes.map(({ group }) => group),
        jobs,
      );
    },
  };
}

const Parameters = z.strictObject({
  /** The step that put the instance into Standby. */
  standby: z.string(),
  /** The step that decides how much traffic comes back. */
  restore: z.string().optional(),
  places: Places,
});

const permissionsOfScaling = ['ess:DescribeScalingInstances', 'ess:DescribeScalingGroups', 'ess:ExitStandby'];

/** Takes the instance out of the Standby in which `enter-standby` put it, and out of no other. */
export const leaveStandby = defineStep<z.output<typeof Parameters>, Seen>({
  type: 'leave-standby',
  permissions: [...permissionsOfScaling, ...permissionsToChange(undefined, 'weights')],
  // Auto Scaling changes weights wherever its group registers the instance, and there they are put back.
  needs: ({ places }) => [
    ...permissionsOfScaling,
    ...permissionsWhereScalingWrites,
    ...permissionsToChange(places, 'weights'),
  ],
  parameters: Parameters,
  ...leavingStandby((scene, { standby, restore, places }) => ({
    stood: readStood(factsOf(scene, standby)),
    exit: readExit(scene.facts),
    places,
    isRamped: Object.keys(factsOf(scene, restore) ?? {}).length > 0,
  })),
});

async function look({ stood, exit, places }: Leaving, { cloud }: Reach, { target }: Scene): Promise<Seen> {
  if (stood === undefined) return { memberships: [], jobs: {} };
  const { instanceId } = target;
  const [member, instance, group, named, jobs] = await Promise.all([
    cloud.scaling.memberOf(instanceId),
    cloud.instances.get(instanceId),
    cloud.scaling.group(stood.group),
    cloud.traffic.memberships(instanceId, places),
    askJobs(cloud, exit?.jobs ?? {}, exit?.written ?? []),
  ]);
  const found = { ...(member && { member }), ...(instance && { instance }), ...(group && { group }) };
  // Where a pool names the place by now, it is among the named ones.
  const beside =
    stood.beside.length === 0
      ? []
      : await membershipsBeside(cloud, instanceId, group?.attached ?? stood.attached, named);
  return { ...found, memberships: [...named, ...beside], jobs };
}

function judge(seen: Seen, leaving: Leaving, scene: Scene): Verdict {
  const { stood } = leaving;
  if (stood === undefined) return { kind: 'done', note: 'no Standby of ours to leave' };
  if (standsBy(seen, leaving)) return judgeExit(seen, stood, scene);
  const missing = behind(seen, leaving, scene);
  const waits = waitsFor(missing, seen, leaving, scene);
  const isLate = scene.now - scene.since > longestMs;
  if (isLate && missing.writes.length > 0) {
    const groups = missing.writes.map(({ key, weight }) => `${weight} in ${key}`).join(', ');
    return impossible('weights-not-back', `the weights behind Standby do not come back: ${groups}`);
  }
  const changes = changesOf(missing, seen);
  if (changes.length > 0) {
    return {
      kind: 'needed',
      note: `sets the weights back in ${changes.map(({ group }) => group).join(' and ')}`,
    };
  }
  if (waits !== undefined) return waits;
  return leaving.exit === undefined
    ? { kind: 'done', note: say([`the instance does not stand by in ${stood.group}`], missing) }
    : judgeBack(seen, stood, missing, scene);
}

/** Behind our own way out: a member in service again, or somebody has to hear of it. */
function judgeBack({ member }: Seen, { group }: Stood, missing: Behind, { now, since }: Scene): Verdict {
  if (member?.group === group && ['InService', 'Protected'].includes(member.lifecycle)) {
    return { kind: 'done', note: say([`${member.lifecycle} in ${group}`], missing) };
  }
  if (member?.group !== group) {
    return impossible('not-in-service', `the instance is not in ${group} any more since it left Standby`);
  }
  const sentence = `the instance is ${member.lifecycle} in ${group}`;
  return now - since > longestMs
    ? impossible('not-in-service', sentence)
    : { kind: 'pending', again: now + lookAgainMs, note: sentence };
}

function judgeExit({ instance }: Seen, { group }: Stood, { now, since }: Scene): Verdict {
  if (instance?.status === 'Running') {
    return { kind: 'needed', note: `takes the instance out of Standby in ${group}` };
  }
  const sentence = `stays in Standby in ${group} while it is ${instance?.status ?? 'gone'}`;
  return now - since > longestMs
    ? impossible('not-running', sentence)
    : { kind: 'pending', again: now + waitAgainMs, note: sentence };
}

function standsBy({ member }: Seen, { stood }: Leaving): boolean {
  return stood !== undefined && member?.group === stood.group && member.lifecycle === 'Standby';
}

function behind(seen: Seen, { stood, exit, isRamped }: Leaving, { now }: Scene): Behind {
  if (stood === undefined) return { writes: [], said: [] };
  const attached = seen.group?.attached ?? stood.attached;
  return weightsBehind(stood, { ...seen, attached, isRamped, now, ...(exit && { exit }) });
}

function changesOf({ writes }: Behind, { memberships, jobs }: Seen): ReturnType<typeof nextChanges> {
  return nextChanges(
    writes.filter(({ group }) => jobs[group] !== 'processing'),
    memberships,
  );
}

function waitsFor(
  { writes, settlesAt }: Behind,
  seen: Seen,
  { exit }: Leaving,
  { now }: Scene,
): Verdict | undefined {
  const busy = busyIn(seen.memberships, exit?.written ?? []) ?? writes[0]?.group;
  if (busy !== undefined) return { kind: 'pending', again: now + lookAgainMs, note: `waits: ${busy}` };
  if (settlesAt === undefined) return undefined;
  const note = 'waits for the weights that Auto Scaling writes';
  return { kind: 'pending', again: Math.min(now + lookAgainMs, settlesAt), note };
}

/** The weights as they are now; in a second try, those of the first where Auto Scaling may have written since. */
function exitFrom({ memberships, group }: Seen, { exit }: Leaving, { now }: Scene): Exit {
  const snapshot = memberships.map((one) => {
    const before = exit?.snapshot.find(({ key }) => key === one.key);
    const isTheirs = attachedAs(one, group?.attached ?? [])?.weight === one.weight;
    return before !== undefined && isTheirs ? { ...one, weight: before.weight } : one;
  });
  return { snapshot, written: [], confirmed: [], jobs: {}, removed: false, writtenAt: now };
}

function withExit({ exit }: Leaving, groups: readonly string[], jobs: Exit['jobs'] = {}): Facts {
  if (exit === undefined) return {};
  const written = [...new Set([...exit.written, ...groups])];
  return { exit: { ...exit, written, jobs: { ...exit.jobs, ...jobs } } };
}

function say(first: readonly string[], { said }: Behind): string {
  return [...first, ...said].join('; ');
}

function impossible(code: string, sentence: string): Verdict {
  return { kind: 'impossible', reason: { code, sentence }, then: 'hold' };
}

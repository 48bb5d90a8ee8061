import * as z from 'zod';
import type { GroupServer, Membership, ScalingGroup } from '../../engine/ports';
import { isOver } from '../../event/system-event';
import { Places } from '../../playbook/kinds/traffic';
import type { Verdict } from '../../run/run';
import { defineStep, factsOf, type Reach, type Scene } from '../define-step';
import { aloneIn } from '../traffic/group-guard';
import { leavingStandby } from './leave-standby';
import { awaitScaling, readScaling, type ScalingState } from './state';
import { permissionsToChange, permissionsWhereScalingWrites } from '../traffic/permissions';
import { earlierSnapshot } from '../traffic/snapshot';
import { readExit, readStood, sayLeft } from './standby';
import { membershipsBeside } from './standby-beside';

const Parameters = z.strictObject({
  /** So long a scaling activity is waited for while a slot is held. */
  atMostMs: z.number(),
  places: Places,
  /** Consent to take out the last healthy server of a group. */
  allowLast: z.boolean(),
  /** Steps that may have lowered weights before this one, the earliest first. */
  after: z.array(z.string()),
  /** The step that leaves Standby at the end. */
  leave: z.string(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen extends ScalingState {
  readonly group?: ScalingGroup;
  readonly memberships: readonly Membership[];
  /** Places of the scaling group that no pool names. */
  readonly beside?: readonly Membership[];
  /** Every server of the groups; absent where nobody need know. */
  readonly servers?: readonly GroupServer[];
}

const permissionsOfScaling = [
  'ess:DescribeScalingInstances',
  'ess:DescribeScalingActivities',
  'ess:DescribeScalingGroups',
  'ess:EnterStandby',
  'ess:ExitStandby',
];

/**
 * Puts a member of a scaling group into Standby before its traffic is taken away: it is neither scaled in nor replaced
 * while it is down, and the group does not count it as in service. Auto Scaling sets weight 0 in every group of its own,
 * so the weights are noted first. Whoever is out of service already, or protected, is left as it is.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-enterstandby
 */
export const enterStandby = defineStep<Parameters, Seen>({
  type: 'enter-standby',
  permissions: [...permissionsOfScaling, ...permissionsToChange(undefined, 'weights')],
  // Auto Scaling changes weights wherever its group registers the instance, and there they are put back.
  needs: ({ places }) => [
    ...permissionsOfScaling,
    ...permissionsWhereScalingWrites,
    ...permissionsToChange(places, 'weights'),
  ],
  parameters: Parameters,
  look,
  judge,
  claim: ({ member, group, memberships, beside = [] }, { after }, scene) => {
    // Behind a lost answer the weights may be Auto Scaling's zeros: what the first claim noted counts.
    const first = readStood(scene.facts);
    return {
      group: member?.group,
      attached: first?.attached ?? group?.attached ?? [],
      snapshot: first?.snapshot ?? weightsBefore(memberships, after, scene),
      beside: first?.beside ?? beside,
      written: [],
    };
  },
  act: async (_parameters, { cloud }, { target }, { member }) => {
    if (member !== undefined) await cloud.scaling.enterStandby(member.group, target.instanceId);
    return {};
  },
  undo: leavingStandby((scene, { places, leave }) => {
    const left = readExit(factsOf(scene, leave));
    const exit = readExit(scene.facts) ?? left;
    return { stood: readStood(scene.facts), exit, places, isRamped: left !== undefined };
  }),
});

async function look({ places, allowLast }: Parameters, reach: Reach, scene: Scene): Promise<Seen> {
  const { instanceId } = scene.target;
  const state = await readScaling(reach, scene);
  if (state.member?.lifecycle !== 'InService') return { ...state, memberships: [] };
  const { cloud } = reach;
  const [group, memberships, servers] = await Promise.all([
    cloud.scaling.group(state.member.group),
    cloud.traffic.memberships(instanceId, places),
    allowLast || scene.urgent ? undefined : cloud.traffic.survey([instanceId], places),
  ]);
  const beside = await membershipsBeside(cloud, instanceId, group?.attached ?? [], memberships);
  return { ...state, ...(group && { group }), memberships, beside, ...(servers && { servers }) };
}

/** What people had set: what an earlier step has lowered counts with its whole weight. */
function weightsBefore(
  seen: readonly Membership[],
  after: readonly string[],
  scene: Scene,
): readonly Membership[] {
  const known = earlierSnapshot(scene, after, seen) ?? [];
  return [...known, ...seen.filter(({ key }) => !known.some((before) => before.key === key))];
}

function judge(seen: Seen, { atMostMs }: Parameters, scene: Scene): Verdict {
  const { member, group } = seen;
  const ours = readStood(scene.facts)?.group;
  if (member === undefined) return { kind: 'done', note: 'belongs to no scaling group' };
  if (ours === undefined && isOver(scene.event.status)) {
    return { kind: 'done', note: `nothing to stand by for: the event is ${scene.event.status}` };
  }
  if (['Standby', 'Protected', 'Stopped'].includes(member.lifecycle)) {
    const already = ours === member.group && member.lifecycle === 'Standby' ? '' : ' already';
    return { kind: 'done', note: `is ${member.lifecycle}${already} in ${member.group}` };
  }
  const waits = awaitScaling(seen, atMostMs, scene);
  if (waits !== undefined) return waits;
  if (member.lifecycle !== 'InService') {
    return { kind: 'done', note: `is ${member.lifecycle} in ${member.group}, and nobody waits for that now` };
  }
  const attached = (group?.attached ?? []).map((one) => one.group);
  const alone = aloneIn(scene.target.instanceId, seen.servers ?? [], attached);
  if (alone !== undefined) {
    const sentence = `the instance is the last healthy server of ${alone}, and allowLast is not set`;
    return { kind: 'impossible', reason: { code: 'last-in-group', sentence }, then: 'again' };
  }
  return { kind: 'needed', note: `puts the instance into Standby in ${member.group}${sayLeft(group)}` };
}

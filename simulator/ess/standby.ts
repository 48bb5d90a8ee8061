import { ApiError, type Operation } from '../core/call';
import { newId } from '../core/ids';
import type { ScalingGroup, ScalingMember } from '../core/scaling';
import type { World } from '../core/world';
import { need } from '../ecs/params';
import { once } from '../openapi/once';
import { weighEverywhere } from './attached';
import type { Dialect } from './dialect';
import { groupOf, isStandbyAt, replacedAt } from './members';

/** What the reference says of ExitStandby; the same is assumed of its opposite. */
const mostInstances = 20;

/**
 * Takes members out of service: weight 0 in every group of the scaling group, no health check, no scaling in. With
 * `Async` the answer carries an activity that can be asked about; the effect is there at once all the same.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-enterstandby
 */
export function enterStandby(dialect: Dialect): Operation {
  return change(dialect, 'Standby', (world, group, { instanceId }) => {
    weighEverywhere(world, group, instanceId, () => 0);
    // Nothing says that a replacement comes; nothing says that none does.
    if (world.switches.essReplacesStandby) group.launched += 1;
  });
}

/**
 * Brings members back: their weight becomes the one that the scaling group is configured with, and not the one from
 * before. Health checks begin again at once.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-exitstandby
 */
export function exitStandby(dialect: Dialect): Operation {
  return change(dialect, 'InService', (world, group, { instanceId }) => {
    weighEverywhere(world, group, instanceId, ({ weight }) => weight);
    group.launched = Math.max(0, group.launched - 1);
  });
}

function change(
  { ids }: Dialect,
  to: 'Standby' | 'InService',
  effect: (world: World, group: ScalingGroup, member: ScalingMember) => void,
): Operation {
  const on = to === 'Standby';
  return (world, call) => {
    const group = groupOf(world, need(call, 'ScalingGroupId'));
    const wanted = ids(call, 'InstanceId');
    if (wanted.length === 0 || wanted.length > mostInstances) {
      throw new ApiError(400, 'InvalidParameter', `A call takes 1 to ${mostInstances} instances.`);
    }
    return once(world, call, () => {
      checkIdle(group, world.now);
      const members = wanted.map((id) => memberOf(world, group, id));
      for (const member of members.filter((one) => isStandbyAt(one, world.now) !== on)) {
        member.standby.push({ at: world.now, on });
        effect(world, group, member);
      }
      return { ScalingActivityId: call.params.Async === 'true' ? begin(world, group, wanted, to) : '' };
    });
  };
}

/** The activity that an asynchronous call leaves to be asked about. */
function begin(world: World, group: ScalingGroup, ids: readonly string[], to: string): string {
  const id = newId(world, 'asa-bp1');
  const endsAt = world.now + (world.settings.essActivitySeconds ?? 0) * 1000;
  const description = `Move instances "${ids.join(', ')}" to ${to}`;
  group.activities.push({ id, description, startedAt: world.now, endsAt });
  return id;
}

function checkIdle({ lifecycle, activities }: ScalingGroup, now: number): void {
  if (lifecycle !== 'Active') {
    const message = 'The current status of the scaling group does not support this action.';
    throw new ApiError(400, 'IncorrectScalingGroupStatus', message);
  }
  if (activities.some(({ startedAt, endsAt }) => startedAt <= now && now < endsAt)) {
    throw new ApiError(400, 'ScalingActivityInProgress', 'A scaling activity of the group is in progress.');
  }
}

function memberOf(world: World, group: ScalingGroup, id: string): ScalingMember {
  const member = group.members.find(({ instanceId }) => instanceId === id);
  if (member !== undefined && replacedAt(world, group, member, world.now) === undefined) return member;
  throw new ApiError(404, 'InvalidInstanceId.NotFound', `Instance ${id} is not in the scaling group.`);
}

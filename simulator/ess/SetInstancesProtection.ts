import { ApiError, type Operation } from '../core/call';
import { need } from '../ecs/params';
import type { Dialect } from './dialect';
import { groupOf, replacedAt } from './members';

const mostInstances = 20;

/**
 * Puts members into the Protected state or takes them out of it: they are not scaled in, and their health status
 * stays as it is while they stop and restart.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-setinstancesprotection
 */
export function setInstancesProtection({ ids }: Dialect): Operation {
  return (world, call) => {
    const group = groupOf(world, need(call, 'ScalingGroupId'));
    const on = need(call, 'ProtectedFromScaleIn').toLowerCase() === 'true';
    const wanted = ids(call, 'InstanceId');
    if (wanted.length === 0 || wanted.length > mostInstances) {
      const message = `A call takes 1 to ${mostInstances} instances.`;
      throw new ApiError(400, 'InvalidParameter', message);
    }
    if (group.lifecycle !== 'Active') {
      const message = 'The current status of the scaling group does not support this action.';
      throw new ApiError(400, 'IncorrectScalingGroupStatus', message);
    }
    const members = wanted.map((id) => {
      const member = group.members.find(({ instanceId }) => instanceId === id);
      if (member !== undefined && replacedAt(world, group, member, world.now) === undefined) return member;
      throw new ApiError(404, 'InvalidInstanceId.NotFound', `Instance ${id} is not in the scaling group.`);
    });
    for (const { protection } of members) protection.push({ at: world.now, on });
    return {};
  };
}

import type { Operation } from '../core/call';
import type { ScalingGroup, ScalingMember } from '../core/scaling';
import type { World } from '../core/world';
import { statusAt } from '../ecs/lifecycle';
import { byNumber } from '../ecs/paging';
import { needRegion } from '../ecs/params';
import type { Dialect } from './dialect';
import { groupOf, lifecycleAt, replacedAt } from './members';

/**
 * Members of a group, or of every group; instances that are in none are left out without an error.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalinginstances
 */
export function describeScalingInstances({ ids, rows }: Dialect): Operation {
  return (world, call) => {
    needRegion(call, world.region);
    const { ScalingGroupId, LifecycleState } = call.params;
    const wanted = ids(call, 'InstanceId');
    const groups =
      ScalingGroupId === undefined ? [...world.scalingGroups.values()] : [groupOf(world, ScalingGroupId)];
    const found = groups
      .flatMap((group) => group.members.map((member) => ({ group, member })))
      .filter(({ member }) => wanted.length === 0 || wanted.includes(member.instanceId))
      .filter(({ group, member }) => replacedAt(world, group, member, call.now) === undefined)
      .filter(
        ({ member }) => (LifecycleState ?? lifecycleAt(member, call.now)) === lifecycleAt(member, call.now),
      );
    const { items, fields } = byNumber(call, found, 100, 400);
    const shown = items.map(({ group, member }) => rowOf(world, group, member, call.now));
    return { ...fields, TotalSpotCount: 0, ...rows('ScalingInstances', 'ScalingInstance', shown) };
  };
}

function rowOf(world: World, group: ScalingGroup, member: ScalingMember, now: number): object {
  const instance = world.instances.get(member.instanceId);
  const isRunning = instance !== undefined && statusAt(instance, now) === 'Running';
  return {
    InstanceId: member.instanceId,
    ScalingGroupId: group.id,
    LifecycleState: lifecycleAt(member, now),
    HealthStatus: isRunning || lifecycleAt(member, now) !== 'InService' ? 'Healthy' : 'Unhealthy',
    CreationType: member.autoCreated ? 'AutoCreated' : 'Attached',
    Entrusted: false,
    ZoneId: instance?.zone ?? '',
    WarmupState: 'NoNeedWarmup',
  };
}

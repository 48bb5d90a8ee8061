import type { Call, Operation } from '../core/call';
import type { AttachedGroup, ScalingGroup } from '../core/scaling';
import type { World } from '../core/world';
import { byNumber } from '../ecs/paging';
import { needRegion } from '../ecs/params';
import type { Dialect } from './dialect';
import { lifecycleAt, replacedAt } from './members';

/**
 * Scaling groups with their capacities, and the load balancers they are attached to with the configured weights.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalinggroups
 */
export function describeScalingGroups(dialect: Dialect): Operation {
  return (world, call) => {
    needRegion(call, world.region);
    const wanted = dialect.ids(call, 'ScalingGroupId');
    const { ScalingGroupName } = call.params;
    const found = [...world.scalingGroups.values()].filter(
      ({ id, name }) => (wanted.length === 0 || wanted.includes(id)) && (ScalingGroupName ?? name) === name,
    );
    const { items, fields } = byNumber(call, found, 50, 400);
    const shown = items.map((group) => rowOf(world, group, call, dialect));
    return { ...fields, ...dialect.rows('ScalingGroups', 'ScalingGroup', shown) };
  };
}

function rowOf(world: World, group: ScalingGroup, { now }: Call, { rows }: Dialect): object {
  const states = group.members
    .filter((member) => replacedAt(world, group, member, now) === undefined)
    .map((member) => lifecycleAt(member, now));
  const count = (state: string) => states.filter((one) => one === state).length;
  const ofClb = group.attached.filter((one) => one.group.startsWith('clb/'));
  const ofGroups = group.attached.filter((one) => !one.group.startsWith('clb/'));
  const defaults = ofClb.filter((one) => one.group.endsWith('/default'));
  return {
    ScalingGroupId: group.id,
    ScalingGroupName: group.name,
    LifecycleState: group.lifecycle,
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.members.length,
    EnableDesiredCapacity: true,
    TotalCapacity: states.length + group.launched,
    ActiveCapacity: count('InService') + group.launched,
    ProtectedCapacity: count('Protected'),
    StandbyCapacity: count('Standby'),
    PendingCapacity: 0,
    RemovingCapacity: 0,
    StoppedCapacity: 0,
    HealthCheckType: 'ECS',
    ...rows('SuspendedProcesses', 'SuspendedProcess', []),
    LoadBalancerIds: listOf(rows, 'LoadBalancerIds', 'LoadBalancerId', defaults.map(balancerOf)),
    ...rows(
      'LoadBalancerConfigs',
      'LoadBalancerConfig',
      defaults.map((one) => ({ LoadBalancerId: balancerOf(one), Weight: one.weight })),
    ),
    ...rows('VServerGroups', 'VServerGroup', vServerGroups(ofClb, rows)),
    ...rows(
      'ServerGroups',
      'ServerGroup',
      ofGroups.map(({ group: name, port, weight }) => {
        const [type = '', ServerGroupId] = name.split('/');
        return { ServerGroupId, Type: type.toUpperCase(), Port: port, Weight: weight };
      }),
    ),
  };
}

type Rows = Dialect['rows'];

/** A list of words, nested once more in the version before. */
function listOf(rows: Rows, names: string, name: string, words: readonly string[]): unknown {
  return Object.values(rows(names, name, words as unknown as object[]))[0];
}

function balancerOf({ group }: AttachedGroup): string {
  return group.split('/')[1] ?? '';
}

function vServerGroups(attached: readonly AttachedGroup[], rows: Rows): readonly object[] {
  const own = attached.filter(({ group }) => !group.endsWith('/default'));
  return [...new Set(own.map(balancerOf))].map((LoadBalancerId) => ({
    LoadBalancerId,
    ...rows(
      'VServerGroupAttributes',
      'VServerGroupAttribute',
      own
        .filter((one) => balancerOf(one) === LoadBalancerId)
        .map(({ group, port, weight }) => ({
          VServerGroupId: group.split('/')[2],
          Port: port,
          Weight: weight,
        })),
    ),
  }));
}

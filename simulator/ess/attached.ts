import type { AttachedGroup, ScalingGroup } from '../core/scaling';
import type { World } from '../core/world';
import { instanceOf } from '../clb/health';
import { instanceBehind, listedServers, weighFrom } from '../server-groups/servers';

/** What a scaling group does to its load balancers counts at once, in ALB and NLB too. */
export function weighEverywhere(
  world: World,
  { attached }: ScalingGroup,
  instanceId: string,
  weightOf: (group: AttachedGroup) => number,
): void {
  for (const group of attached) weigh(world, group, instanceId, weightOf(group));
}

function weigh(world: World, { group, port }: AttachedGroup, instanceId: string, weight: number): void {
  const [kind, first = '', second = ''] = group.split('/');
  if (kind === 'clb') {
    const balancer = world.loadBalancers.get(first);
    const backends =
      second === 'default' ? balancer?.defaultGroup : balancer?.vServerGroups.get(second)?.backends;
    for (const backend of backends ?? []) {
      const isMeant =
        instanceOf(world, backend)?.id === instanceId && (port === undefined || backend.port === port);
      if (!isMeant || backend.weight === weight) continue;
      backend.weight = weight;
      backend.weights.push({ at: world.now, weight });
    }
    return;
  }
  const found = world.serverGroups.get(first);
  for (const server of found === undefined ? [] : listedServers(found, world.now)) {
    const isMeant =
      instanceBehind(world, server)?.id === instanceId && (port === undefined || server.port === port);
    if (isMeant) weighFrom(server, world.now, weight);
  }
}

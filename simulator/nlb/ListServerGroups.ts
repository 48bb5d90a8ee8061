import type { Operation } from '../core/call';
import type { ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import { groupStatus } from '../server-groups/jobs';
import { balancersWith, groupsOf, idsOf, isAmong } from '../server-groups/listing';
import { listedServers } from '../server-groups/servers';
import { dialect } from './dialect';
import { page } from './page';

/**
 * How connections are drained is told in two fields of the group itself.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-listservergroups
 */
export const ListServerGroups: Operation = (world, call) => {
  const ids = idsOf(call, dialect, 'ServerGroupIds', 20);
  const names = idsOf(call, dialect, 'ServerGroupNames', 20);
  const type = call.params.ServerGroupType;
  const groups = groupsOf(world, call, dialect).filter(
    (group) => isAmong(ids, group.id) && isAmong(names, group.name) && (type ?? group.type) === group.type,
  );
  const { items, fields } = page(call, groups);
  return { ...fields, ServerGroups: items.map((group) => describe(world, group, call.now)) };
};

function describe(world: World, group: ServerGroup, now: number): object {
  const servers = listedServers(group, now);
  return {
    ServerGroupId: group.id,
    ServerGroupName: group.name,
    ServerGroupStatus: groupStatus(world, group, now),
    ServerGroupType: group.type,
    Protocol: group.protocol,
    Scheduler: 'Wrr',
    AddressIPVersion: 'ipv4',
    VpcId: 'vpc-bp1simulator0000000001',
    RegionId: world.region,
    AliUid: Number(world.account),
    ServerCount: servers.length,
    RelatedLoadBalancerIds: balancersWith(world, dialect, group.id),
    AnyPortEnabled: servers.some(({ port }) => port === 0),
    PreserveClientIpEnabled: true,
    ConnectionDrainEnabled: group.drain.enabled,
    ConnectionDrainTimeout: group.drain.seconds,
    HealthCheck: {
      HealthCheckEnabled: group.healthCheck,
      HealthCheckType: 'TCP',
      HealthCheckInterval: 10,
      HealthyThreshold: 2,
      UnhealthyThreshold: 2,
      HealthCheckConnectTimeout: 5,
    },
    Tags: [...group.tags].map(([Key, Value]) => ({ Key, Value })),
    ResourceGroupId: 'rg-acfm000000001',
  };
}

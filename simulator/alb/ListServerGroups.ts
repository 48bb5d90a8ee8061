import type { Operation } from '../core/call';
import { toSeconds } from '../core/time';
import type { ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import { groupStatus } from '../server-groups/jobs';
import { balancersWith, groupsOf, idsOf, isAmong } from '../server-groups/listing';
import { pageOf } from '../server-groups/paging';
import { listedServers } from '../server-groups/servers';
import { dialect } from './dialect';

/**
 * Cannot be asked for the groups of an instance. How connections are drained is told in an object of its own.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listservergroups
 */
export const ListServerGroups: Operation = (world, call) => {
  const ids = idsOf(call, dialect, 'ServerGroupIds', 100);
  const names = idsOf(call, dialect, 'ServerGroupNames', 10);
  const type = call.params.ServerGroupType;
  const groups = groupsOf(world, call, dialect).filter(
    (group) => isAmong(ids, group.id) && isAmong(names, group.name) && (type ?? group.type) === group.type,
  );
  const { items, fields } = pageOf(call, dialect, groups);
  return { ...fields, ServerGroups: items.map((group) => describe(world, group, call.now)) };
};

function describe(world: World, group: ServerGroup, now: number): object {
  return {
    ServerGroupId: group.id,
    ServerGroupName: group.name,
    ServerGroupStatus: groupStatus(world, group, now),
    ServerGroupType: group.type,
    Protocol: group.protocol,
    Scheduler: 'Wrr',
    VpcId: 'vpc-bp1simulator0000000001',
    ServerCount: listedServers(group, now).length,
    RelatedLoadBalancerIds: balancersWith(world, dialect, group.id),
    ConfigManagedEnabled: group.managed,
    CrossZoneEnabled: true,
    Ipv6Enabled: false,
    UpstreamKeepaliveEnabled: true,
    ConnectionDrainConfig: {
      ConnectionDrainEnabled: group.drain.enabled,
      ConnectionDrainTimeout: group.drain.seconds,
    },
    SlowStartConfig: { SlowStartEnabled: false, SlowStartDuration: 30 },
    StickySessionConfig: { StickySessionEnabled: false, StickySessionType: 'Insert', CookieTimeout: 1000 },
    HealthCheckConfig: {
      HealthCheckEnabled: group.healthCheck,
      HealthCheckProtocol: 'HTTP',
      HealthCheckInterval: 2,
      HealthCheckTimeout: 5,
      HealthyThreshold: 3,
      UnhealthyThreshold: 3,
    },
    Tags: [...group.tags].map(([Key, Value]) => ({ Key, Value })),
    ResourceGroupId: 'rg-acfm000000001',
    CreateTime: toSeconds(Date.parse('2026-03-02T02:55:00Z')),
  };
}

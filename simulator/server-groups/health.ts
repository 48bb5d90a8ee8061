import type { GroupServer, ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import { isApplicationUp } from '../clb/health';
import { statusAt } from '../ecs/lifecycle';
import { addressOf, instanceBehind, listedServers } from './servers';

/** What the health check of a group says of a server; undefined for a healthy one, which is nowhere listed. */
type Health = 'Initial' | 'Unhealthy' | 'Unused' | 'Unavailable';

/** How a product tells of servers at weight 0: by name, like any other, or not at all. */
export type AtWeightZero = 'unused' | 'checked' | 'hidden';

/**
 * The servers of a group that are not in good health. Whether a group without a health check lists its servers is
 * a switch.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-getlistenerhealthstatus
 */
export function nonNormalServers(world: World, group: ServerGroup, zero: AtWeightZero, at: number): object[] {
  return listedServers(group, at).flatMap((server) => {
    const status = healthOf(world, group, server, zero, at);
    if (status === undefined) return [];
    const row = {
      ServerId: server.serverId,
      ServerIp: addressOf(world, server),
      Port: server.port,
      Status: status,
    };
    return [status === 'Unhealthy' ? { ...row, Reason: { ReasonCode: reasonOf(world, server, at) } } : row];
  });
}

function healthOf(
  world: World,
  group: ServerGroup,
  server: GroupServer,
  zero: AtWeightZero,
  at: number,
): Health | undefined {
  const weight = server.weights.findLast((entry) => entry.at <= at)?.weight ?? 0;
  if (weight === 0 && zero === 'unused') return 'Unused';
  if (!group.healthCheck) return world.switches.disabledCheckListsServers ? 'Unavailable' : undefined;
  if (weight === 0 && zero === 'hidden') return undefined;
  const checkMs = group.healthCheckSeconds * 1000;
  if (server.addedAt !== undefined && at < server.addedAt + checkMs) return 'Initial';
  return isUp(world, server, at - checkMs) ? undefined : 'Unhealthy';
}

/** Whether what is behind the server answers. Container groups and functions always do. */
export function isUp(world: World, server: GroupServer, at: number): boolean {
  if (server.type === 'Eci' || server.type === 'Fc') return true;
  const instance = instanceBehind(world, server);
  return instance !== undefined && isApplicationUp(instance, at);
}

function reasonOf(world: World, server: GroupServer, at: number): string {
  const instance = instanceBehind(world, server);
  return instance !== undefined && statusAt(instance, at) === 'Running'
    ? 'CONNECT_FAILED'
    : 'CONNECT_TIMEOUT';
}

import type { Call } from '../core/call';
import type { GroupBalancer, GroupListener, GroupServer, ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import { list, pairs } from '../ecs/params';
import type { Dialect } from './dialect';
import { addressOf, listedServers, shownWeight, statusOf } from './servers';

/** The values of `Name.1`, `Name.2`, …, of which a call takes so many; none means any. */
export function idsOf(call: Call, dialect: Dialect, name: string, atMost: number): readonly string[] {
  const ids = list(call, name);
  if (ids.length > atMost) throw dialect.illegal(name);
  return ids;
}

export function isAmong(ids: readonly string[], id: string): boolean {
  return ids.length === 0 || ids.includes(id);
}

/** Groups of the product that carry all tags of the call. */
export function groupsOf(world: World, call: Call, { product }: Dialect): readonly ServerGroup[] {
  const tags = pairs(call, 'Tag');
  return [...world.serverGroups.values()].filter(
    (group) =>
      group.product === product &&
      tags.every(
        ({ key, value }) => group.tags.has(key) && (value ?? group.tags.get(key)) === group.tags.get(key),
      ),
  );
}

function balancersOf(world: World, { product }: Dialect): readonly GroupBalancer[] {
  return [...(product === 'alb' ? world.applicationLoadBalancers : world.networkLoadBalancers).values()];
}

export function listenersOf(
  world: World,
  dialect: Dialect,
): readonly (GroupListener & { readonly loadBalancerId: string })[] {
  return balancersOf(world, dialect).flatMap(({ id, listeners }) =>
    listeners.map((listener) => ({ ...listener, loadBalancerId: id })),
  );
}

/** Load balancers that send traffic to the group, by a listener or by a rule of one. */
export function balancersWith(world: World, dialect: Dialect, groupId: string): readonly string[] {
  return balancersOf(world, dialect)
    .filter(({ listeners }) =>
      listeners.some(({ groups, rules }) =>
        [groups, ...rules.map((rule) => rule.groups)].some((ids) => ids.includes(groupId)),
      ),
    )
    .map(({ id }) => id);
}

/** A server of a group with what lists of servers show of it. */
export interface Listed {
  readonly group: ServerGroup;
  readonly server: GroupServer;
}

/** All servers of the groups that the filters let through. */
export function serversIn(
  world: World,
  call: Call,
  dialect: Dialect,
  groups: readonly ServerGroup[],
): readonly Listed[] {
  const ids = idsOf(call, dialect, 'ServerIds', 40);
  const addresses = idsOf(call, dialect, 'ServerIps', 40);
  return groups.flatMap((group) =>
    listedServers(group, call.now)
      .filter(({ serverId }) => isAmong(ids, serverId))
      .filter((server) => isAmong(addresses, addressOf(world, server)))
      .map((server) => ({ group, server })),
  );
}

export function serverRow(world: World, { group, server }: Listed, now: number): object {
  const { serverId, type, port, description } = server;
  return {
    ServerGroupId: group.id,
    ServerId: serverId,
    ServerIp: addressOf(world, server),
    ServerType: type,
    ...(port === undefined ? {} : { Port: port }),
    Weight: shownWeight(world, server, now),
    Description: description,
    Status: statusOf(world, server, now),
  };
}

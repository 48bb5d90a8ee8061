import * as z from 'zod';
import type { GroupBalancer, GroupListener, GroupServer, ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import { instanceBehind } from '../server-groups/servers';

const port = z.number().int().min(1).max(65_535);
const groupId = z.string().startsWith('sgp-');
const listenerId = z.string().startsWith('lsn-');

/** What a server is can be seen from its name: `i-…`, `eni-…`, `eci-…`, an address, or else a function. */
const groupServer = z.strictObject({
  server: z.string().min(1),
  ip: z.ipv4().optional(),
  /** Functions have none; NLB groups for any port have 0. */
  port: port.or(z.literal(0)).optional(),
  weight: z.number().int().min(0).max(100).default(100),
  description: z.string().default(''),
});
type FleetServer = z.infer<typeof groupServer>;

/** A server group of ALB or NLB, as a fleet file names it. */
export const serverGroup = z.strictObject({
  id: groupId,
  product: z.enum(['alb', 'nlb']).default('alb'),
  name: z.string().optional(),
  type: z.enum(['Instance', 'Ip', 'Fc']).default('Instance'),
  protocol: z.enum(['HTTP', 'HTTPS', 'GRPC', 'TCP', 'UDP', 'TCP_UDP', 'TCPSSL']).optional(),
  healthCheck: z.boolean().default(true),
  healthCheckSeconds: z.number().min(0).default(10),
  drain: z
    .strictObject({ enabled: z.boolean().default(true), seconds: z.number().int().min(0).max(900) })
    .default({ enabled: false, seconds: 300 }),
  managed: z.boolean().default(false),
  tags: z.record(z.string(), z.string()).default({}),
  servers: z.array(groupServer).default([]),
});

const rule = z.strictObject({ id: z.string().startsWith('rule-'), groups: z.array(groupId).default([]) });

export const applicationLoadBalancer = z.strictObject({
  id: z.string().startsWith('alb-'),
  name: z.string().optional(),
  listeners: z
    .array(
      z.strictObject({
        id: listenerId,
        port,
        protocol: z.enum(['HTTP', 'HTTPS', 'QUIC']).default('HTTP'),
        /** Groups of the default action; a listener with none only has what its rules send on. */
        groups: z.array(groupId).default([]),
        rules: z.array(rule).default([]),
      }),
    )
    .default([]),
});

export const networkLoadBalancer = z.strictObject({
  id: z.string().startsWith('nlb-'),
  name: z.string().optional(),
  listeners: z
    .array(
      z.strictObject({
        /** Without the `@port` that NLB puts behind it. */
        id: listenerId,
        port,
        protocol: z.enum(['TCP', 'UDP', 'TCPSSL']).default('TCP'),
        group: groupId,
      }),
    )
    .default([]),
});

export function toServerGroup(each: z.infer<typeof serverGroup>): ServerGroup {
  const { id, name = id, protocol = each.product === 'alb' ? 'HTTP' : 'TCP', tags, servers, ...rest } = each;
  return {
    ...rest,
    id,
    name,
    protocol,
    tags: new Map(Object.entries(tags)),
    servers: servers.map(toServer),
  };
}

function toServer({ server, ip, weight, ...rest }: FleetServer): GroupServer {
  return {
    ...rest,
    type: typeOf(server),
    serverId: server,
    ...(ip === undefined ? {} : { serverIp: ip }),
    weights: [{ at: 0, weight }],
    phases: [],
  };
}

function typeOf(server: string): GroupServer['type'] {
  if (server.startsWith('i-')) return 'Ecs';
  if (server.startsWith('eni-')) return 'Eni';
  if (server.startsWith('eci-')) return 'Eci';
  return z.ipv4().safeParse(server).success ? 'Ip' : 'Fc';
}

export function toApplicationLoadBalancer(each: z.infer<typeof applicationLoadBalancer>): GroupBalancer {
  const { id, name = id, listeners } = each;
  return { id, name, listeners };
}

/** https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-listlisteners */
export function toNetworkLoadBalancer(each: z.infer<typeof networkLoadBalancer>): GroupBalancer {
  const { id, name = id } = each;
  const listeners = each.listeners.map(({ group, ...listener }): GroupListener => ({
    ...listener,
    id: `${listener.id}@${listener.port}`,
    groups: [group],
    rules: [],
  }));
  return { id, name, listeners };
}

/** Servers must be instances of the fleet, by whichever name, or nobody could ever say how they are. */
export function unknownGroupServers(world: World): string[] {
  return [...world.serverGroups.values()].flatMap(({ id, servers }) =>
    servers
      .filter((server) => ['Ecs', 'Eni', 'Ip'].includes(server.type))
      .filter((server) => instanceBehind(world, server) === undefined)
      .map(
        ({ serverId }) =>
          `serverGroups.${id}: found server ${serverId}; expected an instance of the fleet, its eni or its privateIp`,
      ),
  );
}

/** Listeners and rules must name groups of their own product. */
export function unknownGroups(world: World): string[] {
  return [
    ...strangers(world, 'alb', 'applicationLoadBalancers'),
    ...strangers(world, 'nlb', 'networkLoadBalancers'),
  ];
}

function strangers(
  world: World,
  product: ServerGroup['product'],
  section: 'applicationLoadBalancers' | 'networkLoadBalancers',
): string[] {
  const groups = [...world.serverGroups.values()].filter((group) => group.product === product);
  const known = groups.map(({ id }) => id);
  return [...world[section].values()].flatMap(({ id, listeners }) =>
    listeners
      .flatMap((listener) => [...listener.groups, ...listener.rules.flatMap((one) => one.groups)])
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `${section}.${id}: found group ${name}; expected one of ${product}: ${known.join(', ') || 'there is none'}`,
      ),
  );
}

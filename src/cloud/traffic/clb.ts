import * as z from 'zod';
import type { Health } from '../../engine/ports';
import type { Caller } from '../call';
import { byNumber } from '../pages';
import { Empty, listOf, Numeric } from '../shapes';
import { createGroups, nameOf, parseGroup, type Backend, type Group } from './clb-groups';
import { aboutClb } from './clb-about';
import type { Entry, NamedChange, PlaceOf, TrafficKind } from './kind';
import { worse } from './worse';

type Place = PlaceOf<'clb'>;

const HealthRow = z.object({ ServerId: z.string(), Port: Numeric.nullish(), ServerHealthStatus: z.string() });
type HealthRow = z.infer<typeof HealthRow>;
const HealthAnswer = z.object({ BackendServers: listOf('BackendServer', HealthRow) });
const LoadBalancers = z.object({
  LoadBalancers: listOf('LoadBalancer', z.object({ LoadBalancerId: z.string() })),
  TotalCount: Numeric.nullish(),
});

/** A write call takes at most 20 servers. */
const serversPerCall = 20;
const ownType = 'ecs';
const pageSize = 100;

/**
 * Classic Load Balancer. A place that names no vServer group means the default group, every vServer group
 * and every master/slave group of the load balancer; its port then narrows the vServer groups only, for the default group has none.
 * Writes to one load balancer lock it, so they share a lane.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview
 */
export function createClb(call: Caller, region: string): TrafficKind<'clb'> {
  const groups = createGroups(call, region);
  return {
    kind: 'clb',
    ownType,

    async discover(servers) {
      const names = servers.flatMap(({ id, enis }) => [id, ...enis]);
      const found = await Promise.all(
        names.map((ServerId) =>
          byNumber(pageSize, async (PageNumber) => {
            const params = { RegionId: region, ServerId, PageNumber, PageSize: pageSize };
            const answer = await call.read('slb', 'DescribeLoadBalancers', params, LoadBalancers);
            return { rows: answer.LoadBalancers, total: answer.TotalCount ?? answer.LoadBalancers.length };
          }),
        ),
      );
      const ids = new Set(found.flat().map(({ LoadBalancerId }) => LoadBalancerId));
      return [...ids].map((loadBalancer) => ({ kind: 'clb', loadBalancer }));
    },

    async entries(places) {
      const found: Entry[] = [];
      for (const place of places) {
        for (const group of await groups.of(place)) {
          const there = (await groups.backends(group)).filter((backend) => isAt(place, backend));
          found.push(...there.map((backend) => entryOf(group, backend)));
        }
      }
      return found;
    },

    async health(places, entries) {
      const worst: Record<string, Health> = {};
      for (const loadBalancer of new Set(places.map((place) => place.loadBalancer))) {
        const params = { RegionId: region, LoadBalancerId: loadBalancer };
        const { BackendServers: rows } = await call.read('slb', 'DescribeHealthStatus', params, HealthAnswer);
        const here = entries.filter(({ lane }) => lane === laneOf(loadBalancer));
        for (const entry of here) {
          for (const row of rows.filter((one) => speaksOf(one, entry, { rows, entries: here }))) {
            worst[entry.key] = worse(worst[entry.key], healthOf(row.ServerHealthStatus));
          }
        }
      }
      return worst;
    },

    about: (places) => aboutClb(call, region, places),

    async write({ group, how, servers }: NamedChange) {
      if (servers.length > serversPerCall) {
        throw new Error(`${group}: ${servers.length} servers at once; one call takes ${serversPerCall}`);
      }
      const { loadBalancer, id } = parseGroup(group);
      const common = { RegionId: region, BackendServers: JSON.stringify(servers.map(rowOf)) };
      if (id === 'default') {
        await call.write('slb', ofDefault[how], { ...common, LoadBalancerId: loadBalancer }, Empty);
      } else {
        await call.write('slb', ofVServerGroup[how], { ...common, VServerGroupId: id }, Empty);
      }
      return {};
    },
  };
}

const ofDefault = {
  weights: 'SetBackendServers',
  remove: 'RemoveBackendServers',
  add: 'AddBackendServers',
} as const;
const ofVServerGroup = {
  weights: 'SetVServerGroupAttribute',
  remove: 'RemoveVServerGroupBackendServers',
  add: 'AddVServerGroupBackendServers',
} as const;

function rowOf({ server, port, weight }: NamedChange['servers'][number]): Readonly<Record<string, string>> {
  return {
    ServerId: server.id,
    Weight: String(weight),
    Type: server.type,
    ...(server.ip !== undefined && { ServerIp: server.ip }),
    ...(port !== undefined && { Port: String(port) }),
  };
}

function laneOf(loadBalancer: string): string {
  return `clb/${loadBalancer}`;
}

function isAt({ port }: Place, backend: Backend): boolean {
  return port === undefined || backend.Port === undefined || backend.Port === null || backend.Port === port;
}

/** Of a master/slave group the master has all the traffic, whatever weight is shown, until it fails its check. */
function entryOf(from: Group, { ServerId, Port, Weight, Type, ServerIp, ServerType }: Backend): Entry {
  const group = nameOf(from);
  const role = from.isMasterSlave === true ? (ServerType ?? '').toLowerCase() : undefined;
  // The default group sends its traffic to the listener's port, whatever a row says.
  const port = from.id === 'default' ? undefined : (Port ?? undefined);
  const key = port === undefined ? `${group}/${ServerId}` : `${group}/${port}/${ServerId}`;
  return {
    key,
    group,
    lane: laneOf(from.loadBalancer),
    weight: role === undefined ? Weight : role === 'master' ? 100 : 0,
    ...(role !== undefined && { fixed: role }),
    server: { id: ServerId, type: Type ?? ownType, ...(ServerIp && Type === 'eni' && { ip: ServerIp }) },
    ...(port !== undefined && { port }),
  };
}

/**
 * Health rows name server and port but no group: a row speaks of the server's entry with that port, and otherwise of
 * the one in the default group, which has none. Where several listeners tell of one server and port, the default group
 * may be behind any of them: it is the same application, and the worst that is said of it counts for both.
 */
function speaksOf(
  { ServerId, Port }: HealthRow,
  { server, port }: Entry,
  { rows, entries }: { readonly rows: readonly HealthRow[]; readonly entries: readonly Entry[] },
): boolean {
  if (ServerId !== server.id) return false;
  if (port !== undefined) return Port === port;
  const isPorted = entries.some(
    (one) => one.server.id === ServerId && one.port !== undefined && one.port === Port,
  );
  return !isPorted || rows.filter((row) => row.ServerId === ServerId && row.Port === Port).length > 1;
}

/** `unavailable` means no result yet, or that the health check is off. */
function healthOf(status: string): Health {
  if (status === 'normal' || status === 'abnormal') return status;
  return 'unknown';
}

import * as z from 'zod';
import type { Health, Membership, Traffic, TrafficPlace } from '../engine/ports';
import type { Caller } from './call';
import { createGroups, nameOf, parseGroup } from './clb-groups';
import type { Backend, Group, Groups } from './clb-groups';
import { Empty, listOf, Numeric } from './shapes';

const HealthRow = z.object({ ServerId: z.string(), Port: Numeric.nullish(), ServerHealthStatus: z.string() });
const HealthAnswer = z.object({ BackendServers: listOf('BackendServer', HealthRow) });

/** A write call takes at most 20 servers. */
const serversPerCall = 20;

/**
 * Classic Load Balancer. A place that names no vServer group means the default group and every vServer group
 * of the load balancer; its port then narrows the vServer groups only, for the default group has none.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview
 */
export function createTraffic(call: Caller, { region }: { readonly region: string }): Traffic {
  const groups = createGroups(call, region);
  return {
    async memberships(instanceId, places) {
      const found = new Map<string, Membership>();
      for (const { group, backend } of await backendsAt(places, groups)) {
        if (backend.ServerId !== instanceId) continue;
        const membership = membershipOf(group, backend);
        found.set(membership.key, membership);
      }
      return [...found.values()];
    },

    async setWeights(instanceId, group, weights) {
      if (weights.length > serversPerCall) {
        throw new Error(
          `${group}: ${weights.length} ports of ${instanceId}; one call takes ${serversPerCall}`,
        );
      }
      const servers = weights.map(({ port, weight }) => ({
        ServerId: instanceId,
        Weight: String(weight),
        Type: 'ecs',
        ...(port !== undefined && { Port: String(port) }),
      }));
      const { loadBalancer, id } = parseGroup(group);
      const common = { RegionId: region, BackendServers: JSON.stringify(servers) };
      if (id === 'default') {
        await call.write('slb', 'SetBackendServers', { ...common, LoadBalancerId: loadBalancer }, Empty);
      } else {
        await call.write('slb', 'SetVServerGroupAttribute', { ...common, VServerGroupId: id }, Empty);
      }
    },

    async health(places) {
      const worst: Record<string, Health> = {};
      for (const place of places) {
        const params = { RegionId: region, LoadBalancerId: place.loadBalancer };
        const answer = await call.read('slb', 'DescribeHealthStatus', params, HealthAnswer);
        const counts = await countedRows(place, groups);
        for (const row of answer.BackendServers.filter(counts)) {
          worst[row.ServerId] = worse(worst[row.ServerId], healthOf(row.ServerHealthStatus));
        }
      }
      return worst;
    },

    async weights(places) {
      const sums: Record<string, number> = {};
      for (const { backend } of await backendsAt(places, groups)) {
        sums[backend.ServerId] = (sums[backend.ServerId] ?? 0) + backend.Weight;
      }
      return sums;
    },
  };
}

/** Every server of every group that the places mean. */
async function backendsAt(
  places: readonly TrafficPlace[],
  groups: Groups,
): Promise<readonly { readonly group: Group; readonly backend: Backend }[]> {
  const found: { group: Group; backend: Backend }[] = [];
  for (const place of places) {
    for (const group of await groups.of(place)) {
      const there = (await groups.backends(group)).filter((backend) => isAt(place, backend));
      found.push(...there.map((backend) => ({ group, backend })));
    }
  }
  return found;
}

/** Health rows name server and port but no group: a place in a vServer group counts that group's pairs only. */
async function countedRows(
  place: TrafficPlace,
  groups: Groups,
): Promise<(row: z.infer<typeof HealthRow>) => boolean> {
  const { loadBalancer, vServerGroup, port } = place;
  if (vServerGroup === undefined) return () => true;
  const backends = await groups.backends({ loadBalancer, id: vServerGroup });
  const pairs = new Set(backends.map(({ ServerId, Port }) => `${ServerId} ${Port ?? ''}`));
  return (row) => (port === undefined || row.Port === port) && pairs.has(`${row.ServerId} ${row.Port ?? ''}`);
}

function isAt({ port }: TrafficPlace, backend: Backend): boolean {
  return port === undefined || backend.Port === undefined || backend.Port === null || backend.Port === port;
}

function membershipOf(from: Group, { ServerId, Port, Weight }: Backend): Membership {
  const group = nameOf(from);
  // The default group sends its traffic to the listener's port, whatever a row says.
  const port = from.id === 'default' ? undefined : (Port ?? undefined);
  const key = port === undefined ? `${group}/${ServerId}` : `${group}/${port}/${ServerId}`;
  return { key, group, weight: Weight, ...(port !== undefined && { port }) };
}

/** `unavailable` means no result yet, or that the health check is off. */
function healthOf(status: string): Health {
  if (status === 'normal' || status === 'abnormal') return status;
  return 'unknown';
}

const badness: Record<Health, number> = { normal: 0, unknown: 1, abnormal: 2 };
function worse(one: Health | undefined, other: Health): Health {
  return one !== undefined && badness[one] >= badness[other] ? one : other;
}

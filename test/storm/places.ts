import type { DnsRecord } from '../../simulator/core/dns';
import { instanceOfRecord, nameOfHost } from '../../simulator/dns/records';
import type { GroupServer, ServerGroup } from '../../simulator/core/server-groups';
import type { Backend, World as SimulatedCloud } from '../../simulator/core/world';
import { weightAt } from '../../simulator/ecs/connections';
import { instanceBehind, weighFrom } from '../../simulator/server-groups/servers';
import { members } from '../../simulator/server-groups/writes';
import type { Millis } from '../../src/event/system-event';

/** A place where an instance takes traffic, of whatever kind: one server of one group. */
export interface Place {
  readonly key: string;
  /** `clb/<load balancer>/<vServer group or default>`, `alb/<server group>`, `nlb/<server group>`. */
  readonly group: string;
  /** As the group names it: an instance, a card or an address. */
  readonly server: string;
  readonly port?: number;
  readonly instanceId: string;
  readonly original: number;
  /** The weight that traffic goes by now: of a job under way the one before. 0 where the server is not registered. */
  readonly weight: () => number;
  /** What a person's hand does at once. False when the server is not there. */
  readonly setByHand: (weight: number) => boolean;
  /** The program's last write to it. */
  ours?: { readonly at: Millis; readonly run: string };
  /** The last change by a person; `left`: a weight of ours that a person left as it was. */
  hand?: { readonly at: Millis; readonly weight: number; readonly left?: true };
}

/** Every place of the cloud, as long as nothing has happened yet. */
export function placesOf(cloud: SimulatedCloud): readonly Place[] {
  return [
    ...clbGroups(cloud).flatMap(([group, backends]) =>
      backends.map((backend) => backendPlace(cloud, group, backends, backend)),
    ),
    ...[...cloud.serverGroups.values()].flatMap((group) =>
      group.servers.flatMap((server) => serverPlace(cloud, group, server)),
    ),
    ...[...cloud.dnsZones.values()].flatMap((zone) =>
      zone.records.flatMap((record) => recordPlace(cloud, nameOfHost(zone, record), record)),
    ),
  ];
}

/** The arrays are the cloud's own: they change as it does. */
function clbGroups(cloud: SimulatedCloud): readonly (readonly [name: string, backends: Backend[]])[] {
  return [...cloud.loadBalancers.values()].flatMap((balancer) => [
    [`clb/${balancer.id}/default`, balancer.defaultGroup] as const,
    ...[...balancer.vServerGroups.values()].map(
      ({ id, backends }) => [`clb/${balancer.id}/${id}`, backends] as const,
    ),
  ]);
}

function backendPlace(
  cloud: SimulatedCloud,
  group: string,
  backends: readonly Backend[],
  { serverId, port, weight: original }: Backend,
): Place {
  // A server that was taken out and put back is another entry.
  const entry = () => backends.find((one) => one.serverId === serverId && one.port === port);
  return {
    key: keyOf(group, serverId, port),
    group,
    server: serverId,
    ...(port !== undefined && { port }),
    instanceId: serverId,
    original,
    weight: () => entry()?.weight ?? 0,
    setByHand: (weight) => {
      const there = entry();
      if (there === undefined) return false;
      there.weight = weight;
      there.weights.push({ at: cloud.now, weight });
      return true;
    },
  };
}

function serverPlace(cloud: SimulatedCloud, group: ServerGroup, server: GroupServer): readonly Place[] {
  const instance = instanceBehind(cloud, server);
  if (instance === undefined) return [];
  const { type, serverId, port } = server;
  const isIt = (one: GroupServer) => one.type === type && one.serverId === serverId && one.port === port;
  const name = `${group.product}/${group.id}`;
  return [
    {
      key: keyOf(name, serverId, port),
      group: name,
      server: serverId,
      ...(port !== undefined && { port }),
      instanceId: instance.id,
      original: weightAt(server, cloud.now),
      // An entry that was taken out stays for the sake of its history, at weight 0.
      weight: () => Math.max(0, ...group.servers.filter(isIt).map((one) => weightAt(one, cloud.now))),
      setByHand: (weight) => {
        const there = members(group, cloud.now).find(isIt);
        if (there === undefined) return false;
        weighFrom(there, cloud.now, weight);
        return true;
      },
    },
  ];
}

/** Its weight is that of clients who come by the record: they do until its TTL has passed. People leave records alone. */
function recordPlace(cloud: SimulatedCloud, group: string, record: DnsRecord): readonly Place[] {
  const instance = instanceOfRecord(cloud, record);
  if (instance === undefined) return [];
  return [
    {
      key: keyOf(group, record.id, undefined),
      group,
      server: record.id,
      instanceId: instance.id,
      original: weightAt(record, cloud.now),
      weight: () => weightAt(record, cloud.now),
      setByHand: () => false,
    },
  ];
}

function keyOf(group: string, server: string, port: number | undefined): string {
  return port === undefined ? `${group}/${server}` : `${group}/${port}/${server}`;
}

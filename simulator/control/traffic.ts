import * as z from 'zod';
import type { World } from '../core/world';
import { instanceOf } from '../clb/health';
import { answersOf, instanceOfRecord, nameOfHost } from '../dns/records';
import { establishedConnections } from '../ecs/connections';
import { instanceBehind } from '../server-groups/servers';
import type { Knock } from './knock';
import { known } from './refusal';

type Entry = { readonly at: number; readonly weight: number };

interface Place {
  /** `clb/<load balancer>/<vServer group or default>`, `alb/<server group>`, `nlb/<server group>`. */
  readonly group: string;
  readonly server: string;
  readonly port: number | null;
  readonly weights: readonly Entry[];
}

const Query = z.object({
  from: z.coerce.number().int(),
  to: z.coerce.number().int(),
  points: z.coerce.number().int().min(2).max(1000).default(60),
});

/** Where an instance takes or took traffic, each weight with its instant, and its connections at evenly spaced instants. */
export function getTraffic(world: World, { id, query }: Knock): object {
  const instance = known('instance', world.instances, id);
  const { from, to, points } = Query.parse(Object.fromEntries(query));
  const instants = Array.from({ length: points }, (_point, index) =>
    Math.round(from + ((to - from) * index) / (points - 1)),
  );
  return {
    places: placesOf(world, id),
    connections: instants.map((at) => ({ at, value: establishedConnections(world, instance, at) })),
  };
}

function placesOf(world: World, id: string): readonly Place[] {
  const ofClb = [...world.loadBalancers.values()].flatMap((balancer) =>
    [
      { name: 'default', backends: balancer.defaultGroup },
      ...[...balancer.vServerGroups.values()].map((group) => ({ name: group.id, backends: group.backends })),
    ].flatMap(({ name, backends }) =>
      backends
        .filter((backend) => instanceOf(world, backend)?.id === id)
        .map(({ serverId, port, weights }) => ({
          group: `clb/${balancer.id}/${name}`,
          server: serverId,
          port: port ?? null,
          weights,
        })),
    ),
  );
  const ofGroups = [...world.serverGroups.values()].flatMap((group) =>
    group.servers
      .filter((server) => instanceBehind(world, server)?.id === id)
      .map(({ serverId, port, weights }) => ({
        group: `${group.product}/${group.id}`,
        server: serverId,
        port: port ?? null,
        weights,
      })),
  );
  const ofDns = [...world.dnsZones.values()].flatMap((zone) =>
    answersOf(zone)
      .filter((record) => instanceOfRecord(world, record)?.id === id)
      .map((record) => ({
        group: nameOfHost(zone, record),
        server: record.value,
        port: null,
        weights: record.weights,
      })),
  );
  return [...ofClb, ...ofGroups, ...ofDns];
}

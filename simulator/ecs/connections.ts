import type { Backend, Instance, World } from '../core/world';
import { instanceOf } from '../clb/health';
import { answersOf, instanceOfRecord } from '../dns/records';
import { masterSlavePlaces } from '../clb/master-slave';
import { instanceBehind } from '../server-groups/servers';
import { runningSince } from './lifecycle';

/** A place that traffic comes from. What is left of its connections is closed at `cutAt`. */
interface Weighted extends Pick<Backend, 'weights'> {
  readonly cutAt?: number;
}

/**
 * Established connections on an instance at an instant: its floor, and as many per unit of weight as its model
 * says. They rise at once with the weights and fall with the half life after them; a boot begins anew.
 */
export function establishedConnections(world: World, instance: Instance, at: number): number {
  const since = runningSince(instance, at);
  if (since === undefined) return 0;
  const { floor, perWeight, halfLifeSeconds } = instance.connections;
  const all: readonly Weighted[] = [
    ...placesOf(world, instance.id),
    ...masterSlavePlaces(world, instance.id),
  ];
  const places = all.filter(({ cutAt = Infinity }) => at < cutAt);
  const changes = places.flatMap((place) => place.weights.map((entry) => entry.at));
  const instants = [
    since,
    ...changes.filter((change) => change > since && change <= at).sort((a, b) => a - b),
    at,
  ];
  let connections = perWeight * totalWeight(places, since);
  for (const [index, instant] of instants.entries()) {
    const elapsedSeconds = (instant - (instants[index - 1] ?? since)) / 1000;
    const decayed = connections * 0.5 ** (elapsedSeconds / halfLifeSeconds);
    // Until a change takes effect the old weight holds the connections up.
    const held = perWeight * totalWeight(places, instants[index - 1] ?? since);
    connections = Math.max(decayed, held, perWeight * totalWeight(places, instant));
  }
  return floor + Math.round(connections);
}

/** Every place in which any load balancer sends or sent traffic to the instance by a weight, which it had since when. */
export function placesOf(world: World, instanceId: string): readonly Weighted[] {
  const backends = [...world.loadBalancers.values()]
    .flatMap((balancer) => [
      ...balancer.defaultGroup,
      ...[...balancer.vServerGroups.values()].flatMap((group) => group.backends),
    ])
    .filter((backend) => instanceOf(world, backend)?.id === instanceId);
  const servers = [...world.serverGroups.values()]
    .flatMap((group) => group.servers)
    .filter((server) => instanceBehind(world, server)?.id === instanceId);
  const records = [...world.dnsZones.values()]
    .flatMap((zone) => answersOf(zone))
    .filter((record) => instanceOfRecord(world, record)?.id === instanceId);
  return [...backends, ...servers, ...records];
}

export function weightAt({ weights }: Weighted, at: number): number {
  return weights.findLast((entry) => entry.at <= at)?.weight ?? 0;
}

function totalWeight(places: readonly Weighted[], at: number): number {
  return places.reduce((sum, place) => sum + weightAt(place, at), 0);
}

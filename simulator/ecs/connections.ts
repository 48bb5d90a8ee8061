import type { Backend, Instance, World } from '../core/world';
import { runningSince } from './lifecycle';

/**
 * Established connections on an instance at an instant: its floor, and as many per unit of weight as its model
 * says. They rise at once with the weights and fall with the half life after them; a boot begins anew.
 */
export function establishedConnections(world: World, instance: Instance, at: number): number {
  const since = runningSince(instance, at);
  if (since === undefined) return 0;
  const { floor, perWeight, halfLifeSeconds } = instance.connections;
  const backends = backendsOf(world, instance.id);
  const changes = backends.flatMap((backend) => backend.weights.map((entry) => entry.at));
  const instants = [
    since,
    ...changes.filter((change) => change > since && change <= at).sort((a, b) => a - b),
    at,
  ];
  let connections = perWeight * totalWeight(backends, since);
  for (const [index, instant] of instants.entries()) {
    const elapsedSeconds = (instant - (instants[index - 1] ?? since)) / 1000;
    const decayed = connections * 0.5 ** (elapsedSeconds / halfLifeSeconds);
    // Until a change takes effect the old weight holds the connections up.
    const held = perWeight * totalWeight(backends, instants[index - 1] ?? since);
    connections = Math.max(decayed, held, perWeight * totalWeight(backends, instant));
  }
  return floor + Math.round(connections);
}

/** Every place in which the load balancers send traffic to the instance. */
export function backendsOf(world: World, instanceId: string): Backend[] {
  return [...world.loadBalancers.values()]
    .flatMap((balancer) => [
      ...balancer.defaultGroup,
      ...[...balancer.vServerGroups.values()].flatMap((group) => group.backends),
    ])
    .filter((backend) => backend.serverId === instanceId);
}

export function weightAt(backend: Backend, at: number): number {
  return backend.weights.findLast((entry) => entry.at <= at)?.weight ?? 0;
}

function totalWeight(backends: readonly Backend[], at: number): number {
  return backends.reduce((sum, backend) => sum + weightAt(backend, at), 0);
}

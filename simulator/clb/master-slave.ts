import type { Backend, LoadBalancer, MasterSlaveGroup, World } from '../core/world';
import { healthOf, instanceOf } from './health';

/**
 * Weights that a master/slave group's traffic amounts to for an instance: all of it while it has its turn, else none.
 * No call changes whose turn it is; the master's health check does, both ways.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createmasterslaveservergroup
 */
export function masterSlavePlaces(world: World, instanceId: string): readonly Pick<Backend, 'weights'>[] {
  return [...world.loadBalancers.values()].flatMap((balancer) =>
    [...balancer.masterSlaveGroups.values()].flatMap((group) =>
      [group.master, group.slave]
        .filter((backend) => instanceOf(world, backend)?.id === instanceId)
        .map((backend) => ({
          weights: turns(world, balancer, group).map(({ at, server }) => ({
            at,
            weight: server === backend ? 100 : 0,
          })),
        })),
    ),
  );
}

/** Who of the two has the traffic now. */
export function servingNow(world: World, balancer: LoadBalancer, group: MasterSlaveGroup): Backend {
  return turns(world, balancer, group).findLast(({ at }) => at <= world.now)?.server ?? group.master;
}

/** Whose turn it is from each instant on at which the result of the master's check may change. */
function turns(world: World, balancer: LoadBalancer, { master, slave }: MasterSlaveGroup) {
  const instance = instanceOf(world, master);
  const checkMs = balancer.healthCheckSeconds * 1000;
  const startMs = (instance?.applicationSeconds ?? 0) * 1000;
  const instants = [
    0,
    ...(instance?.history ?? []).flatMap(({ at }) => [at + checkMs, at + startMs + checkMs]),
    ...(instance?.answering ?? []).map(({ at }) => at + checkMs),
  ];
  return instants
    .sort((a, b) => a - b)
    .map((at) => ({ at, server: healthOf(world, balancer, master, at) === 'normal' ? master : slave }));
}

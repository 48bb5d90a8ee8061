import type { TrafficPlace } from '../engine/ports';
import type { Facts } from '../run/run';
import type { Pool, Traffic } from './configuration';

/** Where a pool's members take traffic, as a plan carries it; a place that is named twice counts once. */
export function placesOf(traffic: readonly Traffic[]): readonly (Facts & TrafficPlace)[] {
  const places = new Map(traffic.map(({ clb }) => [JSON.stringify(clb), { kind: 'clb' as const, ...clb }]));
  return [...places.values()];
}

/** True when a member of one pool and a member of the other can stand in the same group of a load balancer. */
export function sharePlace(one: Pool, other: Pool): boolean {
  return one.spec.traffic.some(({ clb: a }) =>
    other.spec.traffic.some(
      ({ clb: b }) =>
        a.loadBalancer === b.loadBalancer &&
        (a.vServerGroup === undefined || b.vServerGroup === undefined || a.vServerGroup === b.vServerGroup),
    ),
  );
}

import type { Pool } from './configuration';
import type { Places, PoolTraffic, TrafficPlace } from './kinds/traffic';

/**
 * Where the members of pools take traffic, as a plan carries it; a place that is named twice counts once. One pool
 * that lets its places be found has them found for all.
 */
export function placesOf(...pools: readonly PoolTraffic[]): Places {
  const named: TrafficPlace[] = [];
  for (const traffic of pools) {
    if (traffic === 'discover') return 'discover';
    named.push(...traffic.flatMap(placesIn));
  }
  return [...new Map(named.map((place) => [JSON.stringify(place), place])).values()];
}

function placesIn(entry: Exclude<PoolTraffic, 'discover'>[number]): readonly TrafficPlace[] {
  return Object.entries(entry).flatMap(([kind, place]) =>
    place === undefined ? [] : [{ kind, ...place } as TrafficPlace],
  );
}

/**
 * True when a member of one pool and a member of the other can stand in the same server group. Of a pool whose places
 * are found only when they are needed this is not known beforehand.
 */
export function sharePlace(one: Pool, other: Pool): boolean {
  const [a, b] = [placesOf(one.spec.traffic), placesOf(other.spec.traffic)];
  if (a === 'discover' || b === 'discover') return false;
  return a.some((here) => b.some((there) => overlap(here, there)));
}

/** Two places overlap when none of what names a group differs: what one leaves out, it means all of. A port names no group. */
function overlap(here: TrafficPlace, there: TrafficPlace): boolean {
  const other = Object.fromEntries(Object.entries(there));
  return Object.entries(here).every(
    ([key, value]) => key === 'port' || other[key] === undefined || other[key] === value,
  );
}

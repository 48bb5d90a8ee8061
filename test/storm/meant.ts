import type { Instance, World as SimulatedCloud } from '../../simulator/core/world';
import type { Configuration, Pool } from '../../src/playbook/configuration';
import type { Place } from './places';

/** The pools that an instance is a member of. */
export function poolsOf({ pools }: Configuration, { tags }: Instance): readonly Pool[] {
  return pools.filter(({ spec }) =>
    Object.entries(spec.members.tags).every(([key, value]) => tags.get(key) === value),
  );
}

/** Whether one of the pools of its instance says that members take traffic in the place. */
export function isMeant(cloud: SimulatedCloud, configuration: Configuration, place: Place): boolean {
  const instance = cloud.instances.get(place.instanceId);
  return instance !== undefined && poolsOf(configuration, instance).some((pool) => isNamedBy(pool, place));
}

/** Whether a pool names the place, or has it found. */
export function isNamedBy({ spec: { traffic } }: Pool, place: Place): boolean {
  const [kind, first, second] = place.group.split('/');
  // No search finds a record.
  if (traffic === 'discover') return kind !== 'dns';
  return traffic.some(({ clb, alb, nlb, dns }) => {
    if (kind === 'dns') return dns?.domain === first && dns?.record === second;
    const group = { alb, nlb }[kind ?? ''];
    if (group !== undefined) return group.serverGroup === first && isPort(group.port, place);
    if (kind !== 'clb' || clb === undefined) return false;
    const isGroup = clb.vServerGroup === undefined || clb.vServerGroup === second;
    return clb.loadBalancer === first && isGroup && isPort(clb.port, place);
  });
}

/** The default group of a CLB has no port to narrow it by. */
function isPort(port: number | undefined, place: Place): boolean {
  return port === undefined || place.port === undefined || place.port === port;
}

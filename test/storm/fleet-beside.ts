import type { FleetInput } from '../../simulator/fleet/schema';
import type { Chance } from './chance';

type Balancers = NonNullable<FleetInput['loadBalancers']>;

/** Groups that Auto Scaling puts its members into, and the weight that it gives them there. */
export function drawAttached(
  chance: Chance,
  balancers: Balancers,
  { serverGroups = [] }: Pick<FleetInput, 'serverGroups'>,
): { readonly group: string; readonly weight: number }[] {
  const groups = [
    ...balancers.flatMap(({ id, defaultGroup = [], vServerGroups = [] }) => [
      ...(defaultGroup.length > 0 ? [`clb/${id}/default`] : []),
      ...vServerGroups.map((group) => `clb/${id}/${group.id}`),
    ]),
    ...serverGroups.map(({ id, product = 'alb' }) => `${product}/${id}`),
  ];
  return groups
    .filter(() => chance.happens(0.6))
    .map((group) => ({ group, weight: chance.pick([100, 80, 50, 30]) }));
}

/** Now and then a name whose records point at the members. */
export function drawNames(
  chance: Chance,
  members: NonNullable<FleetInput['instances']>,
): Pick<FleetInput, 'dnsZones'> {
  if (!chance.happens(0.2)) return {};
  const ttlSeconds = chance.pick([10, 60, 600]);
  const records = members.map(({ privateIp = '' }) => ({ rr: 'api', value: privateIp, ttlSeconds }));
  return { dnsZones: [{ domain: 'storm.example', records }] };
}

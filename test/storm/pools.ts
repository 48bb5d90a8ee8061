import type { FleetInput } from '../../simulator/fleet/schema';
import type { Chance } from './chance';
import { alarmName } from './fleet';

/** One pool, or two that have members in common: then both limits hold. */
export function drawPools(chance: Chance, fleet: FleetInput): readonly object[] {
  const traffic = drawTraffic(chance.fork('traffic'), fleet);
  const pool = drawPool(chance, fleet, 'web', traffic);
  return chance.happens(0.2) ? [pool, drawPool(chance, fleet, 'shared', traffic)] : [pool];
}

/** A guard that lets one member out even when another one is gone for good. */
function drawPool(chance: Chance, fleet: FleetInput, name: string, traffic: unknown): object {
  const members = fleet.instances?.length ?? 0;
  return {
    apiVersion: 'failover/v1',
    kind: 'Pool',
    metadata: { name, owner: 'storm' },
    spec: {
      members: { tags: { [name === 'web' ? 'app' : 'fleet']: name }, notWhile: { tags: { patching: '*' } } },
      scaling: scalingOf(chance),
      traffic,
      guard: {
        minHealthy:
          name === 'shared'
            ? '50%'
            : chance.pick(members > 3 ? ['50%', '60%', 1, 2] : members > 2 ? ['50%', 1] : [1]),
        maxOut: name === 'shared' ? 1 : chance.pick([1, 1, 2, '50%']),
        maxOutPerZone: chance.pick([1, 1, 2]),
        allowLast: name === 'shared' || chance.happens(0.3),
        ...(chance.happens(0.2) && { soakBetween: '5m' }),
        ...(chance.happens(0.2) && { afterStorm: { wait: '10m' } }),
        ...(chance.happens(0.15) && { blockWhile: [{ cloudMonitorAlarm: alarmName }] }),
        ...(chance.happens(0.2) && { hardFloor: 1 }),
      },
      health: chance.pick([
        [{ instanceStatus: 'Running' }],
        [{ instanceStatus: 'Running' }, { cloudAssistant: 'online' }],
        [{ instanceStatus: 'Running' }, { cloudAssistant: 'online' }, { loadBalancer: 'healthy' }],
      ]),
    },
  };
}

/** Standby from a stream of its own, so that everything else stays as it was drawn. */
function scalingOf(chance: Chance): string {
  const drawn = chance.happens(0.7) ? 'protect' : 'ignore';
  return chance.fork('standby').happens(0.4) ? 'standby' : drawn;
}

/** Wherever members are found, or what the team has named: now and then not all of it. */
function drawTraffic(
  chance: Chance,
  { loadBalancers = [], serverGroups = [], dnsZones = [] }: FleetInput,
): unknown {
  if (chance.happens(0.35)) return 'discover';
  const [first, ...others] = [
    ...loadBalancers.flatMap(({ id, vServerGroups = [] }) => {
      const groups = vServerGroups.map((group) => ({ clb: { loadBalancer: id, vServerGroup: group.id } }));
      return groups.length > 0 && chance.happens(0.15) ? groups : [{ clb: { loadBalancer: id } }];
    }),
    ...serverGroups.map(({ id, product = 'alb' }) => ({ [product]: { serverGroup: id } })),
    ...dnsZones.map(({ domain }) => ({ dns: { domain, record: 'api' } })),
  ];
  return [first, ...others.filter(() => chance.happens(0.9))];
}

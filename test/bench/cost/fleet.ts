import type { FleetInput } from '../../../simulator/fleet/schema';
import type { Configuration } from '../../../src/playbook/configuration';
import { exampleConfiguration } from '../../support/configuration';
import { exampleFleet } from '../../support/story-fleet';

const poolSize = 100;

const idOf = (at: number) => `i-bp1web${String(at).padStart(13, '0')}`;

/** Pools of a hundred, each behind a load balancer of its own, in two zones. */
export function fleetOf(instances: number): FleetInput {
  const example = exampleFleet();
  const [one] = example.instances ?? [];
  if (one === undefined) throw new Error('the example fleet has no instance');
  const pools = Array.from({ length: instances / poolSize }, (_pool, pool) => pool);
  const members = (pool: number) =>
    Array.from({ length: poolSize }, (_member, at) => pool * poolSize + at + 1);
  return {
    ...example,
    instances: pools.flatMap((pool) =>
      members(pool).map((at) => ({
        ...one,
        id: idOf(at),
        name: `web-${at}`,
        zone: at % 2 === 0 ? 'cn-hangzhou-h' : 'cn-hangzhou-i',
        privateIp: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`,
        tags: { app: 'storefront', role: `web-${pool}` },
      })),
    ),
    loadBalancers: pools.map((pool) => ({
      id: `lb-bp1web${pool}`,
      name: `web-${pool}`,
      healthCheckSeconds: 10,
      listeners: [{ port: 80, protocol: 'http' as const, backendPort: 8080 }],
      defaultGroup: members(pool).map((at) => ({ server: idOf(at), weight: 100 })),
    })),
  };
}

export function configurationOf(instances: number): Configuration {
  const { pools, playbooks, ...rest } = exampleConfiguration();
  const copies = Array.from({ length: instances / poolSize }, (_pool, at) =>
    pools.map((pool) => ({
      ...pool,
      metadata: { ...pool.metadata, name: `web-${at}` },
      spec: {
        ...pool.spec,
        members: { tags: { app: 'storefront', role: `web-${at}` } },
        traffic: [{ clb: { loadBalancer: `lb-bp1web${at}` } }],
      },
    })),
  ).flat();
  const match = { pools: copies.map(({ metadata }) => metadata.name) };
  return {
    ...rest,
    pools: copies,
    playbooks: playbooks.map((one) => ({
      ...one,
      spec: { ...one.spec, match: { ...one.spec.match, ...match } },
    })),
  };
}

export const anInstance = idOf(2);

import type { FleetInput } from '../../simulator/fleet/schema';
import { permissionsOfRole } from '../../src/engine/permissions/needed';
import { policyOf } from '../../src/engine/permissions/policy';
import { readPlaybooks } from '../../src/cli/deploy/push-playbooks';
import { stepTypes } from '../../src/steps';
import { healthyDocuments, writeDocuments } from './healthy';

const home = '1690700000000030';
export const retail = '2000000000000002';
const role = `acs:ram::${retail}:role/failover-operator`;

/** The healthy team with a second pool in another account. */
export function withRetail(documents: ReturnType<typeof healthyDocuments>): void {
  const { account: _account, region: _region, ...spec } = documents.settings.spec;
  const regions = ['cn-hangzhou'];
  const accounts = [
    { id: home, alias: 'hub', regions },
    { id: retail, alias: 'retail', regions, role },
  ];
  documents.settings.spec = { ...spec, accounts } as unknown as typeof documents.settings.spec;
  const there = structuredClone(documents.pool);
  Object.assign(documents.pool.spec, { account: 'hub' });
  there.metadata.name = 'cart-retail';
  Object.assign(there.spec, { account: 'retail', members: { tags: { app: 'cart' } } });
  documents.playbook.spec.match.pools = ['web-hangzhou', 'cart-retail'];
  Object.assign(documents, { there });
}

type Policy = NonNullable<NonNullable<FleetInput['roles']>[number]['policies']>[number];

/** What a run there needs; what a person reads besides goes with `more`. */
function policies(more: readonly string[]): Policy[] {
  const documents = healthyDocuments();
  withRetail(documents);
  const { configuration } = readPlaybooks(writeDocuments(documents), 0);
  const needed = permissionsOfRole(configuration, stepTypes, retail);
  return [policyOf([...needed, ...more.map((action) => ({ action, on: ['*'] }))])] as unknown as Policy[];
}

/** The same instances, load balancer and bucket under other names in the other account. */
export function inRetail(
  fleet: FleetInput,
  { trusts = home, more = [] }: { trusts?: string; more?: readonly string[] } = {},
) {
  const { start: _start, ...there } = fleet;
  const text = JSON.stringify(there)
    .replaceAll('i-bp1web00000000', 'i-bp1cart000000')
    .replaceAll('storefront', 'cart');
  const trust = {
    Version: '1' as const,
    Statement: [
      { Effect: 'Allow' as const, Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${trusts}:root`] } },
    ],
  };
  return {
    ...(JSON.parse(text) as FleetInput),
    ...{ account: retail, region: 'cn-hangzhou', bucket: 'retail-own' },
    roles: [{ name: 'failover-operator', trust, policies: policies(more) }],
  };
}

import type { FleetInput } from '../../../simulator/fleet/schema';
import { permissionsOfRole } from '../../../src/engine/permissions/needed';
import { policyOf } from '../../../src/engine/permissions/policy';
import { readPlaybooks } from '../../../src/cli/deploy/push-playbooks';
import { stepTypes } from '../../../src/steps';
import { healthyDocuments, writeDocuments } from '../../support/healthy';
import { diagnose, named, type Documents, type Plant } from './patients';

const [home, retail] = ['1690700000000030', '2000000000000002'];
const role = `acs:ram::${retail}:role/failover-operator`;
const [cart1, cart2, cart3] = ['i-bp1cart00000000001', 'i-bp1cart00000000002', 'i-bp1cart00000000003'];

/** The healthy team with a second pool in another account. */
function withRetail(documents: Documents): void {
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

/** What a run there needs; what the doctor reads besides goes with `more`. */
function policies(more: readonly string[]): Policy[] {
  const documents = healthyDocuments();
  withRetail(documents);
  const { configuration } = readPlaybooks(writeDocuments(documents), 0);
  const needed = permissionsOfRole(configuration, stepTypes, retail);
  return [policyOf([...needed, ...more.map((action) => ({ action, on: ['*'] }))])] as unknown as Policy[];
}

/** The same instances, load balancer and bucket under other names in the other account. */
function inRetail(
  fleet: FleetInput,
  { trusts = home, more = facts }: { trusts?: string; more?: readonly string[] },
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

const facts = [
  'ecs:DescribeInstanceMaintenanceAttributes',
  'ecs:DescribeCloudAssistantStatus',
  'ecs:DescribeInstanceRamRole',
  'oss:GetBucketInfo',
  'oss:GetBucketVersioning',
];

type There = ReturnType<typeof inRetail>;
const plant = (change: (there: There) => There, how: Parameters<typeof inRetail>[1] = {}): Plant => ({
  documents: withRetail,
  fleet: (fleet) => ({ ...fleet, others: [change(inRetail(fleet, how))] as FleetInput['others'] }),
});
const change =
  (id: string | undefined, parts: object) =>
  (there: There): There => ({
    ...there,
    instances: there.instances?.map((one) => (one.id === id ? { ...one, ...parts } : one)),
  });

describe('of members in another account the doctor finds', () => {
  it.each<readonly [string, Plant, readonly string[]]>([
    ['nothing where all is well', plant((there) => there), []],
    ['an agent that is not there', plant(change(cart1, { agent: false })), [`agent-offline ${cart1}`]],
    [
      'an instance that ECS stops for maintenance, and it offers no mending from here',
      plant(change(cart2, { maintenance: { action: 'Stop' } })),
      [`maintenance-stops ${cart2}`],
    ],
    [
      'another RAM role than the playbook names',
      plant(change(cart3, { ramRole: 'log-writer' })),
      [`backup-role-differs ${cart3}`],
    ],
    [
      'that its role may not ask about them',
      plant((there) => there, { more: facts.slice(3) }),
      ['pool-half-seen cart-retail'],
    ],
    [
      'that its role cannot be assumed, and everything at home is looked at all the same',
      plant((there) => there, { trusts: '3000000000000003' }),
      ['pool-unread cart-retail'],
    ],
  ])('%s', async (_what, planted, expected) => {
    const found = await diagnose(planted);
    expect(named(found)).toEqual(expected);
    expect(found.filter(({ fix }) => fix !== undefined)).toEqual([]);
  });
});

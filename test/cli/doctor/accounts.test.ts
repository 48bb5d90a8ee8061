import type { FleetInput } from '../../../simulator/fleet/schema';
import { inRetail, withRetail } from '../../support/retail';
import { diagnose, named, type Plant } from './patients';

const [cart1, cart2, cart3] = ['i-bp1cart00000000001', 'i-bp1cart00000000002', 'i-bp1cart00000000003'];

const facts = [
  'ecs:DescribeInstanceMaintenanceAttributes',
  'ecs:DescribeCloudAssistantStatus',
  'ecs:DescribeInstanceRamRole',
  'oss:GetBucketInfo',
  'oss:GetBucketVersioning',
];

type There = ReturnType<typeof inRetail>;
const plant = (
  change: (there: There) => There,
  how: Parameters<typeof inRetail>[1] = { more: facts },
): Plant => ({
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
      plant((there) => there, { trusts: '3000000000000003', more: facts }),
      ['pool-unread cart-retail'],
    ],
  ])('%s', async (_what, planted, expected) => {
    const found = await diagnose(planted);
    expect(named(found)).toEqual(expected);
    expect(found.filter(({ fix }) => fix !== undefined)).toEqual([]);
  });
});

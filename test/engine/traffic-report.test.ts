import pc from 'picocolors';
import { planPage } from '../../src/cli/plan-page';
import { trafficPage } from '../../src/cli/traffic/page';
import { preview } from '../../src/engine/preview';
import { reportTraffic } from '../../src/engine/traffic-report';
import { balancer, changedConfiguration, exampleFleet, openStory, web2, type Story } from '../support/story';

type Traffic = Exclude<
  NonNullable<NonNullable<Parameters<typeof changedConfiguration>[0]['pool']>['traffic']>,
  'discover'
>;

const name = { dns: { domain: 'example.com', record: 'api' } };
const elsewhere = 'lb-bp1elsewhere001';

let story: Story;
beforeEach(async () => {
  const fleet = exampleFleet();
  story = await openStory({
    asPerson: true,
    fleet: {
      ...fleet,
      loadBalancers: [
        ...(fleet.loadBalancers ?? []),
        {
          id: elsewhere,
          listeners: [{ port: 80, backendPort: 80 }],
          defaultGroup: [{ server: web2, weight: 20 }],
        },
        {
          id: 'lb-bp1unused00001',
          defaultGroup: [{ server: web2, weight: 100 }],
        },
      ],
      dnsZones: [
        {
          domain: 'example.com',
          records: [
            { rr: 'api', value: '192.168.10.12', ttlSeconds: 120 },
            { rr: 'api', value: '192.168.10.11' },
          ],
        },
      ],
    },
  });
});
afterEach(() => story.close());

const configurationWith = (...traffic: Traffic) => changedConfiguration({ pool: { traffic } });

async function reportOn(...traffic: Traffic) {
  const report = await reportTraffic(story.world, configurationWith(...traffic), web2, story.world.home!);
  if (report === undefined) throw new Error('no report');
  return report;
}

async function planFor(...traffic: Traffic) {
  const event = { instanceId: web2, code: 'SystemMaintenance.Reboot', notBefore: '2026-11-18T23:10:00Z' };
  const id = await story.announce(event);
  const known = await story.world.cloud.events.get({ ...event, id });
  if (known === undefined) throw new Error(`no event ${id}`);
  return preview(story.world, configurationWith(...traffic), known);
}

const paint = pc.createColors(false);

describe('the report on where an instance takes traffic', () => {
  it('tells of a name in DNS, which no search finds, who uses it and for how long it is remembered', async () => {
    const { places, unread } = await reportOn(name);
    expect(unread).toEqual([]);
    expect(places.find(({ membership }) => membership.group === 'dns/example.com/api')).toMatchObject({
      isNamed: true,
      health: 'normal',
      membership: { weight: 100, lingerMs: 120_000 },
      about: { usedBy: ['resolvers'], notes: ['on or off; resolvers remember it for up to 600 s'] },
    });
  });

  it('still compares the others where one place that the pool names is gone', async () => {
    const gone = { clb: { loadBalancer: 'lb-bp1gone0000001' } };
    const report = await reportOn(gone, { clb: { loadBalancer: balancer } });
    const { places, unread } = report;
    expect(unread).toHaveLength(1);
    expect(unread[0]).toContain('InvalidLoadBalancerId.NotFound');
    expect(places.filter(({ isNamed }) => isNamed).map(({ membership }) => membership.lane)).toEqual([
      `clb/${balancer}`,
      `clb/${balancer}`,
      `clb/${balancer}`,
    ]);
    expect(places.filter(({ isNamed }) => !isNamed).map(({ membership }) => membership.group)).toEqual([
      `clb/${elsewhere}/default`,
      'clb/lb-bp1unused00001/default',
    ]);
    const page = trafficPage(report, paint).join('\n');
    expect(page).toContain('a place that the pool names cannot be read: slb DescribeVServerGroups:');
    expect(page).toContain(
      `serves outside of what pool web-hangzhou names: clb/${elsewhere}/default/${web2}, clb/lb-bp1unused00001/default/${web2}`,
    );
  });
});

describe('a plan', () => {
  it('says that a record is switched off and on, and never that it gets a share', async () => {
    const { planned } = await planFor(name);
    expect(planned?.writes.filter((one) => one.includes('dns/'))).toEqual([
      'dns/example.com/api switched off',
      'dns/example.com/api switched on',
    ]);
  });

  it('says where nothing sends traffic', async () => {
    const page = planPage(await planFor({ clb: { loadBalancer: 'lb-bp1unused00001' } }, name), paint);
    expect(page).toContain(`clb/lb-bp1unused00001/default/${web2}  100  nothing sends traffic here`);
    expect(page).toContain('100  on or off; resolvers remember it for up to 600 s');
  });
});

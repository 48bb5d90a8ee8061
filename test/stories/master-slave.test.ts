import type { FleetInput } from '../../simulator/fleet/schema';
import { changedConfiguration, exampleFleet, openStory, web1, web2, type Story } from '../support/story';

const pair = 'clb/lb-bp1pair00000001/rsp-bp1pair0001';

function withPair(): FleetInput {
  const fleet = exampleFleet();
  return {
    ...fleet,
    loadBalancers: [
      ...(fleet.loadBalancers ?? []),
      {
        id: 'lb-bp1pair00000001',
        listeners: [{ port: 3306, protocol: 'tcp', backendPort: 3306, masterSlaveGroup: 'rsp-bp1pair0001' }],
        masterSlaveGroups: [
          {
            id: 'rsp-bp1pair0001',
            master: { server: web2, port: 3306 },
            slave: { server: web1, port: 3306 },
          },
        ],
      },
    ],
  };
}

describe('the master of a master/slave group, which no call can drain', () => {
  let story: Story;
  afterEach(() => story.close());

  async function begin(masterSlave: 'ask' | 'accept' | 'fail'): Promise<void> {
    const steps = changedConfiguration({}).playbooks[0]!.spec.steps.map((step) =>
      step.use === 'drain-traffic' ? { ...step, with: { ...step.with, masterSlave } } : step,
    );
    const traffic = [
      { clb: { loadBalancer: 'lb-bp1web0000001' } },
      { clb: { loadBalancer: 'lb-bp1pair00000001' } },
    ];
    const configuration = changedConfiguration({ pool: { traffic }, playbook: { steps } });
    story = await openStory({ fleet: withPair(), configuration });
    await story.announce({
      eventId: 'e-bp1masterslave0001',
      instanceId: web2,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T06:00:00Z',
    });
    await story.play();
  }
  const restarts = async () => (await story.acts()).filter(({ action }) => action === 'RebootInstance');

  it('makes the run ask, once everything else is drained', async () => {
    await begin('ask');
    expect(story.ends()).toEqual([{ end: 'held', reason: 'master-slave' }]);
    expect(await story.weights(web2)).toMatchObject({ default: 0 });
    expect(story.callsForSomeone().join('\n')).toContain(
      `the instance is master of ${pair}, which no call can drain`,
    );
    expect(await restarts()).toEqual([]);
  });

  it('is restarted where the playbook accepts that the health check moves the traffic', async () => {
    await begin('accept');
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await restarts()).toHaveLength(1);
    expect(await story.weights(web2)).toMatchObject({ default: 100 });
  });

  it('makes the run fail before anything is written where the playbook says so', async () => {
    await begin('fail');
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'master-slave' }]);
    expect((await story.acts()).filter(({ product }) => product === 'slb')).toEqual([]);
  });
});

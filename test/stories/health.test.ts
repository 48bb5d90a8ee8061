import type { FleetInput } from '../../simulator/fleet/schema';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  web2,
  type Story,
} from '../support/story';

const restart = {
  eventId: 'e-bp1health000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

/** A load balancer without listeners: nothing is checked, and it says nothing about anybody's health. */
function withoutChecks(): FleetInput {
  const fleet = exampleFleet();
  return { ...fleet, loadBalancers: (fleet.loadBalancers ?? []).map((clb) => ({ ...clb, listeners: [] })) };
}

/** The example fleet with an application on web-2 that needs this long after a boot. */
function withSlowApplication(applicationSeconds: number): FleetInput {
  const fleet = exampleFleet();
  for (const instance of fleet.instances ?? []) {
    if (instance.id === web2) instance.boot = { ...instance.boot, applicationSeconds };
  }
  return fleet;
}

describe('the health of a member that comes back', () => {
  let story: Story;
  afterEach(() => story.close());

  it('is waited for: no traffic before the checks are good', async () => {
    story = await openStory({ fleet: withSlowApplication(400) });
    await story.announce(restart);
    await story.play({ until: once('a load balancer finds it unhealthy') });
    expect(await story.weights(web2)).toEqual(out);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('is not waited for for ever: the run holds and calls someone, and the member stays out', async () => {
    const configuration = changedConfiguration({ playbook: { ladder: [] } });
    story = await openStory({ fleet: withSlowApplication(100_000), configuration });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'not-healthy' }]);
    expect(story.callsForSomeone()).toEqual(['holds: a load balancer finds it unhealthy after 10 min']);
    expect(await story.weights(web2)).toEqual(out);
    expect((await story.leftovers()).slots).toEqual([web2]);
  });

  it('takes the traffic back when the instance goes down during a share (C55, C56)', async () => {
    story = await openStory();
    await story.announce(restart);
    await story.play({ until: once('holds at 10%') });
    await story.simulator.knock('POST', `/instances/${web2}/guest-reboot`);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'ramp-failed' }]);
    expect(Object.values(await story.weights(web2))).toEqual([0, 0, 0]);
    expect(story.callsForSomeone().join('\n')).toContain('its traffic was taken back at 10% of the weight');
  });

  it('needs no word of the load balancers in a pool that does not ask them', async () => {
    const pool = { health: [{ instanceStatus: 'Running' as const }, { cloudAssistant: 'online' as const }] };
    story = await openStory({ fleet: withoutChecks(), configuration: changedConfiguration({ pool }) });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

import { balancer, smallFleet, web1 } from '../support/fleet';
import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(smallFleet);
});
afterEach(() => sim.close());

const at = (instant: string) => sim.knock('PUT', '/clock', { now: Date.parse(instant) });
const announce = (code: string, more: object = {}) =>
  sim.knock('POST', '/events', { instanceId: web1, code, ...more });

/** Its status, while there is such an instance. */
async function status(): Promise<string | undefined> {
  const answer = await sim.call('ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([web1]) });
  return (answer.Instances as { Instance: { Status: string }[] }).Instance[0]?.Status;
}
async function backends(): Promise<readonly string[]> {
  const answer = await sim.call('slb', 'DescribeLoadBalancerAttribute', { LoadBalancerId: balancer });
  return (answer.BackendServers as { BackendServer: { ServerId: string }[] }).BackendServer.map(
    ({ ServerId }) => ServerId,
  );
}
async function eventStatus(): Promise<string | undefined> {
  const answer = await sim.call('ecs', 'DescribeInstanceHistoryEvents', {
    ResourceId: [web1],
    InstanceEventCycleStatus: ['Scheduled', 'Executing', 'Executed'],
  });
  const { InstanceSystemEventType: events } = answer.InstanceSystemEventSet as {
    InstanceSystemEventType: { EventCycleStatus: { Name: string } }[];
  };
  return events[0]?.EventCycleStatus.Name;
}

describe('an event that releases its instance', () => {
  it.each(['InstanceExpiration.Delete', 'AccountUnbalanced.Delete'])(
    '%s leaves it alone until its planned time, and then nothing is left of it but the event',
    async (code) => {
      await announce(code, { notBefore: '2026-11-20T07:10:00Z' });
      await at('2026-11-20T07:09:59Z');
      expect([await status(), await eventStatus()]).toEqual(['Running', 'Scheduled']);
      await at('2026-11-20T07:10:00Z');
      expect([await status(), await eventStatus()]).toEqual(['Running', 'Executing']);
      await at('2026-11-20T07:15:00Z');
      expect([await status(), await eventStatus()]).toEqual([undefined, 'Executed']);
      expect(await backends()).toEqual(['i-bp1web0000000000002']);
    },
  );

  it('releases one that was stopped before, too', async () => {
    await announce('InstanceExpiration.Stop', { notBefore: '2026-11-18T07:10:00Z' });
    await announce('InstanceExpiration.Delete', { notBefore: '2026-12-03T07:10:00Z' });
    await at('2026-11-18T07:15:00Z');
    expect(await status()).toBe('Stopped');
    await at('2026-12-03T07:14:59Z');
    expect(await status()).toBe('Stopped');
    await at('2026-12-03T07:15:00Z');
    expect(await status()).toBeUndefined();
  });

  it('releases one that could not be created within minutes', async () => {
    await announce('SystemFailure.Delete');
    expect([await status(), await eventStatus()]).toEqual(['Running', 'Executing']);
    await at('2026-11-17T07:15:00Z');
    expect([await status(), await eventStatus()]).toEqual([undefined, 'Executed']);
  });

  it('may leave it listed where load balancers do not notice', async () => {
    await sim.knock('PUT', '/switches', { releasedStayInGroups: true });
    await announce('SystemFailure.Delete');
    await at('2026-11-17T07:15:00Z');
    expect(await backends()).toEqual([web1, 'i-bp1web0000000000002']);
  });
});

describe('an event that stops its instance for want of money', () => {
  it.each(['InstanceExpiration.Stop', 'AccountUnbalanced.Stop'])(
    '%s stops it at its planned time, and it stays stopped',
    async (code) => {
      await announce(code, { notBefore: '2026-11-17T08:00:00Z' });
      await at('2026-11-17T08:00:00Z');
      expect([await status(), await eventStatus()]).toEqual(['Stopping', 'Executing']);
      await at('2026-11-18T08:00:00Z');
      expect([await status(), await eventStatus()]).toEqual(['Stopped', 'Executed']);
    },
  );
});

import { balancer, smallFleet, web1, web2 } from '../support/fleet';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(smallFleet);
});
afterEach(() => sim.close());

const start = Date.parse('2026-11-17T07:10:00Z');

interface Notice {
  id: string;
  name: string;
  eventTime: string;
  content: Record<string, unknown> | string;
  data: Record<string, unknown>;
}
async function notices(channel: string): Promise<Notice[]> {
  const { pushes } = (await sim.knock('GET', '/pushes')) as { pushes: { channel: string; body: string }[] };
  return pushes.filter((push) => push.channel === channel).map((push) => JSON.parse(push.body) as Notice);
}
async function announce(more: object = {}): Promise<string> {
  const asked = { instanceId: web1, code: 'SystemMaintenance.Reboot', eventId: 'e-bp1announced', ...more };
  return String((await sim.knock('POST', '/events', asked)).eventId);
}

describe('the outbox', () => {
  it('has an event once for each channel, in the form of that channel', async () => {
    await announce({ notBefore: '2026-11-19T06:00:00Z' });
    const { pushes } = (await sim.knock('GET', '/pushes')) as { pushes: { channel: string; body: string }[] };
    expect(pushes.map((push) => push.channel)).toEqual(['cloudmonitor', 'eventbridge']);
    const content = {
      eventId: 'e-bp1announced',
      publishTime: '2026-11-17T07:10:00Z',
      notBefore: '2026-11-19T06:00:00Z',
      instanceId: web1,
      eventType: 'SystemMaintenance.Reboot',
      eventStatus: 'Scheduled',
    };
    expect(JSON.parse(pushes[0]!.body)).toMatchObject({
      product: 'ECS',
      resourceId: `acs:ecs:cn-hangzhou:1690700000000030:instance/${web1}`,
      level: 'CRITICAL',
      name: 'Instance:SystemMaintenance.Reboot:Scheduled',
      eventTime: '20261117T151000.000+0800',
      regionId: 'cn-hangzhou',
      content,
    });
    expect(JSON.parse(pushes[1]!.body)).toMatchObject({
      source: 'acs.ecs',
      type: 'ecs:Instance:SystemMaintenance.Reboot',
      subject: `acs.ecs:cn-hangzhou:1690700000000030:instance/${web1}`,
      time: '2026-11-17T15:10:00+08:00',
      data: content,
    });
    expect(await sim.knock('GET', '/pushes')).toEqual({ pushes: [] });
  });

  it('tells each change of status when its time has come, with the traps of the official samples', async () => {
    await announce();
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.advance(75_000);
    const [scheduled, avoided] = (await notices('cloudmonitor')) as [Notice, Notice];
    expect(avoided).toMatchObject({
      id: scheduled.id,
      name: 'Instance:SystemMaintenance.Reboot:Scheduled',
      eventTime: '20261117T151115.000+0800',
      content: { eventStatus: 'Avoided', executeFinishTime: '2026-11-17T07:11:15Z' },
    });
    expect(avoided).not.toHaveProperty('ver');
  });

  it('can be switched to the other readings', async () => {
    const switches = {
      staleNameSuffix: false,
      repeatedNoticeId: false,
      noticeHasVersion: true,
      contentAsText: true,
    };
    await sim.knock('PUT', '/switches', switches);
    await announce();
    await sim.knock('PATCH', '/events/e-bp1announced', { status: 'Avoided' });
    const [scheduled, avoided] = (await notices('cloudmonitor')) as [Notice, Notice];
    expect(avoided).toMatchObject({ ver: '1.0', name: 'Instance:SystemMaintenance.Reboot:Avoided' });
    expect(avoided.id).not.toBe(scheduled.id);
    expect(JSON.parse(avoided.content as string)).toMatchObject({ eventStatus: 'Avoided' });
  });

  it('tells that a planned time has moved', async () => {
    await announce({ notBefore: '2026-11-19T06:00:00Z' });
    await sim.knock('PATCH', '/events/e-bp1announced', { notBefore: '2026-11-18T06:00:00Z' });
    expect((await notices('eventbridge')).map(({ data }) => data.notBefore)).toEqual([
      '2026-11-19T06:00:00Z',
      '2026-11-18T06:00:00Z',
    ]);
  });

  it('has other keys for a disk', async () => {
    await announce({ code: 'ErrorDetected', diskId: 'd-bp1x' });
    expect(await notices('cloudmonitor')).toMatchObject([
      {
        name: 'Disk:ErrorDetected:Executing',
        content: { diskId: 'd-bp1x', ecsInstanceId: web1, ecsInstanceName: 'web-1' },
      },
    ]);
  });
});

describe('what comes next', () => {
  const next = async () => (await sim.knock('GET', '/next')).at;

  it('is nothing in a world at rest', async () => {
    expect(await next()).toBeNull();
  });

  it('is the planned time of an event, the steps of a restart, the end of a command', async () => {
    await announce({ notBefore: '2026-11-17T09:00:00Z' });
    expect(await next()).toBe(Date.parse('2026-11-17T09:00:00Z'));
    await sim.call('ecs', 'RunCommand', {
      Type: 'RunShellScript',
      InstanceId: [web2],
      CommandContent: 'sleep 4',
    });
    expect(await next()).toBe(start + 5_000);
    await sim.advance(5_000);
    await sim.call('ecs', 'RebootInstance', { InstanceId: web2 });
    expect(await next()).toBe(start + 20_000);
  });
});

describe('the record of writes', () => {
  it('has every call that changes something, with what became of it, and none that reads', async () => {
    await sim.call('ecs', 'DescribeInstances');
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.codeOf(sim.call('ecs', 'RebootInstance', { InstanceId: web1 }));
    await sim.knock('PUT', '/weights', { loadBalancer: balancer, server: web2, weight: 7 });
    expect((await sim.knock('GET', '/writes')).writes).toEqual([
      {
        n: 0,
        at: start,
        product: 'ecs',
        action: 'RebootInstance',
        target: web1,
        params: { RegionId: 'cn-hangzhou', InstanceId: web1 },
        outcome: 'done',
      },
      expect.objectContaining({ n: 1, outcome: 'refused', code: 'IncorrectInstanceStatus' }),
      expect.objectContaining({ n: 2, product: 'person', action: 'SetWeight', target: balancer }),
    ]);
    expect((await sim.knock('GET', '/writes?from=2')).writes).toHaveLength(1);
    expect((await sim.knock('GET', '/calls')).calls).toEqual([
      { product: 'ecs', action: 'DescribeInstances', count: 1 },
      { product: 'ecs', action: 'RebootInstance', count: 2 },
    ]);
  });
});

describe('faults', () => {
  const fault = (name: string, more: object = {}) => sim.knock('POST', '/faults', { name, ...more });
  const reboot = () => sim.codeOf(sim.call('ecs', 'RebootInstance', { InstanceId: web1 }));
  const outcomes = async () =>
    ((await sim.knock('GET', '/writes')).writes as { outcome: string }[]).map(({ outcome }) => outcome);

  it('strike the call that was named, from the nth on, so many times', async () => {
    const options = { code: 'InternalError', status: 500 };
    await fault('refuse', { product: 'ecs', action: 'DescribeInstances', nth: 2, times: 2, options });
    const codes = [];
    for (let n = 0; n < 5; n += 1) codes.push(await sim.codeOf(sim.call('ecs', 'DescribeInstances')));
    expect(codes).toEqual([undefined, 'InternalError', 'InternalError', undefined, undefined]);
    expect((await sim.knock('GET', '/faults')).faults).toMatchObject([{ id: 'fault-1', seen: 5, struck: 2 }]);
    expect(await sim.knock('DELETE', '/faults')).toEqual({ removed: 1 });
  });

  it('drop the connection before the effect, or after it', async () => {
    await fault('drop-before', { action: 'RebootInstance' });
    expect(await reboot()).toBe('ECONNRESET');
    expect(await outcomes()).toEqual([]);
    await fault('drop-after', { action: 'RebootInstance' });
    expect(await reboot()).toBe('ECONNRESET');
    expect(await outcomes()).toEqual(['done']);
    expect(await reboot()).toBe('IncorrectInstanceStatus');
  });

  it('answer with a page of a proxy, or with half of an answer', async () => {
    const caught = () => sim.call('ecs', 'DescribeInstances').catch((error: unknown) => error);
    await fault('html-503', { action: 'DescribeInstances' });
    expect(await caught()).toMatchObject({ name: 'SyntaxError' });
    await fault('truncated-json', { action: 'DescribeInstances' });
    expect(await caught()).toMatchObject({ name: 'SyntaxError' });
  });

  it('throttle an API until the next minute', async () => {
    await fault('throttle', { action: 'RebootInstance', target: web1 });
    expect([await reboot(), await reboot()]).toEqual(['Throttling.User', 'Throttling.User']);
    await sim.advance(60_000);
    expect(await reboot()).toBeUndefined();
  });

  it('have names that are known', async () => {
    await expect(fault('earthquake')).rejects.toThrow('name');
  });
});

describe('time out of service', () => {
  it('runs while a member has no weight, or is not Running', async () => {
    const weigh = (weight: number) =>
      sim.knock('PUT', '/weights', { loadBalancer: balancer, server: web1, weight });
    await sim.advance(10_000);
    await weigh(0);
    await sim.advance(10_000);
    await weigh(50);
    await sim.advance(10_000);
    await sim.knock('POST', `/instances/${web2}/guest-reboot`);
    expect((await sim.knock('GET', '/out-of-service')).spans).toEqual([
      { instanceId: web1, from: start + 10_000, to: start + 20_000 },
      { instanceId: web2, from: start + 30_000, to: null },
    ]);
    await sim.advance(75_000);
    expect((await sim.knock('GET', '/out-of-service')).spans).toContainEqual({
      instanceId: web2,
      from: start + 30_000,
      to: start + 105_000,
    });
  });
});

describe('a changed instance', () => {
  it('shows in the state', async () => {
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Stopped', agent: false });
    const state = await sim.knock('GET', '/state');
    expect((state.instances as object[])[0]).toEqual({
      id: web1,
      zone: 'cn-hangzhou-h',
      status: 'Stopped',
      startedAt: Date.parse('2026-10-02T03:04:05Z'),
      bootCount: 0,
      agentOnline: false,
      connections: 0,
      localDisks: [],
    });
    expect(state.groups).toEqual([
      {
        loadBalancer: balancer,
        group: 'default',
        server: web1,
        instance: web1,
        port: null,
        weight: 100,
        health: 'abnormal',
      },
      {
        loadBalancer: balancer,
        group: 'default',
        server: web2,
        instance: web2,
        port: null,
        weight: 100,
        health: 'normal',
      },
    ]);
  });

  it('must be one of the fleet', async () => {
    await expect(sim.knock('PATCH', '/instances/i-unknown', {})).rejects.toThrow(
      `no instance "i-unknown"; known: ${web1}`,
    );
    await expect(announce({ instanceId: 'i-unknown' })).rejects.toThrow('no instance "i-unknown"');
  });
});

describe('a released instance', () => {
  const servers = async () =>
    ((await sim.knock('GET', '/state')).groups as { server: string }[]).map(({ server }) => server);

  it('is unknown to ECS and to the load balancers', async () => {
    await sim.knock('DELETE', `/instances/${web1}`);
    const params = { InstanceIds: JSON.stringify([web1]) };
    expect(await sim.call('ecs', 'DescribeInstances', params)).toMatchObject({ TotalCount: 0 });
    expect(await servers()).toEqual([web2]);
  });

  it('can stay listed in its groups, when that is switched on', async () => {
    await sim.knock('PUT', '/switches', { releasedStayInGroups: true });
    await sim.knock('DELETE', `/instances/${web1}`);
    expect(await servers()).toEqual([web1, web2]);
  });
});

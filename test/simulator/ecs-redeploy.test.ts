import { smallFleet, store, web1, web2 } from '../support/fleet';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const statuses = ['Scheduled', 'Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'];
const localDisk = {
  id: 'd-bp1local0000000001',
  category: 'local_ssd_pro',
  sizeGiB: 894,
  device: '/dev/xvdb',
  mountPoint: '/data1',
};
const fleet = {
  ...smallFleet,
  instances: (smallFleet.instances ?? []).map((each) =>
    each.id === web1
      ? {
          ...each,
          disks: [localDisk],
          files: { ...each.files, '/etc/fstab': '/dev/vdb /data1 ext4 nofail 0 0' },
        }
      : each.id === web2
        ? { ...each, dedicatedHost: 'dh-bp1host00000001' }
        : each,
  ),
};

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(fleet);
});
afterEach(() => sim.close());

async function announce(code: string, more: object = {}): Promise<string> {
  return String((await sim.knock('POST', '/events', { instanceId: web1, code, ...more })).eventId);
}
async function statusOf(eventId: string): Promise<string | undefined> {
  const params = { EventId: [eventId], InstanceEventCycleStatus: statuses };
  const { InstanceSystemEventSet: set } = (await sim.call(
    'ecs',
    'DescribeInstanceHistoryEvents',
    params,
  )) as {
    InstanceSystemEventSet: { InstanceSystemEventType: { EventCycleStatus: { Name: string } }[] };
  };
  return set.InstanceSystemEventType[0]?.EventCycleStatus.Name;
}
async function describeOne(id = web1): Promise<{ Status: string; StartTime: string }> {
  const answer = await sim.call('ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([id]) });
  return (answer as { Instances: { Instance: { Status: string; StartTime: string }[] } }).Instances
    .Instance[0]!;
}
async function task(taskId: string): Promise<Record<string, string> | undefined> {
  const answer = await sim.call('ecs', 'DescribeTasks', { TaskIds: taskId });
  return (answer as { TaskSet: { Task: Record<string, string>[] } }).TaskSet.Task[0];
}
const redeploy = async (id = web1) =>
  String((await sim.call('ecs', 'RedeployInstance', { InstanceId: id })).TaskId);
const refusalOf = (id = web1) => sim.codeOf(sim.call('ecs', 'RedeployInstance', { InstanceId: id }));
async function listFiles(path: string): Promise<string> {
  const asked = { InstanceId: [web1], Type: 'RunShellScript', CommandContent: `ls ${path}`, Timeout: 60 };
  const { InvokeId } = await sim.call('ecs', 'RunCommand', asked);
  await sim.advance(10_000);
  const answer = (await sim.call('ecs', 'DescribeInvocationResults', { InvokeId })) as {
    Invocation: { InvocationResults: { InvocationResult: { Output: string }[] } };
  };
  const { Output = '' } = answer.Invocation.InvocationResults.InvocationResult[0] ?? {};
  return Buffer.from(Output, 'base64').toString('utf8');
}

describe('a redeployment', () => {
  it('of a running instance passes through Stopping and Starting, and avoids its event', async () => {
    const event = await announce('SystemMaintenance.Redeploy');
    const taskId = await redeploy();
    expect(await describeOne()).toMatchObject({ Status: 'Stopping' });
    expect(await task(taskId)).toMatchObject({
      TaskAction: 'RedeployInstance',
      TaskStatus: 'Processing',
      ResourceId: web1,
      CreationTime: '2026-11-17T07:10:00Z',
      FinishedTime: '',
    });
    await sim.advance(15_000);
    expect(await describeOne()).toMatchObject({ Status: 'Starting' });
    expect(await statusOf(event)).toBe('Scheduled');
    await sim.advance(60_000);
    expect(await describeOne()).toMatchObject({ Status: 'Running', StartTime: '2026-11-17T07:10Z' });
    expect(await statusOf(event)).toBe('Avoided');
    expect(await task(taskId)).toMatchObject({
      TaskStatus: 'Finished',
      FinishedTime: '2026-11-17T07:11:15Z',
    });
  });

  it('of a stopped instance ends Running all the same', async () => {
    await announce('SystemMaintenance.Redeploy');
    await sim.call('ecs', 'StopInstance', { InstanceId: web1, StoppedMode: 'KeepCharging' });
    await sim.advance(15_000);
    await redeploy();
    expect(await describeOne()).toMatchObject({ Status: 'Starting' });
    await sim.advance(60_000);
    expect(await describeOne()).toMatchObject({ Status: 'Running' });
  });

  it('can leave its event Executed, when that is switched on', async () => {
    await sim.knock('PUT', '/switches', { redeployEndsExecuted: true });
    const event = await announce('SystemMaintenance.Reboot');
    await redeploy();
    await sim.advance(75_000);
    expect(await statusOf(event)).toBe('Executed');
  });

  it('empties local disks and keeps the rest', async () => {
    expect(await listFiles('/data1/app-state')).toContain('index.json');
    await announce('SystemMaintenance.Redeploy');
    await redeploy();
    await sim.advance(300_000);
    expect(await listFiles('/data1/app-state')).not.toContain('index.json');
    expect(await listFiles('/etc')).toContain('fstab');
  });

  it('that fails brings the instance back as it was, event and local disks too', async () => {
    await sim.knock('POST', '/faults', { name: 'redeploy-bounces' });
    const event = await announce('SystemMaintenance.Redeploy');
    await sim.call('ecs', 'StopInstance', { InstanceId: web1 });
    await sim.advance(15_000);
    const taskId = await redeploy();
    await sim.advance(60_000);
    expect(await describeOne()).toMatchObject({ Status: 'Stopped' });
    expect(await task(taskId)).toMatchObject({ TaskStatus: 'Failed' });
    expect(await statusOf(event)).toBe('Scheduled');
    await sim.call('ecs', 'StartInstance', { InstanceId: web1 });
    await sim.advance(300_000);
    expect(await listFiles('/data1/app-state')).toContain('index.json');
  });

  it('that fails from Running ends Running', async () => {
    await sim.knock('POST', '/faults', { name: 'redeploy-bounces', target: web1 });
    await announce('SystemMaintenance.Redeploy');
    const taskId = await redeploy();
    await sim.advance(75_000);
    expect(await describeOne()).toMatchObject({ Status: 'Running' });
    expect(await task(taskId)).toMatchObject({ TaskStatus: 'Failed' });
  });

  it('can move the instance without clearing its event', async () => {
    const event = await announce('SystemMaintenance.Reboot', { clears: false });
    const taskId = await redeploy();
    await sim.advance(75_000);
    expect([await statusOf(event), (await task(taskId))?.TaskStatus]).toEqual(['Scheduled', 'Finished']);
  });
});

describe('a redeployment is refused', () => {
  const refused = 'InvalidOperation.RedeployInstance';

  it.each([
    ['SystemMaintenance.Reboot', 'Scheduled', undefined],
    ['SystemMaintenance.Reboot', 'Inquiring', undefined],
    ['SystemMaintenance.RebootAndIsolateErrorDisk', 'Inquiring', undefined],
    ['SystemMaintenance.ReInitErrorDisk', 'Inquiring', undefined],
    ['SystemFailure.Redeploy', 'Scheduled', undefined],
    ['SystemMaintenance.Reboot', 'Avoided', refused],
    ['SystemMaintenance.Stop', 'Scheduled', refused],
    ['SystemMaintenance.IsolateErrorDisk', 'Scheduled', refused],
    ['InstanceFailure.Reboot', 'Executing', refused],
  ])('or not, for a %s that is %s: %s', async (code, status, expected) => {
    await announce(code, { status });
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Running' });
    expect(await refusalOf()).toBe(expected);
  });

  it('without any event', async () => {
    expect(await refusalOf()).toBe(refused);
  });

  it('on a dedicated host', async () => {
    await announce('SystemMaintenance.Redeploy', { instanceId: web2 });
    expect(await refusalOf(web2)).toBe(refused);
    expect(await describeOne(web2)).toMatchObject({
      DedicatedHostAttribute: { DedicatedHostId: 'dh-bp1host00000001' },
      DedicatedInstanceAttribute: { Tenancy: 'host' },
    });
  });

  it('under a security lock, while it is going down, and for an unknown instance', async () => {
    await announce('SystemMaintenance.Redeploy');
    await sim.knock('PATCH', `/instances/${web1}`, { lock: 'security' });
    expect(await refusalOf()).toBe('InstanceLockedForSecurity');
    await sim.knock('PATCH', `/instances/${web1}`, { lock: 'none', status: 'Stopping' });
    expect(await refusalOf()).toBe('IncorrectInstanceStatus');
    expect(await refusalOf('i-unknown')).toBe('InvalidInstanceId.NotFound');
  });

  it('for a simulated event', async () => {
    await sim.call('ecs', 'CreateSimulatedSystemEvents', {
      EventType: 'SystemMaintenance.Redeploy',
      InstanceId: [web1],
      NotBefore: '2026-11-19T06:00:00Z',
    });
    expect(await refusalOf()).toBe(refused);
  });

  it('on a failed host unless the instance has local disks', async () => {
    for (const instanceId of [web1, store]) await announce('SystemFailure.Reboot', { instanceId });
    await sim.knock('POST', '/events', { instanceId: web2, code: 'SystemFailure.Reboot' });
    await sim.advance(100_000);
    expect([await refusalOf(web1), await refusalOf(web2)]).toEqual([undefined, refused]);
  });

  it('not between the isolation of a disk and the event that brings the new one, but after it', async () => {
    await announce('SystemMaintenance.IsolateErrorDisk', { status: 'Executed' });
    expect(await refusalOf()).toBeUndefined();
    await sim.advance(100_000);
    await announce('SystemMaintenance.ReInitErrorDisk', { status: 'Executed' });
    expect(await refusalOf()).toBe(refused);
  });
});

describe('DescribeTasks', () => {
  it('finds tasks by instance, action, status and time', async () => {
    await announce('SystemMaintenance.Redeploy');
    await redeploy();
    await sim.advance(100_000);
    const count = async (params: Record<string, unknown>) =>
      (await sim.call('ecs', 'DescribeTasks', params)).TotalCount;
    expect(await count({ ResourceIds: [web1], TaskAction: 'RedeployInstance' })).toBe(1);
    expect(await count({ ResourceIds: [web2] })).toBe(0);
    expect(await count({ TaskAction: 'ImportImage' })).toBe(0);
    expect(await count({ TaskStatus: 'Finished' })).toBe(1);
    expect(await count({ TaskStatus: 'Processing' })).toBe(0);
    expect(await count({ TaskStatus: 'Paused' })).toBe(1);
    expect(await count({ StartTime: '2026-11-17T07:10:01Z' })).toBe(0);
  });

  it('has pages of at most 100', async () => {
    expect(await sim.codeOf(sim.call('ecs', 'DescribeTasks', { PageSize: 101 }))).toBe('InvalidParameter');
  });
});

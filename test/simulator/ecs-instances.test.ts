import { smallFleet, store, web1, web2 } from '../support/fleet';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(smallFleet);
});
afterEach(() => sim.close());

interface Described {
  TotalCount: number;
  NextToken: string;
  Instances: { Instance: { InstanceId: string; Status: string; StartTime: string }[] };
}
async function describeOne(id: string): Promise<Described['Instances']['Instance'][number]> {
  const answer = await sim.call('ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([id]) });
  return (answer as unknown as Described).Instances.Instance[0]!;
}

describe('DescribeInstances', () => {
  const ids = async (params: Record<string, unknown>) =>
    ((await sim.call('ecs', 'DescribeInstances', params)) as unknown as Described).Instances.Instance.map(
      (instance) => instance.InstanceId,
    );

  it('leaves unknown ids out without a word', async () => {
    expect(await ids({ InstanceIds: JSON.stringify([web1, 'i-unknown']) })).toEqual([web1]);
  });

  it('filters by tags, zone and name pattern', async () => {
    expect(await ids({ Tag: [{ Key: 'role', Value: 'web' }, { Key: 'app' }] })).toEqual([web1, web2]);
    expect(await ids({ ZoneId: 'cn-hangzhou-h' })).toEqual([web1, store]);
    expect(await ids({ InstanceName: 'web-*' })).toEqual([web1, web2]);
  });

  it('pages by number', async () => {
    const page = (await sim.call('ecs', 'DescribeInstances', {
      PageNumber: 2,
      PageSize: 2,
    })) as unknown as Described;
    expect(page).toMatchObject({ TotalCount: 3, Instances: { Instance: [{ InstanceId: store }] } });
  });

  it('gives times without seconds and local disks only where there are some', async () => {
    expect(await describeOne(store)).toMatchObject({
      StartTime: '2026-10-02T03:04Z',
      LocalStorageAmount: 1,
      LocalStorageCapacity: 894,
      VpcAttributes: { PrivateIpAddress: { IpAddress: ['192.168.10.21'] } },
    });
    expect(await describeOne(web1)).not.toHaveProperty('LocalStorageAmount');
  });

  it('tells the public address and the elastic one, and nothing where there is none', async () => {
    const given = {
      id: 'i-bp1public00000001',
      zone: 'cn-hangzhou-h',
      publicIp: '203.0.113.7',
      eip: '198.51.100.7',
    };
    const other = await startSimulator({ instances: [given] });
    const answer = await other.call('ecs', 'DescribeInstances', {});
    expect((answer as unknown as Described).Instances.Instance[0]).toMatchObject({
      PublicIpAddress: { IpAddress: ['203.0.113.7'] },
      EipAddress: { AllocationId: 'eip-bp1public00000001', IpAddress: '198.51.100.7' },
    });
    await other.close();
    expect(await describeOne(web1)).toMatchObject({
      PublicIpAddress: { IpAddress: [] },
      EipAddress: { AllocationId: '', IpAddress: '' },
    });
  });

  it('refuses a list that is not JSON, a missing region and another region', async () => {
    const code = (params: Record<string, unknown>) =>
      sim.codeOf(sim.call('ecs', 'DescribeInstances', params));
    expect(await code({ InstanceIds: web1 })).toBe('InvalidParameter');
    expect(await code({ RegionId: '' })).toBe('MissingParameter');
    expect(await code({ RegionId: 'cn-mars' })).toBe('InvalidRegionId.NotFound');
  });

  it('pages by token, ten at least, until the token is empty', async () => {
    const many = Array.from({ length: 23 }, (_, n) => ({ id: `i-bp1many${n}`, zone: 'cn-hangzhou-h' }));
    const large = await startSimulator({ instances: many });
    const sizes: number[] = [];
    let token: string | undefined = undefined;
    while (token !== '') {
      const params: Record<string, unknown> = {
        MaxResults: 5,
        ...(token === undefined ? {} : { NextToken: token }),
      };
      const page = (await large.call('ecs', 'DescribeInstances', params)) as unknown as Described;
      sizes.push(page.Instances.Instance.length);
      token = page.NextToken;
    }
    await large.close();
    expect(sizes).toEqual([10, 10, 3]);
  });
});

describe('DescribeInstanceStatus', () => {
  it('has pages of at most 50', async () => {
    expect(await sim.codeOf(sim.call('ecs', 'DescribeInstanceStatus', { PageSize: 51 }))).toBe(
      'InvalidParameter',
    );
    expect(await sim.call('ecs', 'DescribeInstanceStatus', { InstanceId: [web2] })).toMatchObject({
      InstanceStatuses: { InstanceStatus: [{ InstanceId: web2, Status: 'Running' }] },
    });
  });
});

describe('a restart', () => {
  it('passes through Stopping and Starting and gives a new start time', async () => {
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    expect(await describeOne(web1)).toMatchObject({ Status: 'Stopping', StartTime: '2026-10-02T03:04Z' });
    await sim.advance(15_000);
    expect(await describeOne(web1)).toMatchObject({ Status: 'Starting', StartTime: '2026-11-17T07:10Z' });
    await sim.advance(60_000);
    expect(await describeOne(web1)).toMatchObject({ Status: 'Running', StartTime: '2026-11-17T07:10Z' });
  });

  it('is refused unless the instance is Running, known and not locked', async () => {
    const reboot = (id: string) => sim.codeOf(sim.call('ecs', 'RebootInstance', { InstanceId: id }));
    expect(await reboot('i-unknown')).toBe('InvalidInstanceId.NotFound');
    expect(await reboot(web1)).toBeUndefined();
    expect(await reboot(web1)).toBe('IncorrectInstanceStatus');
    await sim.knock('PATCH', `/instances/${web2}`, { lock: 'security' });
    expect(await reboot(web2)).toBe('InstanceLockedForSecurity');
  });

  it('can be tried dry, which success is told as an error', async () => {
    const params = { InstanceId: web1, DryRun: true };
    expect(await sim.codeOf(sim.call('ecs', 'RebootInstance', params))).toBe('DryRunOperation');
    expect(await describeOne(web1)).toMatchObject({ Status: 'Running' });
  });

  it('can still read Running for a while, when that is switched on', async () => {
    await sim.knock('PUT', '/switches', { staleRunningAfterReboot: true });
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    expect(await describeOne(web1)).toMatchObject({ Status: 'Running' });
    await sim.advance(10_000);
    expect(await describeOne(web1)).toMatchObject({ Status: 'Stopping' });
  });
});

describe('stopping and starting', () => {
  it('goes Stopping, Stopped, Starting, Running', async () => {
    await sim.call('ecs', 'StopInstance', { InstanceId: web1, StoppedMode: 'KeepCharging' });
    expect(await sim.codeOf(sim.call('ecs', 'StartInstance', { InstanceId: web1 }))).toBe(
      'IncorrectInstanceStatus',
    );
    await sim.advance(15_000);
    expect(await describeOne(web1)).toMatchObject({ Status: 'Stopped', StoppedMode: 'KeepCharging' });
    await sim.call('ecs', 'StartInstance', { InstanceId: web1 });
    expect(await describeOne(web1)).toMatchObject({ Status: 'Starting' });
    await sim.advance(60_000);
    expect(await describeOne(web1)).toMatchObject({ Status: 'Running', StartTime: '2026-11-17T07:10Z' });
  });
});

describe('a stop', () => {
  const stop = (id: string, more: object = {}) =>
    sim.call('ecs', 'StopInstance', { InstanceId: id, ...more });
  const stoppedMode = async (id: string) => {
    await sim.advance(15_000);
    return describeOne(id);
  };

  it('keeps the capacity unless the account stops in economical mode and the caller says nothing', async () => {
    await stop(web1);
    expect(await stoppedMode(web1)).toMatchObject({ StoppedMode: 'KeepCharging' });
    await sim.knock('PUT', '/switches', { stopsInEconomicalMode: true });
    await stop(web2);
    expect(await stoppedMode(web2)).toMatchObject({ StoppedMode: 'StopCharging' });
    await stop(store);
    expect(await stoppedMode(store)).toMatchObject({ StoppedMode: 'KeepCharging' });
  });

  it('in economical mode may leave no capacity for the start', async () => {
    await sim.knock('PUT', '/switches', { noStockAfterEconomicalStop: true });
    await stop(web1, { StoppedMode: 'StopCharging' });
    await stop(web2, { StoppedMode: 'KeepCharging' });
    await sim.advance(15_000);
    const start = (id: string) => sim.codeOf(sim.call('ecs', 'StartInstance', { InstanceId: id }));
    expect([await start(web1), await start(web2)]).toEqual(['OperationDenied.NoStock', undefined]);
  });

  it('in economical mode is not for local disks', async () => {
    expect(await sim.codeOf(stop(store, { StoppedMode: 'StopCharging' }))).toBe(
      'InvalidInstanceId.NotSupport',
    );
  });

  it('that hangs ends with force only', async () => {
    await sim.knock('POST', '/faults', { name: 'stop-hangs', target: web1 });
    await stop(web1);
    await sim.advance(3_600_000);
    expect(await describeOne(web1)).toMatchObject({ Status: 'Stopping' });
    expect(await sim.codeOf(stop(web1))).toBe('IncorrectInstanceStatus');
    await stop(web1, { ForceStop: true });
    await sim.advance(15_000);
    expect(await describeOne(web1)).toMatchObject({ Status: 'Stopped' });
  });

  it('may be refused with force too while it hangs, when that is switched off', async () => {
    await sim.knock('PUT', '/switches', { forceStopsWhileStopping: false });
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Stopping' });
    expect(await sim.codeOf(stop(web1, { ForceStop: true }))).toBe('IncorrectInstanceStatus');
  });
});

describe('disks and tags', () => {
  it('lists the local disks of an instance', async () => {
    const answer = await sim.call('ecs', 'DescribeDisks', { InstanceId: store, DiskType: 'data' });
    expect(answer).toMatchObject({
      TotalCount: 1,
      Disks: {
        Disk: [
          { DiskId: 'd-bp1local0000000001', Category: 'local_ssd_pro', Device: '/dev/xvdb', Portable: false },
        ],
      },
    });
  });

  it('overwrites a tag that is there, and takes tags away', async () => {
    const resource = { ResourceType: 'instance', ResourceId: [web1] };
    await sim.call('ecs', 'TagResources', {
      ...resource,
      Tag: [{ Key: 'role', Value: 'api' }, { Key: 'hold' }],
    });
    await sim.call('ecs', 'UntagResources', { ...resource, TagKey: ['app'] });
    expect(await sim.call('ecs', 'ListTagResources', resource)).toMatchObject({
      TagResources: {
        TagResource: [
          { ResourceId: web1, TagKey: 'role', TagValue: 'api' },
          { ResourceId: web1, TagKey: 'hold', TagValue: '' },
        ],
      },
    });
  });

  it('refuses reserved keys, doubled keys and unknown resources', async () => {
    const tag = (ResourceId: string[], ...keys: string[]) =>
      sim.codeOf(
        sim.call('ecs', 'TagResources', {
          ResourceType: 'instance',
          ResourceId,
          Tag: keys.map((Key) => ({ Key })),
        }),
      );
    expect(await tag([web1], 'acs:mine')).toBe('InvalidTagKey.Malformed');
    expect(await tag([web1], 'a', 'a')).toBe('Duplicate.TagKey');
    expect(await tag(['i-unknown'], 'a')).toBe('InvalidResourceId.NotFound');
  });
});

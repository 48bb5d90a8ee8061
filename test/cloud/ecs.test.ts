import { refusalOf } from '../support/failing';
import { instance } from '../support/fleets';
import { openSimulatedWorld } from '../support/simulated-world';
import type { SimulatedWorld } from '../support/simulated-world';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';

let simulated: SimulatedWorld;
beforeEach(async () => {
  simulated = await openSimulatedWorld({
    start: '2026-11-17T07:10:00Z',
    instances: [
      instance(1, {
        type: 'ecs.i2.xlarge',
        disks: [{ category: 'local_ssd_pro', kind: 'data', sizeGiB: 894, device: '/dev/xvdb' }],
        ramRole: 'backup-writer',
        files: { '/data1/hello.txt': 'hello from the disk' },
      }),
      instance(2, { tags: { app: 'storefront', role: 'worker' } }),
    ],
  });
});
afterEach(() => simulated.close());

const announce = async (body: object): Promise<string> =>
  String((await simulated.simulator.knock('POST', '/events', body)).eventId);

describe('instances', () => {
  it('are told as they are', async () => {
    expect(await simulated.world.cloud.instances.get(web1)).toEqual({
      id: web1,
      name: 'web-1',
      zone: 'cn-hangzhou-h',
      status: 'Running',
      startTime: '2026-10-02T03:04Z',
      tags: { app: 'storefront', role: 'web' },
      localDisks: 1,
      dedicatedHost: false,
      spot: false,
      ips: ['192.168.10.11'],
      enis: ['eni-bp1web0000000000001'],
      locks: [],
    });
    expect((await simulated.world.cloud.instances.get(web2))?.localDisks).toBe(0);
  });

  it('that do not exist are undefined', async () => {
    expect(await simulated.world.cloud.instances.get('i-bp1nobody')).toBeUndefined();
  });

  it('are listed by id, those that exist, a hundred a call', async () => {
    const { instances } = simulated.world.cloud;
    const nobodies = Array.from({ length: 150 }, (_item, index) => `i-bp1nobody${index}`);
    const listed = await instances.list([web2, ...nobodies, web1, web2]);
    expect(listed.map(({ id }) => id).sort()).toEqual([web1, web2]);
    expect(await instances.list([])).toEqual([]);
  });

  it('are found by all of their tags', async () => {
    const { instances } = simulated.world.cloud;
    const ids = async (tags: Record<string, string>) =>
      (await instances.withTags(tags)).map(({ id }) => id).sort();
    expect(await ids({ app: 'storefront' })).toEqual([web1, web2]);
    expect(await ids({ app: 'storefront', role: 'worker' })).toEqual([web2]);
    expect(await ids({ app: 'nobody' })).toEqual([]);
  });

  it('show their locks in lower case', async () => {
    await simulated.simulator.knock('PATCH', `/instances/${web1}`, { lock: 'security' });
    expect((await simulated.world.cloud.instances.get(web1))?.locks).toEqual(['security']);
  });

  it('boot again, and their agent is heard of after the boot', async () => {
    const { instances } = simulated.world.cloud;
    await instances.reboot(web1, { force: false });
    await simulated.advance(10);
    expect((await instances.get(web1))?.status).not.toBe('Running');
    const refused = await refusalOf(instances.reboot(web1, { force: false }));
    expect(refused.code).toBe('IncorrectInstanceStatus');
    await simulated.advance(290);
    const rebooted = await instances.get(web1);
    expect(rebooted?.status).toBe('Running');
    expect(rebooted?.startTime).toMatch(/^2026-11-17T07:1\dZ$/);
    const agent = await instances.agent(web1);
    expect(agent?.online).toBe(true);
    expect(agent?.heartbeatAt).toBeGreaterThan(Date.parse('2026-11-17T07:11:00Z'));
  });

  it('without an agent are not heard of', async () => {
    expect(await simulated.world.cloud.instances.agent('i-bp1nobody')).toBeUndefined();
  });
});

describe('system events', () => {
  it('are pending while they are Scheduled, Inquiring or Executing', async () => {
    const scheduled = await announce({
      instanceId: web1,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T02:00:00Z',
    });
    const inquiring = await announce({
      instanceId: web1,
      code: 'SystemMaintenance.RebootAndIsolateErrorDisk',
      status: 'Inquiring',
    });
    const executing = await announce({ instanceId: web2, code: 'SystemFailure.Reboot' });
    const pending = await simulated.world.cloud.events.pending();
    expect(pending.map(({ id }) => id).sort()).toEqual([scheduled, inquiring, executing].sort());
    expect(pending.find(({ id }) => id === scheduled)).toMatchObject({
      code: 'SystemMaintenance.Reboot',
      status: 'Scheduled',
      instanceId: web1,
      region: 'cn-hangzhou',
      account: simulated.simulator.account,
      notBefore: Date.parse('2026-11-19T02:00:00Z'),
    });
    expect(simulated.logged).toEqual([]);
  });

  it('are found by id in every status', async () => {
    const { events } = simulated.world.cloud;
    const id = await announce({
      instanceId: web1,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T02:00:00Z',
    });
    await simulated.simulator.knock('PATCH', `/events/${id}`, { status: 'Canceled' });
    expect((await events.get({ id, code: 'SystemMaintenance.Reboot', instanceId: web1 }))?.status).toBe(
      'Canceled',
    );
    expect(await events.get({ id, code: 'SystemMaintenance.Reboot', instanceId: web2 })).toBeUndefined();
    expect(
      await events.get({ id: 'e-bp1nothing', code: 'SystemMaintenance.Reboot', instanceId: web1 }),
    ).toBeUndefined();
    expect(await events.pending()).toEqual([]);
  });

  it('are accepted once', async () => {
    const { events } = simulated.world.cloud;
    const id = await announce({ instanceId: web1, code: 'SystemMaintenance.Reboot', status: 'Inquiring' });
    await events.acceptInquired(id);
    expect((await events.get({ id, code: 'SystemMaintenance.Reboot', instanceId: web1 }))?.status).not.toBe(
      'Inquiring',
    );
    const again = await refusalOf(events.acceptInquired(id));
    expect(again.code).toBe('InvalidEventId.NoInquiringEventFound');
    expect(again.detail.mayHaveWorked).toBe(false);
  });

  it('of more instances than a page are all found', async () => {
    const many = Array.from({ length: 230 }, (_, n) =>
      instance(1, { id: `i-bp1many${String(n).padStart(4, '0')}`, name: `many-${n}` }),
    );
    const crowd = await openSimulatedWorld({ instances: many });
    for (const { id } of many) {
      await crowd.simulator.knock('POST', '/events', {
        instanceId: id,
        code: 'SystemMaintenance.Reboot',
        notBefore: '2026-11-30T02:00:00Z',
      });
    }
    const pending = await crowd.world.cloud.events.pending();
    const members = await crowd.world.cloud.instances.withTags({ app: 'storefront' });
    await crowd.close();
    expect(new Set(pending.map(({ instanceId }) => instanceId)).size).toBe(230);
    expect(members).toHaveLength(230);
  });
});

describe('commands', () => {
  const request = {
    name: 'ecs-failover-run-1-backup',
    instanceId: web1,
    script: 'cat /data1/hello.txt',
    timeoutSeconds: 60,
  };

  it('are found again by name, with their output', async () => {
    const { commands } = simulated.world.cloud;
    expect(await commands.find(request.name, web1)).toBeUndefined();
    const { invokeId } = await commands.run(request);
    await simulated.advance(300);
    expect(await commands.find(request.name, web1)).toMatchObject({
      invokeId,
      finished: true,
      succeeded: true,
      status: 'Success',
      exitCode: 0,
      errorCode: '',
      output: expect.stringContaining('hello from the disk') as string,
      finishedAt: expect.any(Number) as number,
    });
    expect(await commands.find('another name', web1)).toBeUndefined();
    expect(await commands.find(request.name, web2)).toBeUndefined();
  });

  it('run where and as whom they say, and what they print shows no secret', async () => {
    const { commands } = simulated.world.cloud;
    const script = 'pwd; echo password=hunter2; echo Authorization: Bearer abcdefgh12345678';
    await commands.run({ ...request, script, workingDir: '/data1', user: 'root' });
    await simulated.advance(300);
    const { output } = (await commands.find(request.name, web1)) ?? {};
    expect(output).toBe('/data1\npassword=***\nAuthorization: Bearer ***\n');
  });

  it('started twice under one name run once', async () => {
    const { commands } = simulated.world.cloud;
    const first = await commands.run(request);
    expect(await commands.run(request)).toEqual(first);
  });

  it('that fail say so', async () => {
    const { commands } = simulated.world.cloud;
    await commands.run({ ...request, script: 'exit 3' });
    await simulated.advance(300);
    expect(await commands.find(request.name, web1)).toMatchObject({
      finished: true,
      succeeded: false,
      exitCode: 3,
    });
  });

  it('are found after an answer that was lost', async () => {
    const { commands } = simulated.world.cloud;
    await simulated.simulator.knock('POST', '/faults', { name: 'drop-after', action: 'RunCommand' });
    const error = await refusalOf(commands.run(request));
    expect(error.detail.mayHaveWorked).toBe(true);
    expect(await commands.find(request.name, web1)).toBeDefined();
  });

  it('may not be longer than the API takes', async () => {
    const { commands } = simulated.world.cloud;
    const script = 'x'.repeat(18_433);
    await expect(commands.run({ ...request, script })).rejects.toThrow('24580 bytes when encoded');
  });
});

describe('connections', () => {
  it('are told by the minute, oldest first', async () => {
    await simulated.advance(900);
    const from = simulated.world.now() - 600_000;
    const points = await simulated.world.cloud.metrics.establishedConnections(web1, from);
    expect(points.length).toBeGreaterThan(3);
    expect(points.map(({ at }) => at)).toEqual([...points.map(({ at }) => at)].sort((a, b) => a - b));
    expect(points.every(({ at, value }) => at >= from && value >= 0)).toBe(true);
  });

  it('of an instance nobody knows are none', async () => {
    const from = simulated.world.now() - 600_000;
    expect(await simulated.world.cloud.metrics.establishedConnections('i-bp1nobody', from)).toEqual([]);
  });
});

describe('files', () => {
  it('are read by their address', async () => {
    const { files } = simulated.world.cloud;
    const { bucket } = simulated.simulator;
    await simulated.world.journals.append('run-1', 0, '{"a":1}');
    expect(await files.read(`oss://${bucket}/journals/run-1.jsonl`)).toBe('{"a":1}\n');
    expect(await files.read(`oss://${bucket}/no/such/key`)).toBeUndefined();
    await expect(files.read('/tmp/x')).rejects.toThrow('expected oss://<bucket>/<key>');
  });
});

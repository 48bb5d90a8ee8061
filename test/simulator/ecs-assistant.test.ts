import { balancer, smallFleet, store, web1, web2 } from '../support/fleet';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(smallFleet);
});
afterEach(() => sim.close());

const command = { Type: 'RunShellScript', InstanceId: [web1], Timeout: 600 };
const invoke = async (CommandContent: string, more: object = {}) =>
  String((await sim.call('ecs', 'RunCommand', { ...command, CommandContent, ...more })).InvokeId);

async function result(InvokeId: string, more: object = {}) {
  const answer = await sim.call('ecs', 'DescribeInvocationResults', {
    InvokeId,
    ContentEncoding: 'PlainText',
    ...more,
  });
  const { InvocationResults } = answer.Invocation as {
    InvocationResults: { InvocationResult: Record<string, unknown>[] };
  };
  return InvocationResults.InvocationResult[0]!;
}
async function run(script: string, more: object = {}) {
  const id = await invoke(script, more);
  await sim.advance(700_000);
  return result(id);
}
const objects = async () =>
  (await sim.knock('GET', '/state')).objects as { bucket: string; key: string; size: number }[];

describe('a command', () => {
  it('is Pending, then Running, then has ended, as the clock goes', async () => {
    const id = await invoke('sleep 10; echo done');
    expect(await result(id)).toMatchObject({ InvocationStatus: 'Pending', Output: '', FinishedTime: '' });
    await sim.advance(1000);
    expect(await result(id)).toMatchObject({
      InvocationStatus: 'Running',
      StartTime: '2026-11-17T07:10:01Z',
    });
    await sim.advance(10_000);
    expect(await result(id)).toMatchObject({
      InvocationStatus: 'Success',
      InvokeRecordStatus: 'Finished',
      ExitCode: 0,
      Output: 'done\n',
      FinishedTime: '2026-11-17T07:10:11Z',
    });
  });

  it('has its output in Base64 unless plain text is asked for', async () => {
    const id = await invoke('echo ok');
    await sim.advance(2000);
    expect(await result(id, { ContentEncoding: 'Base64' })).toMatchObject({ Output: 'b2sK' });
  });

  it('really runs over the files of the instance and leaves what it wrote', async () => {
    const script = 'cd /data1/app-state; find . -type f | sort | xargs sha256sum; echo note > /data1/note';
    expect(await run(script)).toMatchObject({
      Output: [
        `2bfd14f43d17fc7cea24e0917a8879b4b2f880b8baeec1b9d90fbaad655e71bd  ./index.json`,
        `a2af987a163f4f45e9a349097cfa9df8f7b71f7982edd1627e18ae14ef28fa2f  ./orders/1.json`,
        '',
      ].join('\n'),
    });
    expect(await run('cat /data1/note')).toMatchObject({ Output: 'note\n' });
  });

  it('may come in Base64, with parameters filled in as they are', async () => {
    const CommandContent = Buffer.from('echo {{word}} on {{ACS::InstanceId}}').toString('base64');
    const more = { ContentEncoding: 'Base64', EnableParameter: true, Parameters: '{"word":"hi"}' };
    expect(await run(CommandContent, more)).toMatchObject({ Output: `hi on ${web1}\n` });
  });

  it('fails with the exit code of its script', async () => {
    expect(await run('exit 3')).toMatchObject({
      InvocationStatus: 'Failed',
      InvokeRecordStatus: 'Finished',
      ExitCode: 3,
      ErrorCode: 'ExitCodeNonzero',
    });
  });

  it('is cut off at its timeout', async () => {
    const ended = await run('while true; do sleep 7; done', { Timeout: 60 });
    expect(ended).toMatchObject({
      InvocationStatus: 'Timeout',
      InvokeRecordStatus: 'Failed',
      FinishedTime: '2026-11-17T07:11:01Z',
    });
    expect(ended).not.toHaveProperty('ExitCode');
  });

  it('keeps 24 KB of its output', async () => {
    expect(await run('seq 1 10000')).toMatchObject({ Dropped: 48_894 - 24_576 });
  });

  it('shows its own time', async () => {
    expect(await run('date -u +%FT%TZ; sleep 60; date +%s')).toMatchObject({
      Output: '2026-11-17T07:10:01Z\n1794899461\n',
    });
  });

  it('is aborted after a minute when the agent cannot be reached', async () => {
    const id = await invoke('echo hi', { InstanceId: [store] });
    await sim.advance(59_000);
    expect(await result(id)).toMatchObject({ InvocationStatus: 'Pending' });
    await sim.advance(1_000);
    expect(await result(id)).toMatchObject({ InvocationStatus: 'Aborted', ErrorCode: 'ClientNotRunning' });
  });

  it('fails when that was asked for', async () => {
    await sim.knock('POST', '/faults', { name: 'command-fails', options: { exitCode: 5 } });
    expect(await run('echo hi')).toMatchObject({ InvocationStatus: 'Failed', ExitCode: 5 });
    expect(await run('echo hi')).toMatchObject({ InvocationStatus: 'Success' });
  });

  it.each<[string, object, object]>([
    ['in the folder that it names', { WorkingDir: '/data1/app-state' }, { Output: '/data1/app-state\n' }],
    ['in /root when it names none', {}, { Output: '/root\n' }],
    [
      'nowhere in a folder that does not exist',
      { WorkingDir: '/data9' },
      { InvocationStatus: 'Error', ErrorCode: 'DirectoryNotExists' },
    ],
    ['as root', { Username: 'root' }, { InvocationStatus: 'Success' }],
    [
      'not as a user whom the instance does not know',
      { Username: 'hdfs' },
      { InvocationStatus: 'Error', ErrorCode: 'AccountNotExists' },
    ],
  ])('runs %s', async (_name, where, expected) => {
    expect(await run('pwd', where)).toMatchObject(expected);
  });

  it('is given once for one ClientToken', async () => {
    const first = await invoke('echo hi', { ClientToken: 'run-1' });
    expect(await invoke('echo hi', { ClientToken: 'run-1' })).toBe(first);
    expect(await sim.codeOf(invoke('echo ho', { ClientToken: 'run-1' }))).toBe('IdempotentParameterMismatch');
  });

  it('is refused for unknown instances, unknown types and too much text', async () => {
    expect(await sim.codeOf(invoke('echo', { InstanceId: [web1, 'i-unknown'] }))).toBe(
      'InvalidInstance.NotFound',
    );
    const bad = { EnableParameter: true, Parameters: 'no JSON' };
    expect(await sim.codeOf(invoke('echo', bad))).toBe('InvalidParameter.Parameters');
    expect(await sim.codeOf(invoke('echo', { Type: 'RunPoem' }))).toBe('InvalidCmdType.NotFound');
    expect(await sim.codeOf(invoke('echo', { WorkingDir: 'data1' }))).toBe('InvalidParameter.WorkingDir');
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_item, index) => [`p${index}`, '']));
    const many = { EnableParameter: true, Parameters: JSON.stringify(eleven) };
    expect(await sim.codeOf(invoke('echo', many))).toBe('ParameterCount.ExceedLimit');
    expect(await sim.codeOf(invoke('x'.repeat(18_433)))).toBe('CmdContent.ExceedLimit');
  });

  it('is found again by its name', async () => {
    const id = await invoke('echo hi', { Name: 'run-7/backup' });
    await invoke('echo ho', { Name: 'another' });
    await sim.advance(2000);
    expect(await sim.call('ecs', 'DescribeInvocations', { CommandName: 'run-7/backup' })).toMatchObject({
      TotalCount: 1,
      Invocations: {
        Invocation: [
          {
            InvokeId: id,
            InvocationStatus: 'Success',
            InvokeInstances: {
              InvokeInstance: [{ InstanceId: web1, FinishTime: '2026-11-17T07:10:02Z', Output: '' }],
            },
          },
        ],
      },
    });
  });
});

describe('ossutil on an instance', () => {
  const upload = (flags: string) =>
    run(`ossutil cp -r -f /data1/app-state/ oss://failover-retail/backup/ ${flags}`);

  it('uploads the content of a folder under the prefix, with the role of the instance', async () => {
    expect(await upload('--mode EcsRamRole --ecs-role-name backup-writer')).toMatchObject({ ExitCode: 0 });
    expect(await objects()).toEqual([
      { bucket: 'failover-retail', key: 'backup/index.json', size: 7 },
      { bucket: 'failover-retail', key: 'backup/orders/1.json', size: 13 },
    ]);
  });

  it('uploads one file to a key of its own', async () => {
    await run(
      'ossutil cp /data1/app-state/index.json oss://failover-retail/m.json --mode=EcsRamRole --ecs-role-name=backup-writer',
    );
    expect(await objects()).toEqual([{ bucket: 'failover-retail', key: 'm.json', size: 7 }]);
  });

  it('fails without the role, and without the bucket', async () => {
    expect(await upload('--mode EcsRamRole --ecs-role-name root')).toMatchObject({
      ExitCode: 1,
      InvocationStatus: 'Failed',
    });
    expect(
      await run(
        'ossutil cp /data1/app-state/index.json oss://nobody/ --mode EcsRamRole --ecs-role-name backup-writer',
      ),
    ).toMatchObject({
      ExitCode: 1,
      Output: expect.stringContaining('NoSuchBucket') as string,
    });
    expect(await objects()).toEqual([]);
  });
});

describe('ss on an instance', () => {
  const count = 'ss -Htn state established | wc -l';

  it('counts connections that fall after the weight has, down to the floor', async () => {
    expect(await run(count)).toMatchObject({ Output: '102\n' });
    await sim.knock('PUT', '/weights', { loadBalancer: balancer, server: web1, weight: 0 });
    expect(await run(`${count}; sleep 39; ${count}; sleep 360; ${count}`)).toMatchObject({
      Output: '100\n52\n2\n',
    });
  });

  it('shows the state only when none was asked for', async () => {
    await sim.knock('PUT', '/weights', { loadBalancer: balancer, server: web1, weight: 0 });
    await sim.advance(1_000_000);
    const lines = await run('ss -Htn; ss -Htn state established');
    expect(lines.Output).toBe(
      'ESTAB 0      0      192.168.10.11:8080 100.64.0.1:40000\n' +
        'ESTAB 0      0      192.168.10.11:8080 100.64.0.2:40001\n' +
        '0      0      192.168.10.11:8080 100.64.0.1:40000\n' +
        '0      0      192.168.10.11:8080 100.64.0.2:40001\n',
    );
  });
});

describe('DescribeCloudAssistantStatus', () => {
  const status = async (id: string) => {
    const answer = await sim.call('ecs', 'DescribeCloudAssistantStatus', { InstanceId: [id] });
    return (answer.InstanceCloudAssistantStatusSet as { InstanceCloudAssistantStatus: object[] })
      .InstanceCloudAssistantStatus[0];
  };

  it('says true in text, and still does shortly after the instance went down', async () => {
    expect(await status(web1)).toMatchObject({ CloudAssistantStatus: 'true' });
    await sim.call('ecs', 'StopInstance', { InstanceId: web1 });
    await sim.advance(30_000);
    expect(await status(web1)).toMatchObject({
      CloudAssistantStatus: 'true',
      LastHeartbeatTime: '2026-11-17T07:09:25Z',
    });
    await sim.advance(90_000);
    expect(await status(web1)).toMatchObject({
      CloudAssistantStatus: 'false',
      LastHeartbeatTime: '2026-11-17T07:09:25Z',
    });
  });

  it('has a heartbeat newer than the restart once the agent is up', async () => {
    await sim.call('ecs', 'RebootInstance', { InstanceId: web2 });
    await sim.advance(94_000);
    expect(await status(web2)).toMatchObject({ LastHeartbeatTime: '2026-11-17T07:09:25Z' });
    await sim.advance(1_000);
    expect(await status(web2)).toMatchObject({
      LastHeartbeatTime: '2026-11-17T07:11:35Z',
      CloudAssistantStatus: 'true',
    });
  });

  it('is false without an agent, and after the agent was lost', async () => {
    expect(await status(store)).toMatchObject({ CloudAssistantStatus: 'false', LastHeartbeatTime: '' });
    await sim.knock('POST', '/faults', { name: 'agent-offline', target: web1 });
    await sim.advance(120_000);
    expect(await status(web1)).toMatchObject({ CloudAssistantStatus: 'false' });
  });
});

import { openWorld } from '../../src/cloud/open-cloud';
import type { LogEntry, World } from '../../src/engine/ports';
import type { Answering, Reply } from '../support/answering';
import { answering } from '../support/answering';
import { refusalOf } from '../support/failing';

// Shapes that the real services are known to send and a well-behaved simulator does not.

let server: Answering;
let logged: LogEntry[];
afterEach(() => server.close());

async function worldOf(...replies: readonly Reply[]): Promise<World> {
  server = await answering(...replies);
  logged = [];
  return openWorld({
    account: '1690700000000030',
    region: 'cn-hangzhou',
    queue: 'failover-runs',
    bucket: 'failover-state',
    endpoint: `${server.endpoint}/`,
    keys: () => Promise.resolve({ accessKeyId: 'id', accessKeySecret: 'secret', securityToken: 'a-token' }),
    worker: 'worker-1',
    now: () => 1794899420000,
    log: (entry) => logged.push(entry),
  });
}

const json = (body: unknown): Reply => ({ body: JSON.stringify(body) });
const xml = (status: number, body: string): Reply => ({
  status,
  headers: { 'content-type': 'text/xml;charset=utf-8' },
  body: `<?xml version="1.0"?>${body}`,
});

describe('odd answers of the OpenAPI', () => {
  it('an instance with quoted numbers, missing lists and a dedicated host', async () => {
    const world = await worldOf(
      json({
        Instances: {
          Instance: {
            InstanceId: 'i-1',
            ZoneId: 'cn-hangzhou-h',
            Status: 'Running',
            LocalStorageAmount: '8',
            OperationLocks: { LockReason: [{ LockReason: 'Recycling' }] },
            DedicatedInstanceAttribute: { Tenancy: 'host' },
          },
        },
      }),
    );
    expect(await world.cloud.instances.get('i-1')).toEqual({
      id: 'i-1',
      name: '',
      zone: 'cn-hangzhou-h',
      status: 'Running',
      startTime: '',
      tags: {},
      localDisks: 8,
      dedicatedHost: true,
      ips: [],
      enis: [],
      locks: ['recycling'],
      spot: false,
    });
    const form = new URLSearchParams(server.heard[0]?.body);
    expect(form.get('InstanceIds')).toBe('["i-1"]');
    expect(form.get('SecurityToken')).toBe('a-token');
  });

  it('the instances of others, when one was asked for', async () => {
    const world = await worldOf(
      json({ Instances: { Instance: [{ InstanceId: 'i-2', ZoneId: 'z', Status: 'Running' }] } }),
    );
    expect(await world.cloud.instances.get('i-1')).toBeUndefined();
  });

  it('weights as words and one backend in place of a list', async () => {
    const world = await worldOf(
      json({ BackendServers: { BackendServer: { ServerId: 'i-1', Weight: '30', Port: '8080' } } }),
    );
    const place = { kind: 'clb', loadBalancer: 'lb-1', vServerGroup: 'rsp-1' } as const;
    expect(await world.cloud.traffic.memberships('i-1', [place])).toEqual([
      { key: 'clb/lb-1/rsp-1/8080/i-1', group: 'clb/lb-1/rsp-1', lane: 'clb/lb-1', port: 8080, weight: 30 },
    ]);
  });

  it('a health that is unavailable, beside a good one: the worse counts', async () => {
    const row = (ServerHealthStatus: string) => ({
      ServerId: 'i-1',
      Port: 80,
      Weight: 1,
      ServerHealthStatus,
    });
    const world = await worldOf(
      json({ BackendServers: { BackendServer: [row('normal'), row('unavailable'), row('normal')] } }),
    );
    const place = { kind: 'clb', loadBalancer: 'lb-1', vServerGroup: 'rsp-1' } as const;
    const servers = await world.cloud.traffic.survey(['i-1'], [place]);
    expect(servers.map(({ health }) => health)).toEqual(['unknown']);
  });

  it('an event row that cannot be read is reported and hides no other', async () => {
    const good = {
      EventId: 'e-1',
      InstanceId: 'i-1',
      EventType: { Name: 'SystemMaintenance.Reboot' },
      EventCycleStatus: { Name: 'Executing' },
    };
    const rows = [{ EventId: 'e-2', EventType: {} }, good];
    const world = await worldOf(
      json({ InstanceFullStatusSet: {}, TotalCount: 0 }),
      json({ InstanceSystemEventSet: { InstanceSystemEventType: rows } }),
    );
    expect(await world.cloud.events.pending()).toMatchObject([{ id: 'e-1', status: 'Executing' }]);
    expect(logged).toMatchObject([{ kind: 'warning', text: expect.stringContaining('e-2') as string }]);
    const [full, history] = server.heard.map(({ body }) => new URLSearchParams(body));
    expect(full?.get('InstanceEventCycleStatus.1')).toBe('Inquiring');
    expect(history?.get('InstanceEventCycleStatus.3')).toBe('Executing');
  });

  it('metrics that fail inside a good answer', async () => {
    const world = await worldOf(json({ RequestId: 'r', Success: false, Code: '400', Message: 'no quota' }));
    const error = await refusalOf(world.cloud.metrics.establishedConnections('i-1', 0));
    expect(error.message).toBe('cms DescribeMetricList: 400: no quota');
  });

  it('no metrics at all', async () => {
    const world = await worldOf(json({ RequestId: 'r', Success: 'true', Code: '200' }));
    expect(await world.cloud.metrics.establishedConnections('i-1', 0)).toEqual([]);
  });
});

describe('odd answers of MNS', () => {
  it('a batch of which one message was refused', async () => {
    const world = await worldOf(
      xml(
        500,
        '<Messages xmlns="http://mns.aliyuncs.com/doc/v1/"><Message><MessageId>1</MessageId></Message><Message><ErrorCode>InternalError</ErrorCode><ErrorMessage>x</ErrorMessage></Message></Messages>',
      ),
    );
    const two = [
      { body: 'a', delaySeconds: 0 },
      { body: 'b', delaySeconds: 5 },
    ];
    const error = await refusalOf(world.queue.send(two));
    expect(error.code).toBe('InternalError');
    expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: true });
    expect(server.heard[0]?.headers['security-token']).toBe('a-token');
    expect(server.heard[0]?.url).toBe('/queues/failover-runs/messages');
  });

  it('a delete that fails for a reason of its own', async () => {
    const item = (code: string) =>
      `<Error><ErrorCode>${code}</ErrorCode><ErrorMessage>why</ErrorMessage><ReceiptHandle>h</ReceiptHandle></Error>`;
    const ns = 'xmlns="http://mns.aliyuncs.com/doc/v1/"';
    const world = await worldOf(
      xml(404, `<Errors ${ns}>${item('MessageNotExist')}${item('ReceiptHandleError')}</Errors>`),
      xml(404, `<Errors ${ns}>${item('MessageNotExist')}${item('AccessDenied')}</Errors>`),
    );
    await world.queue.remove(['h1', 'h2']);
    const error = await refusalOf(world.queue.remove(['h1', 'h2']));
    expect(error.code).toBe('AccessDenied');
    expect(error.detail.worthRepeating).toBe(false);
  });

  it('an overloaded front that answers in HTML, again and again', async () => {
    const world = await worldOf({ status: 503, headers: { 'content-type': 'text/html' }, body: '<html/>' });
    const error = await refusalOf(world.queue.receive());
    expect(error.code).toBe('UnexpectedAnswer');
    expect(server.heard).toHaveLength(2);
  });
});

describe('odd answers of OSS', () => {
  it('the whole journal, when a range behind its end was asked for', async () => {
    const world = await worldOf({ status: 200, body: 'one\ntwo\n' });
    expect(await world.journals.read('run-1', 8)).toEqual({ lines: [], position: 8 });
    expect(await world.journals.read('run-1', 4)).toEqual({ lines: ['two'], position: 8 });
    const [request] = server.heard;
    expect(request?.url).toBe('/failover-state/journals/run-1.jsonl');
    expect(request?.headers).toMatchObject({ range: 'bytes=8-', 'x-oss-range-behavior': 'standard' });
    expect(request?.headers['x-oss-security-token']).toBe('a-token');
  });

  it('a line that is not yet whole', async () => {
    const world = await worldOf({ status: 200, body: 'one\ntw' });
    expect(await world.journals.read('run-1', 0)).toEqual({ lines: ['one'], position: 4 });
  });

  it('a breakdown during an append, behind which our line stands', async () => {
    const broken = '<Error><Code>InternalError</Code><Message>oops</Message></Error>';
    const world = await worldOf({ status: 500, body: broken }, { status: 200, body: 'mine\nnext\n' });
    expect(await world.journals.append('run-1', 0, 'mine')).toEqual({ kind: 'appended', position: 5 });
  });
});

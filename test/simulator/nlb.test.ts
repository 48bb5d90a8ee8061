import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const eni2 = 'eni-bp1second0000001';
const tcp = 'sgp-bp1tcp0000000001';
const any = 'sgp-bp1any0000000001';
const balancer = 'nlb-bp1game000000001';
const listener = 'lsn-bp1game000000001@5000';
const start = Date.parse('2026-11-17T07:10:00Z');

const fleet = {
  instances: [
    { id: web1, zone: 'cn-hangzhou-h', privateIp: '192.168.10.11' },
    { id: web2, zone: 'cn-hangzhou-i', privateIp: '192.168.10.12', eni: eni2 },
  ],
  serverGroups: [
    {
      id: tcp,
      product: 'nlb' as const,
      name: 'tcp-5000',
      drain: { seconds: 60 },
      servers: [
        { server: web1, port: 5000 },
        { server: eni2, port: 5000, weight: 50 },
      ],
    },
    {
      id: any,
      product: 'nlb' as const,
      type: 'Ip' as const,
      protocol: 'TCP_UDP' as const,
      healthCheck: false,
      servers: [{ server: '192.168.10.12', port: 0 }],
    },
    { id: 'sgp-bp1http000000001', servers: [{ server: web1, port: 8080 }] },
  ],
  networkLoadBalancers: [
    {
      id: balancer,
      listeners: [
        { id: 'lsn-bp1game000000001', port: 5000, group: tcp },
        { id: 'lsn-bp1game000000002', port: 6000, protocol: 'UDP' as const, group: any },
      ],
    },
  ],
};

let sim: Simulator;
const startAgain = async (more: object) => {
  await sim.close();
  sim = await startSimulator({ ...fleet, ...more });
};
beforeEach(async () => {
  sim = await startSimulator(fleet);
});
afterEach(() => sim.close());

type Row = Record<string, unknown>;
const nlb = (action: string, params: Row = {}) => sim.call('nlb', action, params);
const codeOf = (action: string, params: Row = {}) => sim.codeOf(nlb(action, params));
const servers = async (params: Row) => (await nlb('ListServerGroupServers', params)).Servers as Row[];
const weightsOf = async (ServerGroupId: string) =>
  (await servers({ ServerGroupId })).map(({ ServerId, Port, Weight, Status }) => [
    ServerId,
    Port,
    Weight,
    Status,
  ]);
const ecs = (ServerId: string, Port: number, Weight?: number): Row => ({
  ServerType: 'Ecs',
  ServerId,
  Port,
  ...(Weight === undefined ? {} : { Weight }),
});
const update = (ServerGroupId: string, Servers: Row[], more: Row = {}) =>
  nlb('UpdateServerGroupServersAttribute', { ServerGroupId, Servers, ...more });

describe('ListServerGroups', () => {
  it('tells the drain time in the group itself', async () => {
    const { ServerGroups } = await nlb('ListServerGroups', { ServerGroupIds: [tcp] });
    expect(ServerGroups).toEqual([
      expect.objectContaining({
        ServerGroupId: tcp,
        ServerGroupName: 'tcp-5000',
        ServerGroupStatus: 'Available',
        ServerGroupType: 'Instance',
        Protocol: 'TCP',
        RegionId: 'cn-hangzhou',
        ServerCount: 2,
        RelatedLoadBalancerIds: [balancer],
        AnyPortEnabled: false,
        ConnectionDrainEnabled: true,
        ConnectionDrainTimeout: 60,
      }),
    ]);
  });

  it('pages by token, and the last page has none', async () => {
    const first = await nlb('ListServerGroups', { MaxResults: 1 });
    const second = await nlb('ListServerGroups', { MaxResults: 1, NextToken: first.NextToken });
    expect(second).toMatchObject({
      TotalCount: 2,
      MaxResults: 1,
      ServerGroups: [{ ServerGroupId: any, AnyPortEnabled: true, ConnectionDrainEnabled: false }],
    });
    expect(second).not.toHaveProperty('NextToken');
  });

  it('takes twenty ids', async () => {
    const ServerGroupIds = Array.from({ length: 21 }, (_, n) => `sgp-${n}`);
    expect(await codeOf('ListServerGroups', { ServerGroupIds })).toBe('IllegalParam.ServerGroupIds');
  });
});

describe('ListServerGroupServers', () => {
  it('has a row for each server and port of a group', async () => {
    expect((await servers({ ServerGroupId: tcp }))[1]).toEqual({
      ServerGroupId: tcp,
      ServerId: eni2,
      ServerIp: '192.168.10.12',
      ServerType: 'Eni',
      Port: 5000,
      Weight: 50,
      Description: '',
      ZoneId: 'cn-hangzhou-i',
      Status: 'Available',
    });
  });

  it.each([
    [{ ServerIds: [web1] }, [tcp]],
    [{ ServerIds: [eni2] }, [tcp]],
    [{ ServerIds: [web2] }, []],
    [{ ServerIps: ['192.168.10.12'] }, [tcp, any]],
    [{ ServerIps: ['192.168.10.12'], ServerGroupId: any }, [any]],
  ])('finds with %j', async (params, expected) => {
    expect((await servers(params)).map(({ ServerGroupId }) => ServerGroupId)).toEqual(expected);
  });

  it('takes forty addresses and knows its own groups only', async () => {
    const ServerIps = Array.from({ length: 41 }, (_, n) => `192.168.0.${n}`);
    expect(await codeOf('ListServerGroupServers', { ServerIps })).toBe('IllegalParam.ServerIps');
    const ServerGroupId = 'sgp-bp1http000000001';
    expect(await codeOf('ListServerGroupServers', { ServerGroupId })).toBe('ResourceNotFound.serverGroup');
  });
});

describe('UpdateServerGroupServersAttribute', () => {
  it('answers a job and its group, and the server is configured until it ends', async () => {
    const { JobId, ServerGroupId } = await update(tcp, [ecs(web1, 5000, 0)]);
    expect(ServerGroupId).toBe(tcp);
    expect(await nlb('GetJobStatus', { JobId })).toMatchObject({ Status: 'processing' });
    expect(await nlb('ListAsynJobs', { JobIds: [JobId] })).toMatchObject({
      TotalCount: '1',
      Jobs: [{ Id: JobId, Status: 'Processing' }],
    });
    expect((await weightsOf(tcp))[0]).toEqual([web1, 5000, 0, 'Configuring']);
    expect((await sim.knock('GET', '/next')).at).toBe(start + 2000);
    await sim.advance(2000);
    expect(await nlb('GetJobStatus', { JobId })).toMatchObject({ Status: 'Succeeded' });
    expect((await weightsOf(tcp))[0]).toEqual([web1, 5000, 0, 'Available']);
  });

  it('sets a weight that is left out to 100', async () => {
    await update(tcp, [{ ServerType: 'Eni', ServerId: eni2, Port: 5000 }]);
    await sim.advance(2000);
    expect((await weightsOf(tcp))[1]).toEqual([eni2, 5000, 100, 'Available']);
  });

  it.each([
    ['MissingParam.ServerGroupId', 'no group', { ServerGroupId: '' }],
    ['ResourceNotFound.serverGroup', 'an unknown group', { ServerGroupId: 'sgp-other' }],
    ['MissingParam.Servers', 'no servers', { Servers: [] }],
    ['MissingParam.Servers.1.Port', 'no port', { Servers: [{ ServerType: 'Ecs', ServerId: web1 }] }],
    ['IllegalParam.Servers.1.Weight', 'a weight over 100', { Servers: [ecs(web1, 5000, 101)] }],
    ['DuplicatedParam.Server', 'one server twice', { Servers: [ecs(web1, 5000), ecs(web1, 5000)] }],
    ['IllegalParam.Servers', '201 servers', { Servers: Array.from({ length: 201 }, (_, n) => ecs(web1, n)) }],
    ['ResourceNotFound.BackendServer', 'a port that is not there', { Servers: [ecs(web1, 5001, 0)] }],
    ['DryRunOperation', 'a dry run', { DryRun: true }],
  ])('answers %s to %s', async (code, _what, params) => {
    expect(await sim.codeOf(update(tcp, [ecs(web1, 5000, 0)], params))).toBe(code);
    expect((await weightsOf(tcp))[0]).toEqual([web1, 5000, 100, 'Available']);
  });

  it.each([
    [false, 'IncorrectStatus.serverGroup'],
    [true, 'Conflict.Lock'],
  ])('refuses another write meanwhile in one of two ways (%s)', async (nlbBusyIsLock, code) => {
    await startAgain({ switches: { nlbBusyIsLock } });
    await update(tcp, [ecs(web1, 5000, 0)]);
    expect(await sim.codeOf(update(tcp, [ecs(web1, 5000, 1)]))).toBe(code);
    await sim.advance(2000);
    expect(await sim.codeOf(update(tcp, [ecs(web1, 5000, 1)]))).toBeUndefined();
  });

  it('keeps the ClientToken for one request', async () => {
    const first = await update(tcp, [ecs(web1, 5000, 0)], { ClientToken: 'drain-1' });
    const again = await update(tcp, [ecs(web1, 5000, 0)], { ClientToken: 'drain-1' });
    expect(again.JobId).toBe(first.JobId);
    const other = update(tcp, [ecs(web1, 5000, 1)], { ClientToken: 'drain-1' });
    expect(await sim.codeOf(other)).toBe('IdempotenceSignatureMismatch');
  });
});

describe('a job', () => {
  it.each([
    [false, 'Failed'],
    [true, 'failed'],
  ])('that fails leaves the old weight (%s)', async (nlbFailedInLowerCase, Status) => {
    await startAgain({ switches: { nlbFailedInLowerCase }, settings: { nlbJobSeconds: 5 } });
    await sim.knock('POST', '/faults', { name: 'job-fails', product: 'nlb' });
    const { JobId } = await update(tcp, [ecs(web1, 5000, 0)]);
    await sim.advance(4999);
    expect((await weightsOf(tcp))[0]).toEqual([web1, 5000, 0, 'Configuring']);
    await sim.advance(1);
    expect(await nlb('GetJobStatus', { JobId })).toMatchObject({ Status });
    expect((await weightsOf(tcp))[0]).toEqual([web1, 5000, 100, 'Available']);
  });

  it('must be one of its own', async () => {
    expect(await codeOf('GetJobStatus')).toBe('MissingParam.JobId');
    const { JobId } = await sim.call('alb', 'UpdateServerGroupServersAttribute', {
      ServerGroupId: 'sgp-bp1http000000001',
      Servers: [ecs(web1, 8080, 0)],
    });
    expect(await codeOf('GetJobStatus', { JobId })).toBe('IllegalParam.JobId');
  });
});

describe('AddServersToServerGroup and RemoveServersFromServerGroup', () => {
  it('take a server in, with port 0 when none is named', async () => {
    const Servers = [{ ServerType: 'Ip', ServerId: '192.168.10.11', Weight: 10 }];
    await nlb('AddServersToServerGroup', { ServerGroupId: any, Servers });
    expect((await weightsOf(any))[1]).toEqual(['192.168.10.11', 0, 10, 'Adding']);
    await sim.advance(2000);
    await nlb('RemoveServersFromServerGroup', { ServerGroupId: any, Servers });
    await sim.advance(2000);
    expect(await weightsOf(any)).toEqual([['192.168.10.12', 0, 100, 'Available']]);
  });

  it('drain the connections of a server that is taken out', async () => {
    await nlb('RemoveServersFromServerGroup', { ServerGroupId: tcp, Servers: [ecs(web1, 5000)] });
    await sim.advance(61_999);
    expect((await weightsOf(tcp))[0]).toEqual([web1, 5000, 100, 'Removing']);
    await sim.advance(1);
    expect(await weightsOf(tcp)).toHaveLength(1);
  });

  it.each([
    ['DuplicatedParam.Server', 'a server that is there already', tcp, [ecs(web1, 5000)]],
    ['Mismatch.ServerType', 'an instance in a group of addresses', any, [ecs(web1, 5000)]],
    ['ResourceNotFound.Ecs', 'an unknown instance', tcp, [ecs('i-nobody', 5000)]],
  ])('answer %s to %s', async (code, _what, ServerGroupId, Servers) => {
    expect(await codeOf('AddServersToServerGroup', { ServerGroupId, Servers })).toBe(code);
  });
});

describe('ListListeners', () => {
  it('tells the one group of each, and the port in its id', async () => {
    const { Listeners } = await nlb('ListListeners', {
      LoadBalancerIds: [balancer],
      ListenerProtocol: 'TCP',
    });
    expect(Listeners).toMatchObject([
      {
        ListenerId: listener,
        ListenerPort: 5000,
        ListenerProtocol: 'TCP',
        ListenerStatus: 'Running',
        LoadBalancerId: balancer,
        ServerGroupId: tcp,
      },
    ]);
  });
});

describe('GetListenerHealthStatus', () => {
  const infos = async (ListenerId = listener) => {
    const answer = await nlb('GetListenerHealthStatus', { ListenerId });
    return (answer.ListenerHealthStatus as Row[]).flatMap(
      ({ ServerGroupInfos }) => ServerGroupInfos as Row[],
    );
  };

  it('says nothing of healthy servers, at weight 0 neither', async () => {
    await update(tcp, [ecs(web1, 5000, 0)]);
    await sim.advance(2000);
    expect(await infos()).toEqual([{ ServerGroupId: tcp, HeathCheckEnabled: true, NonNormalServers: [] }]);
  });

  it.each([
    [true, [{ ServerId: web1, ServerIp: '192.168.10.11', Port: 5000, Status: 'Unhealthy' }]],
    [false, []],
  ])('tells of an ill server at weight 0 or not (%s)', async (nlbReportsWeightZeroHealth, expected) => {
    await startAgain({ switches: { nlbReportsWeightZeroHealth } });
    await update(tcp, [ecs(web1, 5000, 0)]);
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Stopped' });
    await sim.advance(10_000);
    expect(await infos()).toMatchObject([{ NonNormalServers: expected }]);
  });

  it('lists every server where the health check is off', async () => {
    expect(await infos('lsn-bp1game000000002@6000')).toEqual([
      {
        ServerGroupId: any,
        HeathCheckEnabled: false,
        NonNormalServers: [
          { ServerId: '192.168.10.12', ServerIp: '192.168.10.12', Port: 0, Status: 'Unavailable' },
        ],
      },
    ]);
  });

  it('knows listeners by their whole id only', async () => {
    expect(await codeOf('GetListenerHealthStatus', { ListenerId: 'lsn-bp1game000000001' })).toBe(
      'ResourceNotFound.listener',
    );
  });
});

describe('the limit of writes', () => {
  it('is 200 a minute, apart from that of ALB', async () => {
    await startAgain({ settings: { nlbJobSeconds: 0 } });
    for (let i = 0; i < 200; i += 1) await update(tcp, [ecs(web1, 5000, 0)]);
    expect(await sim.codeOf(update(tcp, [ecs(web1, 5000, 0)]))).toBe('Throttling.User');
    const ServerGroupId = 'sgp-bp1http000000001';
    const other = { ServerGroupId, Servers: [ecs(web1, 8080, 0)] };
    const call = sim.call('alb', 'UpdateServerGroupServersAttribute', other);
    expect((await call).JobId).toEqual(expect.any(String));
  });
});

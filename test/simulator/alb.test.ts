import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const web3 = 'i-bp1web0000000000003';
const eni2 = 'eni-bp1web0000000000002';
const web = 'sgp-bp1web0000000001';
const api = 'sgp-bp1api0000000001';
const pods = 'sgp-bp1pods000000001';
const balancer = 'alb-bp1shop000000001';
const listener = 'lsn-bp1shop000000001';
const start = Date.parse('2026-11-17T07:10:00Z');

const fleet = {
  instances: [
    { id: web1, zone: 'cn-hangzhou-h', privateIp: '192.168.10.11' },
    { id: web2, zone: 'cn-hangzhou-h', privateIp: '192.168.10.12' },
    { id: web3, zone: 'cn-hangzhou-i', privateIp: '192.168.10.13' },
  ],
  serverGroups: [
    {
      id: web,
      name: 'web',
      tags: { team: 'web' },
      servers: [
        { server: web1, port: 8080, description: 'web-a' },
        { server: web2, port: 8080, weight: 50 },
      ],
    },
    {
      id: api,
      name: 'api',
      drain: { seconds: 60 },
      servers: [
        { server: web1, port: 9000 },
        { server: web1, port: 9001, weight: 20 },
        { server: eni2, ip: '192.168.10.12', port: 9000 },
      ],
    },
    {
      id: pods,
      name: 'pods',
      type: 'Ip' as const,
      healthCheck: false,
      servers: [{ server: '192.168.10.13', port: 80 }],
    },
    { id: 'sgp-bp1tcp0000000001', product: 'nlb' as const, servers: [{ server: web1, port: 5000 }] },
  ],
  applicationLoadBalancers: [
    {
      id: balancer,
      listeners: [
        { id: listener, port: 80, groups: [web], rules: [{ id: 'rule-bp1api00000001', groups: [api] }] },
        { id: 'lsn-bp1shop000000002', port: 443, protocol: 'HTTPS' as const, groups: [pods] },
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
const alb = (action: string, params: Row = {}) => sim.call('alb', action, params);
const codeOf = (action: string, params: Row = {}) => sim.codeOf(alb(action, params));
const servers = async (params: Row) => (await alb('ListServerGroupServers', params)).Servers as Row[];
const groups = async (params: Row = {}) => (await alb('ListServerGroups', params)).ServerGroups as Row[];
const jobs = async (params: Row = {}) => (await alb('ListAsynJobs', params)).Jobs as Row[];
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
  alb('UpdateServerGroupServersAttribute', { ServerGroupId, Servers, ...more });

describe('ListServerGroups', () => {
  it('tells what a group is and who sends traffic to it', async () => {
    expect(await groups({ ServerGroupIds: [api] })).toEqual([
      expect.objectContaining({
        ServerGroupId: api,
        ServerGroupName: 'api',
        ServerGroupStatus: 'Available',
        ServerGroupType: 'Instance',
        Protocol: 'HTTP',
        ServerCount: 3,
        RelatedLoadBalancerIds: [balancer],
        ConfigManagedEnabled: false,
        ConnectionDrainConfig: { ConnectionDrainEnabled: true, ConnectionDrainTimeout: 60 },
      }),
    ]);
  });

  it.each([
    [{}, [web, api, pods]],
    [{ ServerGroupNames: ['web', 'pods'] }, [web, pods]],
    [{ ServerGroupType: 'Ip' }, [pods]],
    [{ Tag: [{ Key: 'team', Value: 'web' }] }, [web]],
    [{ Tag: [{ Key: 'team', Value: 'api' }] }, []],
  ])('finds with %j', async (params, expected) => {
    expect((await groups(params)).map(({ ServerGroupId }) => ServerGroupId)).toEqual(expected);
  });

  it('pages by token, twenty unless told', async () => {
    const first = await alb('ListServerGroups', { MaxResults: 2 });
    expect([first.TotalCount, first.MaxResults, (first.ServerGroups as Row[]).length]).toEqual([3, 2, 2]);
    const second = await alb('ListServerGroups', { MaxResults: 2, NextToken: first.NextToken });
    expect(second).toMatchObject({ NextToken: '', ServerGroups: [{ ServerGroupId: pods }] });
    expect(await alb('ListServerGroups')).toMatchObject({ MaxResults: 20, NextToken: '' });
    expect(await codeOf('ListServerGroups', { MaxResults: 101 })).toBe('InvalidParameter');
    expect(await codeOf('ListServerGroups', { NextToken: 'page' })).toBe('InvalidParameter');
  });
});

describe('ListServerGroupServers', () => {
  it('has a row for each server and port of a group', async () => {
    expect((await servers({ ServerGroupId: web }))[0]).toEqual({
      ServerGroupId: web,
      ServerId: web1,
      ServerIp: '192.168.10.11',
      ServerType: 'Ecs',
      Port: 8080,
      Weight: 100,
      Description: 'web-a',
      RemoteIpEnabled: false,
      Status: 'Available',
    });
  });

  it.each([
    [web1, [web, api, api]],
    [web2, [web]],
    [eni2, [api]],
    ['192.168.10.13', [pods]],
    [web3, []],
  ])('finds the groups of %s without being told one', async (id, expected) => {
    const found = await servers({ ServerIds: [id] });
    expect(found.map(({ ServerGroupId }) => ServerGroupId)).toEqual(expected);
  });

  it('finds nothing without a group when that reading is switched off', async () => {
    await startAgain({ switches: { albListsServersAcrossGroups: false } });
    expect(await servers({ ServerIds: [web1] })).toEqual([]);
    expect(await servers({ ServerIds: [web1], ServerGroupId: web })).toHaveLength(1);
  });

  it('takes forty ids and knows its own groups only', async () => {
    const ServerIds = Array.from({ length: 41 }, (_, n) => `i-bp1many${n}`);
    expect(await codeOf('ListServerGroupServers', { ServerIds })).toBe('InvalidParameter');
    expect(await codeOf('ListServerGroupServers', { ServerGroupId: 'sgp-bp1tcp0000000001' })).toBe(
      'ResourceNotFound.ServerGroup',
    );
  });
});

describe('UpdateServerGroupServersAttribute', () => {
  it('answers a job, and the server is configured until it ends', async () => {
    const { JobId } = await update(web, [ecs(web1, 8080, 0)]);
    expect(await jobs({ JobIds: [JobId] })).toEqual([
      {
        Id: JobId,
        ApiName: 'UpdateServerGroupServersAttribute',
        Status: 'Processing',
        OperateType: 'Update',
        ResourceId: web,
        ResourceType: 'servergroup',
        ErrorCode: '',
        ErrorMessage: '',
        CreateTime: start,
        ModifyTime: start,
      },
    ]);
    expect(await groups({ ServerGroupIds: [web] })).toMatchObject([{ ServerGroupStatus: 'Configuring' }]);
    expect(await weightsOf(web)).toEqual([
      [web1, 8080, 0, 'Configuring'],
      [web2, 8080, 50, 'Available'],
    ]);
    expect((await sim.knock('GET', '/next')).at).toBe(start + 2000);
    await sim.advance(2000);
    expect(await jobs({ JobIds: [JobId] })).toMatchObject([
      { Status: 'Succeeded', ModifyTime: start + 2000 },
    ]);
    expect(await groups({ ServerGroupIds: [web] })).toMatchObject([{ ServerGroupStatus: 'Available' }]);
    expect((await weightsOf(web))[0]).toEqual([web1, 8080, 0, 'Available']);
  });

  it('may show the old weight until the job ends', async () => {
    await startAgain({ switches: { configuringShowsNewWeight: false } });
    await update(web, [ecs(web1, 8080, 0)]);
    expect((await weightsOf(web))[0]).toEqual([web1, 8080, 100, 'Configuring']);
    await sim.advance(2000);
    expect((await weightsOf(web))[0]).toEqual([web1, 8080, 0, 'Available']);
  });

  it('sets a weight that is left out to 100, or keeps it, as the switch says', async () => {
    await update(web, [ecs(web2, 8080)]);
    expect((await weightsOf(web))[1]).toEqual([web2, 8080, 100, 'Configuring']);
    await startAgain({ switches: { omittedWeightIsKept: true } });
    await update(web, [{ ...ecs(web2, 8080), Description: 'second' }]);
    await sim.advance(2000);
    expect((await servers({ ServerGroupId: web }))[1]).toMatchObject({ Weight: 50, Description: 'second' });
  });

  it('changes one port of a server and nothing else', async () => {
    await update(api, [ecs(web1, 9001, 0)]);
    await sim.advance(2000);
    expect(await weightsOf(api)).toEqual([
      [web1, 9000, 100, 'Available'],
      [web1, 9001, 0, 'Available'],
      [eni2, 9000, 100, 'Available'],
    ]);
  });

  it('names network interfaces and addresses as they are in the group', async () => {
    const Eni = { ServerType: 'Eni', ServerId: eni2, ServerIp: '192.168.10.12', Port: 9000, Weight: 0 };
    await update(api, [Eni]);
    await update(pods, [{ ServerType: 'Ip', ServerId: '192.168.10.13', Port: 80, Weight: 0 }]);
    expect((await weightsOf(api))[2]).toEqual([eni2, 9000, 0, 'Configuring']);
    expect((await weightsOf(pods))[0]).toEqual(['192.168.10.13', 80, 0, 'Configuring']);
  });

  it.each([
    ['MissingParameter', 'no group', { ServerGroupId: '' }],
    ['ResourceNotFound.ServerGroup', 'an unknown group', { ServerGroupId: 'sgp-other' }],
    ['MissingParameter', 'no servers', { Servers: [] }],
    ['MissingParameter', 'no server type', { Servers: [{ ServerId: web1, Port: 8080 }] }],
    ['MissingParameter', 'no port', { Servers: [{ ServerId: web1, ServerType: 'Ecs' }] }],
    [
      'InvalidParameter',
      'a type in lower case',
      { Servers: [{ ServerId: web1, ServerType: 'ecs', Port: 8080 }] },
    ],
    ['InvalidParameter', 'a weight over 100', { Servers: [ecs(web1, 8080, 101)] }],
    ['InvalidParameter', 'one server twice', { Servers: [ecs(web1, 8080), ecs(web1, 8080)] }],
    ['InvalidParameter', '41 servers', { Servers: Array.from({ length: 41 }, (_, n) => ecs(web1, n + 1)) }],
    ['ResourceNotFound.BackendServer', 'a port that is not there', { Servers: [ecs(web1, 8081, 0)] }],
    ['DryRunOperation', 'a dry run', { DryRun: true }],
  ])('answers %s to %s', async (code, _what, params) => {
    expect(await sim.codeOf(update(web, [ecs(web1, 8080, 0)], params))).toBe(code);
    expect(await jobs()).toEqual([]);
    expect((await weightsOf(web))[0]).toEqual([web1, 8080, 100, 'Available']);
  });

  it('takes forty servers', async () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ server: web1, port: n + 1 }));
    await startAgain({ serverGroups: [{ id: web, servers: many }], applicationLoadBalancers: [] });
    await update(
      web,
      many.map(({ port }) => ecs(web1, port, 0)),
    );
    expect((await weightsOf(web)).slice(0, 20).map(([, , weight]) => weight)).toEqual(Array(20).fill(0));
  });

  it('names or passes over a server that is not in the group, as the switches say', async () => {
    await startAgain({ switches: { albNotFoundNamesServer: true } });
    expect(await sim.codeOf(update(web, [ecs(web3, 8080, 0)]))).toBe('ResourceNotFound.Server');
    await startAgain({ switches: { albIgnoresUnknownServers: true } });
    expect((await update(web, [ecs(web3, 8080, 0)])).JobId).toEqual(expect.any(String));
    expect(await weightsOf(web)).toHaveLength(2);
  });
});

describe('a group that a job works on', () => {
  it('refuses other writes until it ends', async () => {
    await update(web, [ecs(web1, 8080, 0)]);
    expect(await sim.codeOf(update(web, [ecs(web2, 8080, 0)]))).toBe('IncorrectStatus.ServerGroup');
    expect(await sim.codeOf(update(api, [ecs(web1, 9000, 0)]))).toBeUndefined();
    await sim.advance(2000);
    expect(await sim.codeOf(update(web, [ecs(web2, 8080, 0)]))).toBeUndefined();
  });

  it.each([
    [false, 400],
    [true, 409],
  ])('may do so as a conflict (%s)', async (albBusyIsConflict, status) => {
    await startAgain({ switches: { albBusyIsConflict } });
    await update(web, [ecs(web1, 8080, 0)]);
    const refusal = update(web, [ecs(web1, 8080, 0)]).then(
      () => undefined,
      (error: { entry?: { response?: { statusCode?: number } } }) => error.entry?.response?.statusCode,
    );
    expect(await refusal).toBe(status);
  });

  it('is busy as long as the setting says, or the fault', async () => {
    await startAgain({ settings: { albJobSeconds: 10 } });
    await sim.knock('POST', '/faults', { name: 'job-drags', target: api, options: { seconds: 60 } });
    await update(web, [ecs(web1, 8080, 0)]);
    await update(api, [ecs(web1, 9000, 0)]);
    await sim.advance(10_000);
    expect((await jobs()).map(({ ResourceId, Status }) => [ResourceId, Status])).toEqual([
      [api, 'Processing'],
      [web, 'Succeeded'],
    ]);
  });
});

describe('a job', () => {
  it('that fails leaves the old weight', async () => {
    const options = { code: 'OperationFailed.Rollback', message: 'Rolled back.' };
    await sim.knock('POST', '/faults', {
      name: 'job-fails',
      action: 'UpdateServerGroupServersAttribute',
      options,
    });
    await update(web, [ecs(web1, 8080, 0)]);
    expect((await weightsOf(web))[0]).toEqual([web1, 8080, 0, 'Configuring']);
    await sim.advance(2000);
    expect((await weightsOf(web))[0]).toEqual([web1, 8080, 100, 'Available']);
    expect(await jobs()).toMatchObject([
      { Status: 'Failed', ErrorCode: 'OperationFailed.Rollback', ErrorMessage: 'Rolled back.' },
    ]);
  });

  it('may not be listed for a moment', async () => {
    await startAgain({ settings: { albJobHiddenSeconds: 1 } });
    await update(web, [ecs(web1, 8080, 0)]);
    expect(await jobs()).toEqual([]);
    await sim.advance(1000);
    expect(await jobs()).toMatchObject([{ Status: 'Processing' }]);
  });

  it('is found by what it works on and when it began', async () => {
    await update(web, [ecs(web1, 8080, 0)]);
    await sim.advance(5000);
    await update(api, [ecs(web1, 9000, 0)]);
    const found = async (params: Row) => (await jobs(params)).map(({ ResourceId }) => ResourceId);
    expect(await found({ ResourceIds: [api] })).toEqual([api]);
    expect(await found({ BeginTime: start + 1 })).toEqual([api]);
    expect(await found({ EndTime: start })).toEqual([web]);
    expect(await found({ ApiName: 'AddServersToServerGroup' })).toEqual([]);
    expect(await found({ ResourceType: 'listener' })).toEqual([]);
  });
});

describe('a ClientToken', () => {
  it('that comes again is answered with the same job, also while the group is busy', async () => {
    const first = await update(web, [ecs(web1, 8080, 0)], { ClientToken: 'drain-1' });
    const second = await update(web, [ecs(web1, 8080, 0)], { ClientToken: 'drain-1' });
    expect(second.JobId).toBe(first.JobId);
    expect(await jobs()).toHaveLength(1);
  });

  it.each([
    [false, 'IdempotenceParamMismatch'],
    [true, 'IdempotenceSignatureMismatch'],
  ])('is for one request only (%s)', async (albTokenMismatchIsSignature, code) => {
    await startAgain({ switches: { albTokenMismatchIsSignature } });
    await update(web, [ecs(web1, 8080, 0)], { ClientToken: 'drain-1' });
    const other = update(web, [ecs(web1, 8080, 1)], { ClientToken: 'drain-1' });
    expect(await sim.codeOf(other)).toBe(code);
  });

  it('is not used up by a refusal or a dry run', async () => {
    const params = { ClientToken: 'drain-1' };
    await sim.codeOf(update(web, [ecs(web1, 8080, 0)], { ...params, DryRun: true }));
    await sim.codeOf(update(web, [ecs(web3, 8080, 0)], params));
    expect((await update(web, [ecs(web1, 8080, 0)], params)).JobId).toEqual(expect.any(String));
  });
});

describe('AddServersToServerGroup and RemoveServersFromServerGroup', () => {
  const add = (ServerGroupId: string, Servers: Row[]) =>
    alb('AddServersToServerGroup', { ServerGroupId, Servers });
  const remove = (ServerGroupId: string, Servers: Row[]) =>
    alb('RemoveServersFromServerGroup', { ServerGroupId, Servers });

  it('add a server that is listed from the beginning', async () => {
    await add(web, [ecs(web3, 8080, 30)]);
    expect((await weightsOf(web))[2]).toEqual([web3, 8080, 30, 'Adding']);
    await sim.advance(2000);
    expect((await weightsOf(web))[2]).toEqual([web3, 8080, 30, 'Available']);
  });

  it('add nobody when the job fails', async () => {
    await sim.knock('POST', '/faults', { name: 'job-fails' });
    await add(web, [ecs(web3, 8080)]);
    expect(await weightsOf(web)).toHaveLength(3);
    await sim.advance(2000);
    expect(await weightsOf(web)).toHaveLength(2);
  });

  it('take a server out at once where connections are not drained', async () => {
    await remove(web, [ecs(web1, 8080)]);
    expect((await weightsOf(web))[0]).toEqual([web1, 8080, 100, 'Removing']);
    await sim.advance(2000);
    expect(await weightsOf(web)).toEqual([[web2, 8080, 50, 'Available']]);
  });

  it.each([
    [false, 'Removing'],
    [true, 'Draining'],
  ])('take it out after its connections were drained (%s)', async (removingShowsDraining, status) => {
    await startAgain({ switches: { removingShowsDraining } });
    await remove(api, [ecs(web1, 9001)]);
    expect((await weightsOf(api))[1]).toEqual([web1, 9001, 20, 'Removing']);
    await sim.advance(61_999);
    expect((await weightsOf(api))[1]).toEqual([web1, 9001, 20, status]);
    expect(await sim.codeOf(update(api, [ecs(web1, 9001, 0)]))).toBe('ResourceNotFound.BackendServer');
    await sim.advance(1);
    expect(await weightsOf(api)).toHaveLength(2);
  });

  it('add it anew while it is being drained', async () => {
    await remove(api, [ecs(web1, 9001)]);
    await sim.advance(5000);
    await add(api, [ecs(web1, 9001, 40)]);
    expect((await weightsOf(api))[2]).toEqual([web1, 9001, 40, 'Adding']);
    await sim.advance(60_000);
    expect((await weightsOf(api))[2]).toEqual([web1, 9001, 40, 'Available']);
  });

  it.each([
    ['InvalidParameter', 'a server that is there already', web, [ecs(web1, 8080)]],
    [
      'InvalidParameter',
      'an address in a group of instances',
      web,
      [{ ServerType: 'Ip', ServerId: '192.168.10.13', Port: 8080 }],
    ],
    ['InvalidParameter', 'an instance in a group of addresses', pods, [ecs(web1, 80)]],
    ['ResourceNotFound.Ecs', 'an unknown instance', web, [ecs('i-nobody', 8080)]],
    [
      'ResourceNotFound.Eni',
      'an unknown network interface',
      web,
      [{ ServerType: 'Eni', ServerId: 'eni-nobody', Port: 8080 }],
    ],
  ])('answer %s to %s', async (code, _what, group, entries) => {
    expect(await sim.codeOf(add(group, entries))).toBe(code);
  });
});

describe('ListListeners and ListRules', () => {
  it('tell the groups of the default action, and those of the rules', async () => {
    const { Listeners } = await alb('ListListeners', {
      LoadBalancerIds: [balancer],
      ListenerProtocol: 'HTTP',
    });
    expect(Listeners).toMatchObject([
      {
        ListenerId: listener,
        LoadBalancerId: balancer,
        ListenerPort: 80,
        ListenerProtocol: 'HTTP',
        ListenerStatus: 'Running',
        DefaultActions: [
          { Type: 'ForwardGroup', ForwardGroupConfig: { ServerGroupTuples: [{ ServerGroupId: web }] } },
        ],
      },
    ]);
    const { Rules } = await alb('ListRules', { ListenerIds: [listener] });
    expect(Rules).toMatchObject([
      {
        RuleId: 'rule-bp1api00000001',
        ListenerId: listener,
        RuleActions: [
          { Type: 'ForwardGroup', ForwardGroupConfig: { ServerGroupTuples: [{ ServerGroupId: api }] } },
        ],
      },
    ]);
  });

  it('page', async () => {
    const first = await alb('ListListeners', { MaxResults: 1 });
    const second = await alb('ListListeners', { MaxResults: 1, NextToken: first.NextToken });
    expect(second).toMatchObject({ TotalCount: 2, NextToken: '', Listeners: [{ ListenerPort: 443 }] });
  });
});

describe('GetListenerHealthStatus', () => {
  const health = async (params: Row = {}) => {
    const answer = await alb('GetListenerHealthStatus', { ListenerId: listener, ...params });
    return [...(answer.ListenerHealthStatus as Row[]), ...(answer.RuleHealthStatus as Row[])].flatMap(
      ({ ServerGroupInfos }) => ServerGroupInfos as (Row & { NonNormalServers: Row[] })[],
    );
  };
  const ill = async (params: Row = {}) =>
    (await health(params)).flatMap(({ ServerGroupId, NonNormalServers }) =>
      NonNormalServers.map(({ ServerId, Status }) => [ServerGroupId, ServerId, Status]),
    );

  it('says nothing of healthy servers', async () => {
    expect(await health()).toEqual([
      { ServerGroupId: web, ActionType: 'ForwardGroup', HealthCheckEnabled: 'on', NonNormalServers: [] },
    ]);
  });

  it('leaves groups out that only rules use, unless it is asked for them', async () => {
    expect((await health({ IncludeRule: true })).map(({ ServerGroupId }) => ServerGroupId)).toEqual([
      web,
      api,
    ]);
  });

  it('calls a server at weight 0 unused once the job is done', async () => {
    await update(web, [ecs(web1, 8080, 0)]);
    expect(await ill()).toEqual([]);
    await sim.advance(2000);
    expect((await health())[0]?.NonNormalServers).toEqual([
      { ServerId: web1, ServerIp: '192.168.10.11', Port: 8080, Status: 'Unused' },
    ]);
  });

  it('follows a restart a health check later, by whichever name the instance is in the group', async () => {
    await sim.knock('POST', `/instances/${web2}/guest-reboot`);
    expect(await ill({ IncludeRule: true })).toEqual([]);
    await sim.advance(10_000);
    expect(await ill({ IncludeRule: true })).toEqual([
      [web, web2, 'Unhealthy'],
      [api, eni2, 'Unhealthy'],
    ]);
    expect((await health())[0]?.NonNormalServers[0]?.Reason).toEqual({ ReasonCode: 'CONNECT_TIMEOUT' });
    await sim.advance(65_000 + 20_000 + 9_999);
    expect((await health())[0]?.NonNormalServers[0]?.Reason).toEqual({ ReasonCode: 'CONNECT_FAILED' });
    await sim.advance(1);
    expect(await ill({ IncludeRule: true })).toEqual([]);
  });

  it('has no result yet for a server that was just added', async () => {
    await alb('AddServersToServerGroup', { ServerGroupId: web, Servers: [ecs(web3, 8080)] });
    await sim.advance(2000);
    expect(await ill()).toEqual([[web, web3, 'Initial']]);
    await sim.advance(8000);
    expect(await ill()).toEqual([]);
  });

  it.each([
    [true, [[pods, '192.168.10.13', 'Unavailable']]],
    [false, []],
  ])('lists every server of a group without a health check, or none (%s)', async (on, expected) => {
    await startAgain({ switches: { disabledCheckListsServers: on } });
    const params = { ListenerId: 'lsn-bp1shop000000002' };
    expect((await health(params))[0]?.HealthCheckEnabled).toBe('off');
    expect(await ill(params)).toEqual(expected);
  });

  it('pages over the listener and its rules, and knows its own listeners only', async () => {
    const params = { ListenerId: listener, IncludeRule: true, MaxResults: 1 };
    const first = await alb('GetListenerHealthStatus', params);
    expect(first).toMatchObject({ ListenerHealthStatus: [{ ListenerId: listener }], RuleHealthStatus: [] });
    const second = await alb('GetListenerHealthStatus', { ...params, NextToken: first.NextToken });
    expect(second).toMatchObject({
      NextToken: '',
      ListenerHealthStatus: [],
      RuleHealthStatus: [{ RuleId: 'rule-bp1api00000001' }],
    });
    expect(await codeOf('GetListenerHealthStatus', { ...params, MaxResults: 31 })).toBe('InvalidParameter');
    expect(await codeOf('GetListenerHealthStatus', { ListenerId: 'lsn-other' })).toBe(
      'ResourceNotFound.Listener',
    );
  });
});

describe('the connections of an instance', () => {
  const connections = async (id: string) =>
    ((await sim.knock('GET', '/state')).instances as Row[]).find((one) => one.id === id)?.connections;

  beforeEach(async () => {
    const model = { perWeight: 2, halfLifeSeconds: 30 };
    const instances = fleet.instances.map((instance) => ({ ...instance, connections: model }));
    await startAgain({ instances });
  });

  it('follow its weights in all groups, whatever it is called there', async () => {
    expect(await Promise.all([web1, web2, web3].map(connections))).toEqual([640, 300, 200]);
  });

  it('fall when the job is done, not when it begins', async () => {
    await update(web, [ecs(web2, 8080, 0)]);
    await sim.advance(2000);
    expect(await connections(web2)).toBe(300);
    await sim.advance(30_000);
    expect(await connections(web2)).toBe(200);
  });

  it.each([
    ['are cut off at the end of the drain time', { seconds: 60 }, 0],
    ['end by themselves where they are not drained', { enabled: false, seconds: 60 }, 48],
  ])('fall while a server is removed, and %s', async (_what, drain, atTheEnd) => {
    await startAgain({
      instances: [{ ...fleet.instances[2]!, connections: { perWeight: 2, halfLifeSeconds: 30 } }],
      serverGroups: [{ id: web, drain, servers: [{ server: web3, port: 80 }] }],
      applicationLoadBalancers: [],
    });
    await alb('RemoveServersFromServerGroup', { ServerGroupId: web, Servers: [ecs(web3, 80)] });
    await sim.advance(30_000);
    expect(await connections(web3)).toBe(100);
    await sim.advance(32_000);
    expect(await connections(web3)).toBe(atTheEnd);
  });
});

describe('the front door', () => {
  it('shows all servers with the weights that traffic goes by', async () => {
    await update(web, [ecs(web1, 8080, 0)]);
    const state = (await sim.knock('GET', '/state')).groups as Row[];
    expect(state[0]).toEqual({
      product: 'alb',
      group: web,
      server: web1,
      instance: web1,
      port: 8080,
      weight: 100,
      status: 'Configuring',
      health: 'normal',
    });
    expect(state.map(({ group, instance, weight }) => [group, instance, weight])).toEqual([
      [web, web1, 100],
      [web, web2, 50],
      [api, web1, 100],
      [api, web1, 20],
      [api, web2, 100],
      [pods, web3, 100],
      ['sgp-bp1tcp0000000001', web1, 100],
    ]);
  });

  it('lets a person change a weight by hand', async () => {
    await sim.knock('PUT', '/weights', { group: api, server: web1, port: 9001, weight: 7 });
    expect((await weightsOf(api))[1]).toEqual([web1, 9001, 7, 'Available']);
    const { writes } = (await sim.knock('GET', '/writes')) as { writes: Row[] };
    expect(writes).toMatchObject([{ product: 'person', action: 'SetWeight', target: api }]);
    const stranger = sim.knock('PUT', '/weights', { group: web, server: web3, weight: 7 });
    await expect(stranger).rejects.toThrow(`${web}: no backend ${web3}:*`);
  });

  it('gives an instance another address and another network interface', async () => {
    await sim.knock('PATCH', `/instances/${web2}`, { privateIp: '192.168.10.99', eni: 'eni-bp1other' });
    const { Instances } = (await sim.call('ecs', 'DescribeInstances', {
      InstanceIds: JSON.stringify([web2]),
    })) as { Instances: { Instance: Row[] } };
    expect(Instances.Instance[0]).toMatchObject({
      VpcAttributes: { PrivateIpAddress: { IpAddress: ['192.168.10.99'] } },
      NetworkInterfaces: {
        NetworkInterface: [
          {
            NetworkInterfaceId: 'eni-bp1other',
            Type: 'Primary',
            PrimaryIpAddress: '192.168.10.99',
            PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: '192.168.10.99', Primary: true }] },
          },
        ],
      },
    });
    expect((await servers({ ServerGroupId: web }))[1]).toMatchObject({ ServerIp: '192.168.10.99' });
    const answer = await alb('GetListenerHealthStatus', { ListenerId: listener, IncludeRule: true });
    expect(answer.RuleHealthStatus).toMatchObject([
      { ServerGroupInfos: [{ NonNormalServers: [{ ServerId: eni2, Status: 'Unhealthy' }] }] },
    ]);
  });

  it.each([
    [false, 1],
    [true, 2],
  ])('releases an instance, which may stay listed (%s)', async (releasedStayInGroups, count) => {
    await sim.knock('PUT', '/switches', { releasedStayInGroups });
    await sim.knock('DELETE', `/instances/${web1}`);
    expect(await weightsOf(web)).toHaveLength(count);
  });

  it('notes the group that a write acts on', async () => {
    await update(web, [ecs(web1, 8080, 0)]);
    const { writes } = (await sim.knock('GET', '/writes')) as { writes: Row[] };
    expect(writes).toMatchObject([
      { product: 'alb', action: 'UpdateServerGroupServersAttribute', target: web, outcome: 'done' },
    ]);
  });
});

describe('the limit of writes', () => {
  it('is 200 a minute for each API', async () => {
    await startAgain({ settings: { albJobSeconds: 0 } });
    for (let i = 0; i < 200; i += 1) await update(web, [ecs(web1, 8080, 0)]);
    expect(await sim.codeOf(update(web, [ecs(web1, 8080, 0)]))).toBe('Throttling.User');
    await sim.advance(60_000);
    expect(await sim.codeOf(update(web, [ecs(web1, 8080, 0)]))).toBeUndefined();
  });
});

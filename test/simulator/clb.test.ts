import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const web3 = 'i-bp1web0000000000003';
const LoadBalancerId = 'lb-bp1web0000001';
const VServerGroupId = 'rsp-bp1grp000001';

const boot = { stopSeconds: 15, bootSeconds: 60, agentSeconds: 20, applicationSeconds: 20 };
const fleet = {
  instances: [
    { id: web1, zone: 'cn-hangzhou-h', privateIp: '192.168.10.11', boot },
    { id: web2, zone: 'cn-hangzhou-h', boot },
    { id: web3, zone: 'cn-hangzhou-i', boot, status: 'Stopped' as const },
  ],
  loadBalancers: [
    {
      id: LoadBalancerId,
      name: 'web-public',
      healthCheckSeconds: 10,
      listeners: [
        { port: 80, protocol: 'http' as const, backendPort: 8080 },
        { port: 443, protocol: 'https' as const, backendPort: 8443, vServerGroup: VServerGroupId },
      ],
      defaultGroup: [{ server: web1 }, { server: web2, weight: 50 }],
      vServerGroups: [
        {
          id: VServerGroupId,
          name: 'web-tls',
          backends: [
            { server: web1, port: 8443 },
            { server: web1, port: 9443, weight: 20 },
          ],
        },
      ],
    },
    { id: 'lb-bp1other00001', defaultGroup: [{ server: web2 }] },
  ],
};

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(fleet);
});
afterEach(() => sim.close());

type Row = Record<string, unknown>;
const slb = (action: string, params: Row = {}) => sim.call('slb', action, params);
const backends = (servers: Row[]) => ({ BackendServers: JSON.stringify(servers) });
const rowsOf = (answer: Row) => (answer.BackendServers as { BackendServer: Row[] }).BackendServer;
const codeOf = (action: string, params: Row) => sim.codeOf(slb(action, params));
const weightsOf = async () => {
  const row = ({ ServerId, Port, Weight }: Row) => [ServerId, Port, Weight];
  const group = await slb('DescribeVServerGroupAttribute', { VServerGroupId });
  const attribute = await slb('DescribeLoadBalancerAttribute', { LoadBalancerId });
  return { default: rowsOf(attribute).map(row), group: rowsOf(group).map(row) };
};

describe('DescribeLoadBalancers', () => {
  const idsOf = (answer: Row) =>
    (answer.LoadBalancers as { LoadBalancer: Row[] }).LoadBalancer.map((one) => one.LoadBalancerId);

  it.each([
    [web1, [LoadBalancerId]],
    [web2, [LoadBalancerId, 'lb-bp1other00001']],
    [web3, []],
  ])('finds where %s is a member', async (ServerId, expected) => {
    expect(idsOf(await slb('DescribeLoadBalancers', { ServerId }))).toEqual(expected);
  });

  it('finds a member of a vServer group alone', async () => {
    await slb('RemoveBackendServers', { LoadBalancerId, ...backends([{ ServerId: web1 }]) });
    expect(idsOf(await slb('DescribeLoadBalancers', { ServerId: web1 }))).toEqual([LoadBalancerId]);
  });

  it('honours the page size only together with a page number', async () => {
    expect(idsOf(await slb('DescribeLoadBalancers', { PageSize: 1 }))).toHaveLength(2);
    const page = await slb('DescribeLoadBalancers', { PageSize: 1, PageNumber: 2 });
    expect(idsOf(page)).toEqual(['lb-bp1other00001']);
    expect([page.PageNumber, page.PageSize, page.TotalCount]).toEqual([2, 1, 2]);
  });

  it('needs the region, which must be the right one', async () => {
    expect(await codeOf('DescribeLoadBalancers', { RegionId: '' })).toBe('MissingParameter');
    expect(await codeOf('DescribeLoadBalancers', { RegionId: 'cn-beijing' })).toBe(
      'InvalidRegionId.NotFound',
    );
  });
});

describe('DescribeLoadBalancerAttribute', () => {
  it('shows the default group with weights as numbers', async () => {
    expect(rowsOf(await slb('DescribeLoadBalancerAttribute', { LoadBalancerId }))).toEqual([
      { ServerId: web1, Weight: 100, Type: 'ecs', ServerIp: '', Description: '' },
      { ServerId: web2, Weight: 50, Type: 'ecs', ServerIp: '', Description: '' },
    ]);
  });

  it('tells the listeners twice, once with the odd spelling', async () => {
    expect(await slb('DescribeLoadBalancerAttribute', { LoadBalancerId })).toMatchObject({
      ListenerPorts: { ListenerPort: [80, 443] },
      ListenerPortsAndProtocol: {
        ListenerPortAndProtocol: [{ ListenerPort: 80, ListenerProtocol: 'http' }, { ListenerPort: 443 }],
      },
      ListenerPortsAndProtocal: {
        ListenerPortAndProtocal: [{ ListenerPort: 80, ListenerProtocal: 'http' }, { ListenerPort: 443 }],
      },
    });
  });

  it('does not know other load balancers', async () => {
    const code = await codeOf('DescribeLoadBalancerAttribute', { LoadBalancerId: 'lb-other' });
    expect(code).toBe('InvalidLoadBalancerId.NotFound');
  });
});

describe('SetBackendServers', () => {
  it('changes the weights it names, and answers weights as text', async () => {
    const answer = await slb('SetBackendServers', {
      LoadBalancerId,
      ...backends([{ ServerId: web1, Weight: '0', Type: 'ecs' }]),
    });
    expect(rowsOf(answer).map(({ ServerId, Weight }) => [ServerId, Weight])).toEqual([
      [web1, '0'],
      [web2, '50'],
    ]);
    expect((await weightsOf()).default).toEqual([
      [web1, undefined, 0],
      [web2, undefined, 50],
    ]);
  });

  it('adds nobody', async () => {
    await slb('SetBackendServers', { LoadBalancerId, ...backends([{ ServerId: web3, Weight: 100 }]) });
    expect((await weightsOf()).default).toHaveLength(2);
  });

  it.each([
    ['BackendServersMalformed', 'no json'],
    ['BackendServersMalformed', '{"ServerId":"i-1"}'],
    ['BackendServersMalformed', '[{"Weight":1}]'],
    ['InvalidWeight.Malformed', '[{"ServerId":"i-1","Weight":101}]'],
    ['TooManyBackendServers', JSON.stringify(Array.from({ length: 21 }, (_, i) => ({ ServerId: `i-${i}` })))],
    ['MissingParameter', ''],
  ])('answers %s to %s', async (code, BackendServers) => {
    expect(await codeOf('SetBackendServers', { LoadBalancerId, BackendServers })).toBe(code);
  });
});

describe('AddBackendServers and RemoveBackendServers', () => {
  it('add only what is running and not there yet', async () => {
    const add = (ServerId: string) => ({ LoadBalancerId, ...backends([{ ServerId, Weight: 10 }]) });
    expect(await codeOf('AddBackendServers', add(web3))).toBe('ObtainIpFail');
    expect(await codeOf('AddBackendServers', add('i-nobody'))).toBe('ObtainIpFail');
    expect(await codeOf('AddBackendServers', add(web2))).toBe('InvalidParameter');
  });

  it('take a server out and in again', async () => {
    const removed = await slb('RemoveBackendServers', {
      LoadBalancerId,
      ...backends([{ ServerId: web1 }, { ServerId: 'i-nobody' }]),
    });
    expect(rowsOf(removed).map(({ ServerId, Weight }) => [ServerId, Weight])).toEqual([[web2, 50]]);
    const twice = backends([
      { ServerId: web1, Weight: 10 },
      { ServerId: web1, Weight: 90 },
    ]);
    const added = await slb('AddBackendServers', { LoadBalancerId, ...twice });
    expect(rowsOf(added).map(({ ServerId, Weight }) => [ServerId, Weight])).toEqual([
      [web2, '50'],
      [web1, '10'],
    ]);
  });
});

describe('a vServer group', () => {
  it('is listed without its backends', async () => {
    const answer = await slb('DescribeVServerGroups', { LoadBalancerId, IncludeListener: true });
    expect(answer.VServerGroups).toEqual({
      VServerGroup: [
        {
          VServerGroupId,
          VServerGroupName: 'web-tls',
          CreateTime: '2026-03-02T02:49:05Z',
          AssociatedObjects: {
            Listeners: { Listener: [{ Port: 443, Protocol: 'https' }] },
            Rules: { Rule: [] },
          },
          Tags: { Tag: [] },
        },
      ],
    });
  });

  it('may hold one server on several ports, each with its weight', async () => {
    expect((await weightsOf()).group).toEqual([
      [web1, 8443, 100],
      [web1, 9443, 20],
    ]);
  });

  it('changes the weight of one port and answers weights as numbers', async () => {
    const answer = await slb('SetVServerGroupAttribute', {
      VServerGroupId,
      ...backends([{ ServerId: web1, Port: '9443', Weight: '0' }]),
    });
    expect(rowsOf(answer).map(({ Port, Weight }) => [Port, Weight])).toEqual([
      [8443, 100],
      [9443, 0],
    ]);
  });

  it('takes servers in and out by port', async () => {
    await slb('AddVServerGroupBackendServers', {
      VServerGroupId,
      ...backends([{ ServerId: web2, Port: 8443 }]),
    });
    await slb('RemoveVServerGroupBackendServers', {
      VServerGroupId,
      ...backends([{ ServerId: web1, Port: 9443 }]),
    });
    expect((await weightsOf()).group).toEqual([
      [web1, 8443, 100],
      [web2, 8443, 100],
    ]);
  });

  it('needs a port with every server', async () => {
    const params = { VServerGroupId, ...backends([{ ServerId: web1, Weight: 0 }]) };
    expect(await codeOf('SetVServerGroupAttribute', params)).toBe('InvalidParameter');
  });

  it('that does not exist is answered with a generic code', async () => {
    expect(await codeOf('DescribeVServerGroupAttribute', { VServerGroupId: 'rsp-other' })).toBe(
      'InvalidParameter',
    );
  });
});

describe('the lock of a load balancer', () => {
  const drain = backends([{ ServerId: web1, Port: 8443, Weight: 0 }]);

  beforeEach(async () => {
    await sim.close();
    sim = await startSimulator({ ...fleet, settings: { clbBusySeconds: 2 } });
  });

  it('refuses a write right after another, to a different group too', async () => {
    await slb('SetBackendServers', { LoadBalancerId, ...drain });
    expect(await codeOf('SetBackendServers', { LoadBalancerId, ...drain })).toBe('BackendServer.configuring');
    expect(await codeOf('SetVServerGroupAttribute', { VServerGroupId, ...drain })).toBe(
      'VServerGroupProcessing',
    );
    expect((await weightsOf()).group[0]).toEqual([web1, 8443, 100]);
  });

  it('opens after some seconds', async () => {
    await slb('SetBackendServers', { LoadBalancerId, ...drain });
    await sim.advance(2000);
    await slb('SetVServerGroupAttribute', { VServerGroupId, ...drain });
    expect((await weightsOf()).group[0]).toEqual([web1, 8443, 0]);
  });

  it('is one per load balancer', async () => {
    await slb('SetBackendServers', { LoadBalancerId, ...drain });
    const other = { LoadBalancerId: 'lb-bp1other00001', ...backends([{ ServerId: web2, Weight: 1 }]) };
    expect(rowsOf(await slb('SetBackendServers', other))).toMatchObject([{ Weight: '1' }]);
  });
});

describe('DescribeHealthStatus', () => {
  const healthOf = async (params: Row = {}) =>
    rowsOf(await slb('DescribeHealthStatus', { LoadBalancerId, ...params })).map(
      ({ ListenerPort, Port, ServerId, ServerHealthStatus }) => [
        ListenerPort,
        Port,
        ServerId,
        ServerHealthStatus,
      ],
    );

  it('has a row per listener, backend port and server', async () => {
    expect(await healthOf()).toEqual([
      [80, 8080, web1, 'normal'],
      [80, 8080, web2, 'normal'],
      [443, 8443, web1, 'normal'],
      [443, 9443, web1, 'normal'],
    ]);
    expect(await healthOf({ ListenerPort: 443 })).toHaveLength(2);
    expect(await codeOf('DescribeHealthStatus', { LoadBalancerId, ListenerPort: 81 })).toBe(
      'ListenerNotFound',
    );
  });

  it('follows a restart a health check later', async () => {
    await sim.knock('POST', `/instances/${web1}/guest-reboot`);
    const health = async () => (await healthOf({ ListenerPort: 80 }))[0]?.[3];
    expect(await health()).toBe('normal');
    await sim.advance(10_000);
    expect(await health()).toBe('abnormal');
    await sim.advance(65_000 + 20_000 + 9_999);
    expect(await health()).toBe('abnormal');
    await sim.advance(1);
    expect(await health()).toBe('normal');
  });

  it('has no result yet for a server that was just added', async () => {
    const params = { LoadBalancerId, ...backends([{ ServerId: web1 }]) };
    await slb('RemoveBackendServers', params);
    await slb('AddBackendServers', params);
    expect((await healthOf({ ListenerPort: 80 }))[1]?.[3]).toBe('unavailable');
    await sim.advance(10_000);
    expect((await healthOf({ ListenerPort: 80 }))[1]?.[3]).toBe('normal');
  });

  it.each([
    [true, 2],
    [false, 1],
  ])('shows servers at weight 0 or not (%s)', async (clbReportsWeightZeroHealth, rows) => {
    await sim.close();
    sim = await startSimulator({ ...fleet, switches: { clbReportsWeightZeroHealth } });
    await slb('SetBackendServers', { LoadBalancerId, ...backends([{ ServerId: web1, Weight: 0 }]) });
    expect(await healthOf({ ListenerPort: 80 })).toHaveLength(rows);
  });
});

describe('DescribeLoadBalancerListeners', () => {
  it('answers a flat list', async () => {
    const answer = await slb('DescribeLoadBalancerListeners', { LoadBalancerId: [LoadBalancerId] });
    expect(answer.Listeners).toMatchObject([
      { ListenerPort: 80, ListenerProtocol: 'http', BackendServerPort: 8080 },
      { ListenerPort: 443, ListenerProtocol: 'https', VServerGroupId },
    ]);
  });
});

describe('the limit of writes', () => {
  it('is 90 a minute for each API', async () => {
    const params = { LoadBalancerId, ...backends([{ ServerId: web1, Weight: 0 }]) };
    for (let i = 0; i < 90; i += 1) await slb('SetBackendServers', params);
    expect(await codeOf('SetBackendServers', params)).toBe('Throttling.User');
    await sim.advance(60_000);
    expect(rowsOf(await slb('SetBackendServers', params))).toHaveLength(2);
  });
});

describe('a network interface', () => {
  const card = 'eni-bp1web0000000000001';
  const drain = (weight: number, ip = '192.168.10.11') => ({
    LoadBalancerId,
    ...backends([{ ServerId: card, ServerIp: ip, Type: 'eni', Weight: weight }]),
  });
  const group = async () => rowsOf(await slb('DescribeLoadBalancerAttribute', { LoadBalancerId }));

  beforeEach(async () => {
    await sim.close();
    sim = await startSimulator({
      instances: [{ id: web1, zone: 'cn-hangzhou-h', privateIp: '192.168.10.11', eni: card }],
      loadBalancers: [
        {
          id: LoadBalancerId,
          listeners: [{ port: 80, backendPort: 8080 }],
          defaultGroup: [{ server: card, ip: '192.168.10.11', weight: 60 }],
        },
      ],
    });
  });

  it('is a backend by its own name, and is as well as its instance', async () => {
    expect(await group()).toEqual([
      { ServerId: card, Weight: 60, Type: 'eni', ServerIp: '192.168.10.11', Description: '' },
    ]);
    const health = async () => rowsOf(await slb('DescribeHealthStatus', { LoadBalancerId }));
    expect(await health()).toMatchObject([{ ServerId: card, ServerHealthStatus: 'normal' }]);
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Stopped' });
    await sim.advance(10_000);
    expect(await health()).toMatchObject([{ ServerHealthStatus: 'abnormal' }]);
  });

  it('is not found by the id of its instance', async () => {
    expect(await slb('DescribeLoadBalancers', { ServerId: web1 })).toMatchObject({ TotalCount: 0 });
    expect(await slb('DescribeLoadBalancers', { ServerId: card })).toMatchObject({ TotalCount: 1 });
  });

  it('is told apart by its address', async () => {
    await slb('SetBackendServers', drain(0, '192.168.10.99'));
    expect(await group()).toMatchObject([{ Weight: 60 }]);
    await slb('SetBackendServers', drain(0));
    expect(await group()).toMatchObject([{ Weight: 0 }]);
  });

  it('is taken out and added again, with its address', async () => {
    await slb('RemoveBackendServers', drain(0));
    expect(await group()).toEqual([]);
    expect(rowsOf(await slb('AddBackendServers', drain(60)))).toEqual([
      { ServerId: card, Weight: '60', Type: 'eni', ServerIp: '192.168.10.11', Description: '' },
    ]);
  });

  it.each([
    ['BackendServer.InvalidType', { Type: 'ecs' }],
    ['InvalidParameter', { ServerIp: undefined }],
    ['ObtainIpFail', { ServerId: 'eni-nobody' }],
  ])('is refused with %s when it is added with %j', async (code, change) => {
    await slb('RemoveBackendServers', drain(0));
    const entry = { ServerId: card, ServerIp: '192.168.10.11', Type: 'eni', ...change };
    expect(await codeOf('AddBackendServers', { LoadBalancerId, ...backends([entry]) })).toBe(code);
  });

  it('leaves with its instance', async () => {
    await sim.knock('DELETE', `/instances/${web1}`);
    expect(await group()).toEqual([]);
  });
});

describe('a load balancer with rules and a master/slave group', () => {
  const pair = 'rsp-bp1pair000001';
  const api = 'rsp-bp1api0000001';
  const pairOf = async () =>
    ((await sim.knock('GET', '/state')) as { masterSlaveGroups: Row[] }).masterSlaveGroups;
  const connections = async () =>
    ((await sim.knock('GET', '/state')) as { instances: Row[] }).instances.map((one) => one.connections);

  beforeEach(async () => {
    await sim.close();
    sim = await startSimulator({
      instances: [web1, web2].map((id) => ({
        id,
        zone: 'cn-hangzhou-h',
        boot,
        connections: { perWeight: 1, halfLifeSeconds: 10 },
      })),
      loadBalancers: [
        {
          id: LoadBalancerId,
          healthCheckSeconds: 10,
          listeners: [
            {
              port: 80,
              backendPort: 8080,
              rules: [{ id: 'rule-bp1api000001', domain: 'api.example.com', url: '/v1', vServerGroup: api }],
            },
            {
              port: 3306,
              protocol: 'tcp',
              backendPort: 3306,
              masterSlaveGroup: pair,
              drainSeconds: 300,
              persistenceSeconds: 60,
            },
            { port: 53, protocol: 'udp', backendPort: 53 },
          ],
          vServerGroups: [{ id: api, backends: [{ server: web1, port: 9000, weight: 0 }] }],
          masterSlaveGroups: [
            { id: pair, master: { server: web1, port: 3306 }, slave: { server: web2, port: 3306 } },
          ],
        },
      ],
    });
  });

  it('shows a group that only a rule uses, when it is asked for rules', async () => {
    const asked = { LoadBalancerId, IncludeListener: true };
    const groups = async (more: Row) =>
      (
        (await slb('DescribeVServerGroups', { ...asked, ...more })).VServerGroups as {
          VServerGroup: Row[];
        }
      ).VServerGroup.map((one) => one.AssociatedObjects);
    const rule = {
      RuleId: 'rule-bp1api000001',
      RuleName: 'rule-bp1api000001',
      Domain: 'api.example.com',
      Url: '/v1',
    };
    expect(await groups({ IncludeRule: true })).toEqual([
      { Listeners: { Listener: [] }, Rules: { Rule: [rule] } },
    ]);
    expect(await groups({})).toEqual([{ Listeners: { Listener: [] }, Rules: { Rule: [] } }]);
    expect(rowsOf(await slb('DescribeHealthStatus', { LoadBalancerId, ListenerPort: 80 }))).toMatchObject([
      { ServerId: web1, Port: 9000, ServerHealthStatus: 'normal' },
    ]);
  });

  it('tells the drain time and the persistence of listeners that forward connections', async () => {
    const answer = await slb('DescribeLoadBalancerListeners', { LoadBalancerId: [LoadBalancerId] });
    expect(answer.Listeners).toMatchObject([
      { ListenerPort: 80, HTTPListenerConfig: { HealthCheck: 'on', StickySession: 'off' } },
      {
        ListenerPort: 3306,
        TCPListenerConfig: {
          ConnectionDrain: 'on',
          ConnectionDrainTimeout: 300,
          PersistenceTimeout: 60,
          MasterSlaveServerGroupId: pair,
        },
      },
      { ListenerPort: 53, UDPListenerConfig: { ConnectionDrain: 'off', PersistenceTimeout: 0 } },
    ]);
  });

  it('lists its master/slave groups, and shows who is what in them', async () => {
    const listed = await slb('DescribeMasterSlaveServerGroups', { LoadBalancerId, IncludeListener: true });
    expect(listed).toMatchObject({
      MasterSlaveServerGroups: {
        MasterSlaveServerGroup: [
          {
            MasterSlaveServerGroupId: pair,
            AssociatedObjects: { Listeners: { Listener: [{ Port: 3306, Protocol: 'tcp' }] } },
          },
        ],
      },
    });
    const shown = await slb('DescribeMasterSlaveServerGroupAttribute', { MasterSlaveServerGroupId: pair });
    expect(shown).toMatchObject({
      LoadBalancerId,
      MasterSlaveBackendServers: {
        MasterSlaveBackendServer: [
          { ServerId: web1, Port: 3306, Weight: 100, ServerType: 'Master', Type: 'ecs' },
          { ServerId: web2, Port: 3306, Weight: 100, ServerType: 'Slave', Type: 'ecs' },
        ],
      },
    });
    const other = { MasterSlaveServerGroupId: 'rsp-other' };
    expect(await codeOf('DescribeMasterSlaveServerGroupAttribute', other)).toBe('InvalidParameter');
    expect(await slb('DescribeLoadBalancers', { ServerId: web2 })).toMatchObject({ TotalCount: 1 });
  });

  it('has no call that changes a master/slave group', async () => {
    const params = { MasterSlaveServerGroupId: pair, ...backends([{ ServerId: web1, Weight: 0 }]) };
    for (const action of ['SetMasterSlaveServerGroupAttribute', 'ModifyMasterSlaveServerGroup']) {
      expect(await codeOf(action, params)).toBe('InvalidAction.NotFound');
    }
    expect(await codeOf('SetVServerGroupAttribute', { VServerGroupId: pair })).toBe('InvalidParameter');
  });

  it('checks the master only, and sends its traffic to the slave while the master fails', async () => {
    const checked = await slb('DescribeHealthStatus', { LoadBalancerId, ListenerPort: 3306 });
    expect(rowsOf(checked)).toMatchObject([{ ServerId: web1, ServerHealthStatus: 'normal' }]);
    expect(await pairOf()).toEqual([{ loadBalancer: LoadBalancerId, group: pair, serving: web1 }]);
    expect(await connections()).toEqual([100, 0]);
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.advance(9_999);
    expect(await pairOf()).toMatchObject([{ serving: web1 }]);
    await sim.advance(1);
    expect(await pairOf()).toMatchObject([{ serving: web2 }]);
    expect(await connections()).toEqual([0, 100]);
  });

  it('sends it back by itself when the master is well again', async () => {
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.advance(15_000 + 60_000 + 20_000 + 9_999);
    expect(await pairOf()).toMatchObject([{ serving: web2 }]);
    await sim.advance(1);
    expect(await pairOf()).toMatchObject([{ serving: web1 }]);
    await sim.advance(10_000);
    expect(await connections()).toEqual([100, 50]);
  });
});

import { refusalOf } from '../../support/failing';
import { instance } from '../../support/fleets';
import { openSimulatedWorld } from '../../support/simulated-world';
import type { SimulatedWorld } from '../../support/simulated-world';
import { keepsTheContract } from './contract';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const place = { kind: 'clb', loadBalancer: 'lb-bp1web0000001' } as const;
const inGroup = { ...place, vServerGroup: 'rsp-bp1grp000001' };

let simulated: SimulatedWorld;
beforeEach(async () => {
  simulated = await openSimulatedWorld({
    instances: [instance(1), instance(2)],
    loadBalancers: [
      {
        id: 'lb-bp1web0000001',
        name: 'web-public',
        healthCheckSeconds: 10,
        listeners: [
          { port: 80, protocol: 'http', backendPort: 8080 },
          { port: 443, protocol: 'https', backendPort: 8443, vServerGroup: 'rsp-bp1grp000001' },
        ],
        defaultGroup: [
          { server: web1, weight: 100 },
          { server: web2, weight: 0 },
        ],
        vServerGroups: [
          {
            id: 'rsp-bp1grp000001',
            name: 'web-https',
            backends: [
              { server: web1, port: 8443, weight: 100 },
              { server: web1, port: 8444, weight: 50 },
              { server: web2, port: 8443, weight: 100 },
            ],
          },
        ],
      },
    ],
  });
});
afterEach(() => simulated.close());

const zero = () =>
  simulated.world.cloud.traffic.write(web1, [
    { group: 'clb/lb-bp1web0000001/default', how: 'weights', servers: [{ weight: 0 }] },
  ]);

const all = [
  {
    key: `clb/lb-bp1web0000001/default/${web1}`,
    group: 'clb/lb-bp1web0000001/default',
    weight: 100,
    lane: 'clb/lb-bp1web0000001',
  },
  {
    key: `clb/lb-bp1web0000001/rsp-bp1grp000001/8443/${web1}`,
    group: 'clb/lb-bp1web0000001/rsp-bp1grp000001',
    port: 8443,
    weight: 100,
    lane: 'clb/lb-bp1web0000001',
  },
  {
    key: `clb/lb-bp1web0000001/rsp-bp1grp000001/8444/${web1}`,
    group: 'clb/lb-bp1web0000001/rsp-bp1grp000001',
    port: 8444,
    weight: 50,
    lane: 'clb/lb-bp1web0000001',
  },
];

describe('traffic of the Classic Load Balancer', () => {
  it('finds every membership when the place names only the load balancer', async () => {
    expect(await simulated.world.cloud.traffic.memberships(web1, [place])).toEqual(all);
  });

  it('finds those of one vServer group, or of one port of it', async () => {
    const { traffic } = simulated.world.cloud;
    expect(await traffic.memberships(web1, [inGroup])).toEqual(all.slice(1));
    expect(await traffic.memberships(web1, [{ ...inGroup, port: 8444 }])).toEqual(all.slice(2));
  });

  it('names a membership once when places overlap, and none for a stranger', async () => {
    const { traffic } = simulated.world.cloud;
    expect(await traffic.memberships(web1, [inGroup, place])).toHaveLength(3);
    expect(await traffic.memberships('i-bp1stranger', [place])).toEqual([]);
  });

  it('changes the weights it is told and no others', async () => {
    const { traffic } = simulated.world.cloud;
    await zero();
    await traffic.write(web1, [
      {
        group: 'clb/lb-bp1web0000001/rsp-bp1grp000001',
        how: 'weights',
        servers: [
          { port: 8443, weight: 0 },
          { port: 8444, weight: 7 },
        ],
      },
    ]);
    const weights = async (id: string) =>
      (await traffic.memberships(id, [place])).map(({ weight }) => weight);
    expect(await weights(web1)).toEqual([0, 0, 7]);
    expect(await weights(web2)).toEqual([0, 100]);
    expect((await simulated.simulator.knock('GET', '/writes')).writes).toHaveLength(2);
  });

  it('tells the health of every server, and whose it is', async () => {
    const healthIn = async (at: typeof place) => {
      const servers = await simulated.world.cloud.traffic.survey([web1], [at]);
      return Object.fromEntries(
        servers.map(({ key, health }) => [key.replace('clb/lb-bp1web0000001/', ''), health]),
      );
    };
    expect(await healthIn(place)).toMatchObject({ [`default/${web1}`]: 'normal' });
    await simulated.simulator.knock('PATCH', `/instances/${web2}`, { status: 'Stopped' });
    await simulated.advance(60);
    expect(await healthIn(inGroup)).toEqual({
      [`rsp-bp1grp000001/8443/${web1}`]: 'normal',
      [`rsp-bp1grp000001/8444/${web1}`]: 'normal',
      [`rsp-bp1grp000001/8443/${web2}`]: 'abnormal',
    });
  });

  it('tells the health in the default group also where a vServer group has the same servers at the same port', async () => {
    const backends = [web1, web2].map((server) => ({ server, port: 8080, weight: 100 }));
    const both = await openSimulatedWorld({
      instances: [instance(1), instance(2)],
      loadBalancers: [
        {
          id: 'lb-bp1web0000001',
          healthCheckSeconds: 10,
          listeners: [
            { port: 80, backendPort: 8080 },
            { port: 81, backendPort: 8080, vServerGroup: 'rsp-bp1grp000001' },
          ],
          defaultGroup: [web1, web2].map((server) => ({ server, weight: 100 })),
          vServerGroups: [{ id: 'rsp-bp1grp000001', backends }],
        },
      ],
    });
    await both.simulator.knock('PATCH', `/instances/${web2}`, { status: 'Stopped' });
    await both.advance(60);
    const servers = await both.world.cloud.traffic.survey([web1], [place]);
    expect(servers.map(({ group, instanceId, health }) => [group, instanceId, health])).toEqual([
      ['clb/lb-bp1web0000001/default', web1, 'normal'],
      ['clb/lb-bp1web0000001/default', web2, 'abnormal'],
      ['clb/lb-bp1web0000001/rsp-bp1grp000001', web1, 'normal'],
      ['clb/lb-bp1web0000001/rsp-bp1grp000001', web2, 'abnormal'],
    ]);
    await both.close();
  });

  it('says that a write may have worked when its answer was lost after the effect', async () => {
    const { traffic } = simulated.world.cloud;
    await simulated.simulator.knock('POST', '/faults', { name: 'drop-after', product: 'slb' });
    const error = await refusalOf(zero());
    expect(error.code).toBe('ConnectionLost');
    expect(error.detail.mayHaveWorked).toBe(true);
    expect((await traffic.memberships(web1, [place]))[0]?.weight).toBe(0);
  });

  it('waits for the next minute when it is throttled', async () => {
    await simulated.advance(20);
    await simulated.simulator.knock('POST', '/faults', {
      name: 'throttle',
      product: 'slb',
      action: 'SetBackendServers',
    });
    const write = () => zero();
    const { detail } = await refusalOf(write());
    expect(detail).toMatchObject({ worthRepeating: true, mayHaveWorked: false });
    expect(((detail.retryAt ?? 0) - simulated.world.now()) / 1000).toBe(40);
    await simulated.advance(40);
    await write();
  });

  it('does not repeat what cannot work', async () => {
    const { traffic } = simulated.world.cloud;
    const error = await refusalOf(traffic.memberships(web1, [{ kind: 'clb', loadBalancer: 'lb-no' }]));
    expect(error.detail.worthRepeating).toBe(false);
  });

  it('refuses a group it cannot read and more ports than one call takes', async () => {
    const { traffic } = simulated.world.cloud;
    const write = (group: string, servers: readonly { port?: number; weight: number }[]) =>
      traffic.write(web1, [{ group, how: 'weights', servers }]);
    await expect(write('elb/x/y', [{ weight: 0 }])).rejects.toThrow('found "elb/x/y"');
    const many = Array.from({ length: 21 }, (_, port) => ({ port, weight: 0 }));
    await expect(write('clb/lb/rsp', many)).rejects.toThrow('one call takes 20');
  });
});

describe('what is special about the Classic Load Balancer', () => {
  const balancer = 'lb-bp1tcp0000001';
  beforeEach(async () => {
    await simulated.close();
    simulated = await openSimulatedWorld({
      instances: [
        { ...instance(1), eni: 'eni-bp1card000000001', privateIp: '192.168.10.11' },
        { ...instance(2), privateIp: '192.168.10.12' },
      ],
      loadBalancers: [
        {
          id: balancer,
          healthCheckSeconds: 10,
          listeners: [
            {
              port: 3306,
              protocol: 'tcp',
              backendPort: 3306,
              masterSlaveGroup: 'rsp-bp1pair0001',
              persistenceSeconds: 900,
            },
            { port: 9000, protocol: 'tcp', backendPort: 9000, drainSeconds: 300 },
            {
              port: 80,
              backendPort: 80,
              vServerGroup: 'rsp-bp1cards001',
              rules: [
                {
                  id: 'rule-bp1api001',
                  domain: 'api.example.com',
                  url: '/v1',
                  vServerGroup: 'rsp-bp1rule0001',
                },
              ],
            },
          ],
          vServerGroups: [
            {
              id: 'rsp-bp1cards001',
              name: 'cards',
              backends: [{ server: 'eni-bp1card000000001', ip: '192.168.10.11', port: 80, weight: 60 }],
            },
            { id: 'rsp-bp1rule0001', name: 'api', backends: [{ server: web1, port: 8080, weight: 20 }] },
          ],
          masterSlaveGroups: [
            {
              id: 'rsp-bp1pair0001',
              name: 'db',
              master: { server: web1, port: 3306 },
              slave: { server: web2, port: 3306 },
            },
          ],
        },
      ],
    });
  });
  const at = { kind: 'clb', loadBalancer: balancer } as const;

  it('finds an instance by its network card, in groups that only rules use, and in master/slave groups', async () => {
    const { traffic } = simulated.world.cloud;
    const found = await traffic.memberships(web1, 'discover');
    expect(
      found.map(({ group, port, weight, fixed, server }) => [group, port, weight, fixed, server?.id]),
    ).toEqual([
      [`clb/${balancer}/rsp-bp1cards001`, 80, 60, undefined, 'eni-bp1card000000001'],
      [`clb/${balancer}/rsp-bp1rule0001`, 8080, 20, undefined, undefined],
      [`clb/${balancer}/rsp-bp1pair0001`, 3306, 100, 'master', undefined],
    ]);
    expect(await traffic.memberships(web2, 'discover')).toMatchObject([{ fixed: 'slave', weight: 0 }]);
    expect(await traffic.memberships('i-bp1stranger', 'discover')).toEqual([]);
  });

  it('drains a network card as the group names it', async () => {
    const { traffic } = simulated.world.cloud;
    const [card] = await traffic.memberships(web1, [{ ...at, vServerGroup: 'rsp-bp1cards001' }]);
    const servers = [{ server: card!.server!, port: 80, weight: 0 }];
    await traffic.write(web1, [{ group: card!.group, how: 'weights', servers }]);
    expect(await traffic.memberships(web1, [{ ...at, vServerGroup: 'rsp-bp1cards001' }])).toMatchObject([
      { weight: 0 },
    ]);
  });

  it('tells who sends to a group, how connections are drained, and what cannot be', async () => {
    expect(await simulated.world.cloud.traffic.about(web1, [at])).toEqual([
      {
        group: `clb/${balancer}/default`,
        name: 'default group',
        usedBy: ['listener 9000 tcp'],
        drainSeconds: 300,
        notes: [],
      },
      { group: `clb/${balancer}/rsp-bp1cards001`, name: 'cards', usedBy: ['listener 80 http'], notes: [] },
      {
        group: `clb/${balancer}/rsp-bp1rule0001`,
        name: 'api',
        usedBy: ['rule api.example.com/v1'],
        notes: [],
      },
      {
        group: `clb/${balancer}/rsp-bp1pair0001`,
        name: 'db',
        usedBy: ['listener 3306 tcp'],
        notes: ['master/slave: no call can drain it', 'clients stay with their server for 900 s'],
      },
    ]);
  });
});

keepsTheContract('clb');

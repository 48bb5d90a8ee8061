import { refusalOf } from '../../support/failing';
import { instance } from '../../support/fleets';
import { openSimulatedWorld, type SimulatedWorld } from '../../support/simulated-world';
import { keepsTheContract } from './contract';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const place = { kind: 'dns', domain: 'example.com', record: 'api' } as const;
const zone = { kind: 'dns', privateZone: 'zone-bp1one', record: 'db' } as const;

let simulated: SimulatedWorld;
beforeEach(async () => {
  simulated = await openSimulatedWorld({
    instances: [
      { ...instance(1), privateIp: '192.168.10.11' },
      { ...instance(2), privateIp: '192.168.10.12', publicIp: '203.0.113.12', eip: '198.51.100.12' },
    ],
    dnsZones: [
      {
        domain: 'example.com',
        records: [
          { rr: 'api', value: '192.168.10.11', ttlSeconds: 120 },
          { rr: 'api', value: '192.168.10.12', on: false },
          { rr: 'api-old', value: '192.168.10.11' },
          { rr: 'api', type: 'CNAME', value: 'elsewhere.example.com' },
          { rr: 'api', type: 'AAAA', value: '2001:db8::1' },
          { rr: 'shop', value: '203.0.113.12', ttlSeconds: 60 },
          { rr: 'shop', value: '198.51.100.12', line: 'telecom' },
          { rr: 'cdn', type: 'CNAME', value: 'elsewhere.example.com' },
        ],
      },
      { privateZone: 'zone-bp1one', records: [{ rr: 'db', value: '192.168.10.12', ttlSeconds: 60 }] },
    ],
  });
});
afterEach(() => simulated.close());

describe('traffic by DNS', () => {
  it('is one record of exactly that name that points at the instance, on or off, with its TTL', async () => {
    const { traffic } = simulated.world.cloud;
    expect(await traffic.memberships(web1, [place])).toEqual([
      {
        key: 'dns/example.com/api/9000000',
        group: 'dns/example.com/api',
        lane: 'dns/example.com',
        weight: 100,
        server: { id: '9000000', type: 'record', ip: '192.168.10.11' },
        onOff: true,
        lingerMs: 120_000,
      },
    ]);
    expect(await traffic.memberships(web2, [place, zone])).toMatchObject([
      { group: 'dns/example.com/api', weight: 0 },
      { group: 'dns/pvtz:zone-bp1one/db', weight: 100, lingerMs: 60_000 },
    ]);
  });

  it('is switched off and on, whichever way it is taken out', async () => {
    const { traffic } = simulated.world.cloud;
    for (const [at, id] of [
      [place, web1],
      [zone, web2],
    ] as const) {
      const [one] = await traffic.memberships(id, [at]);
      const { group, server } = one!;
      const weight = async () => (await traffic.memberships(id, [at]))[0]?.weight;
      await traffic.write(id, [{ group, how: 'remove', servers: [{ server: server!, weight: 100 }] }]);
      expect(await weight()).toBe(0);
      await traffic.write(id, [{ group, how: 'add', servers: [{ server: server!, weight: 40 }] }]);
      expect(await weight()).toBe(100);
      await traffic.write(id, [{ group, how: 'weights', servers: [{ server: server!, weight: 0 }] }]);
      expect(await weight()).toBe(0);
    }
  });

  it('brings clients until its TTL has passed', async () => {
    const { traffic } = simulated.world.cloud;
    const [one] = await traffic.memberships(web1, [place]);
    await traffic.write(web1, [
      { group: one!.group, how: 'weights', servers: [{ server: one!.server!, weight: 0 }] },
    ]);
    const { places } = (await simulated.simulator.knock(
      'GET',
      `/instances/${web1}/traffic?from=0&to=1&points=2`,
    )) as { places: { group: string; weights: { at: number; weight: number }[] }[] };
    const told = places.find(({ group }) => group === 'dns/example.com/api');
    expect(
      told?.weights.map(({ at, weight }) => [at === 0 ? 0 : at - simulated.world.now(), weight]),
    ).toEqual([
      [0, 100],
      [120_000, 0],
    ]);
  });

  it('names everybody who shares a name, and is found only where it is named', async () => {
    const { traffic } = simulated.world.cloud;
    const servers = await traffic.survey([web1, web2], [place]);
    expect(servers.map(({ instanceId, weight, health }) => [instanceId, weight, health])).toEqual([
      [web1, 100, 'normal'],
      [web2, 0, 'unknown'],
      [undefined, 100, 'normal'],
    ]);
    expect(await traffic.memberships(web1, 'discover')).toEqual([]);
  });

  it('knows an instance by its public and by its elastic address', async () => {
    const { traffic } = simulated.world.cloud;
    const shop = { ...place, record: 'shop' };
    expect(await traffic.memberships(web2, [shop])).toMatchObject([
      { group: 'dns/example.com/shop', weight: 100, server: { ip: '203.0.113.12' } },
      { group: 'dns/example.com/shop/telecom', weight: 100, server: { ip: '198.51.100.12' } },
    ]);
    expect(await traffic.memberships(web1, [shop])).toEqual([]);
  });

  it('counts only records of the same type and line as standing in for each other (C39)', async () => {
    const { traffic } = simulated.world.cloud;
    const servers = await traffic.survey([web1], [place, { ...place, record: 'shop' }]);
    expect(servers.map(({ group, server }) => [group, server?.ip])).toEqual([
      ['dns/example.com/api', '192.168.10.11'],
      ['dns/example.com/api', '192.168.10.12'],
      ['dns/example.com/api/AAAA', '2001:db8::1'],
      ['dns/example.com/shop', '203.0.113.12'],
      ['dns/example.com/shop/telecom', '198.51.100.12'],
    ]);
  });

  it('tells for how long resolvers remember a record', async () => {
    const about = await simulated.world.cloud.traffic.about(web1, [place]);
    expect(about.map(({ group, notes }) => [group, ...notes])).toEqual([
      ['dns/example.com/api', 'on or off; resolvers remember it for up to 600 s'],
      ['dns/example.com/api/AAAA', 'on or off; resolvers remember it for up to 600 s'],
    ]);
  });

  it('refuses a name that points at no address, because a run would think that nothing is to be drained', async () => {
    const { traffic } = simulated.world.cloud;
    for (const record of ['cdn', 'nowhere']) {
      const error = await refusalOf(traffic.memberships(web1, [{ ...place, record }]));
      expect([error.code, error.detail.worthRepeating]).toEqual(['NoSuchRecord', false]);
      expect(error.message).toContain(`example.com has no A or AAAA record ${record}`);
    }
    const error = await refusalOf(traffic.memberships(web1, [{ ...zone, record: 'nowhere' }]));
    expect(error.message).toContain('zone-bp1one has no A or AAAA record nowhere');
  });

  it('says that a record is locked, which no call can switch', async () => {
    const { traffic } = simulated.world.cloud;
    await simulated.simulator.knock('PATCH', '/dns-records/9000000', { locked: true });
    const about = await traffic.about(web1, [place]);
    expect(about.map(({ notes }) => notes[1])).toEqual([
      '192.168.10.11 is locked: no call can switch it',
      undefined,
    ]);
    const off = {
      group: 'dns/example.com/api',
      how: 'weights',
      servers: [{ server: { id: '9000000', type: 'record' }, weight: 0 }],
    } as const;
    const { code, detail } = await refusalOf(traffic.write(web1, [off]));
    expect([code, detail.worthRepeating, detail.mayHaveWorked]).toEqual(['DomainRecordLocked', false, false]);
  });

  it('reads all pages of a private zone', async () => {
    const many = await openSimulatedWorld({
      instances: [instance(1)],
      dnsZones: [
        {
          privateZone: 'zone-bp1one',
          records: Array.from({ length: 130 }, (_, n) => ({ rr: 'db', value: `10.0.1.${n}` })),
        },
      ],
    });
    expect(await many.world.cloud.traffic.survey([web1], [zone])).toHaveLength(130);
    await many.close();
  });

  it('refuses a domain that is not ours', async () => {
    const { traffic } = simulated.world.cloud;
    const error = await refusalOf(traffic.memberships(web1, [{ ...place, domain: 'example.org' }]));
    expect([error.code, error.detail.worthRepeating]).toEqual(['InvalidDomainName.NoExist', false]);
  });
});

keepsTheContract('dns');

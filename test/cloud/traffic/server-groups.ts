import type { FleetInput } from '../../../simulator/fleet/schema';
import type { TrafficPlace } from '../../../src/playbook/kinds/traffic';
import { refusalOf } from '../../support/failing';
import { instance } from '../../support/fleets';
import { openSimulatedWorld, type SimulatedWorld } from '../../support/simulated-world';

export const web1 = 'i-bp1web0000000000001';
export const web2 = 'i-bp1web0000000000002';
const card = 'eni-bp1card000000001';
export const web = 'sgp-bp1web0000000001';
export const cards = 'sgp-bp1cards00000001';
const addresses = 'sgp-bp1addresses0001';
type Product = 'alb' | 'nlb';

/** A group that knows instances, one that knows a card by two addresses, and one that knows addresses. */
export function groupsFleet(product: Product): FleetInput {
  const drain = { seconds: 120 };
  return {
    instances: [instance(1, { eni: card }), instance(2)],
    serverGroups: [
      {
        id: web,
        product,
        name: 'web',
        drain,
        servers: [
          { server: web1, port: 8080, weight: 100 },
          { server: web1, port: 8081, weight: 50 },
          { server: web2, port: 8080, weight: 100 },
        ],
      },
      {
        id: cards,
        product,
        name: 'cards',
        servers: [
          { server: card, ip: '192.168.10.11', port: 9000, weight: 30 },
          { server: card, ip: '192.168.10.99', port: 9000, weight: 40 },
        ],
      },
      {
        id: addresses,
        product,
        type: 'Ip',
        name: 'addresses',
        healthCheck: false,
        servers: [{ server: '192.168.10.11', port: 7000, weight: 20 }],
      },
    ],
    ...(product === 'alb'
      ? {
          applicationLoadBalancers: [
            {
              id: 'alb-bp1shop000000001',
              listeners: [
                {
                  id: 'lsn-bp1http00000001',
                  port: 80,
                  groups: [web],
                  rules: [{ id: 'rule-bp1cards', groups: [cards] }],
                },
                { id: 'lsn-bp1pods00000001', port: 81, groups: [addresses] },
                { id: 'lsn-bp1other0000001', port: 82 },
              ],
            },
          ],
        }
      : {
          networkLoadBalancers: [
            {
              id: 'nlb-bp1shop000000001',
              listeners: [web, cards, addresses].map((group, n) => ({
                id: `lsn-bp1tcp00000000${n}`,
                port: 80 + n,
                group,
              })),
            },
          ],
        }),
  };
}

/** What ALB and NLB do alike, though each in its own spelling. */
export function worksInServerGroups(product: Product): void {
  let simulated: SimulatedWorld;
  const open = async (more: FleetInput = {}) => {
    simulated = await openSimulatedWorld({ ...groupsFleet(product), ...more });
    return simulated.world.cloud.traffic;
  };
  afterEach(() => simulated.close());
  const at = (serverGroup: string, port?: number): TrafficPlace => ({
    kind: product,
    serverGroup,
    ...(port !== undefined && { port }),
  });
  const traffic = () => simulated.world.cloud.traffic;
  const found = async (id: string) =>
    (await traffic().memberships(id, 'discover')).map(({ key, weight }) => [key, weight]);
  const calls = async (action: string) =>
    (
      (await simulated.simulator.knock('GET', '/calls')).calls as {
        product: string;
        action: string;
        count: number;
      }[]
    )
      .filter((call) => call.product === product && call.action === action)
      .reduce((sum, { count }) => sum + count, 0);
  const zero = () =>
    traffic().write(web1, [
      { group: `${product}/${web}`, how: 'weights', servers: [{ port: 8080, weight: 0 }] },
    ]);
  const healthIn = async (group: string) =>
    (await traffic().survey([web1], [at(group)])).map(({ health }) => health);
  const fault = (name: string, action: string, more: object = {}) =>
    simulated.simulator.knock('POST', '/faults', { name, product, action, ...more });

  const everything = [
    [`${product}/${web}/8080/${web1}`, 100],
    [`${product}/${web}/8081/${web1}`, 50],
    [`${product}/${cards}/9000/${card}/192.168.10.11`, 30],
    [`${product}/${cards}/9000/${card}/192.168.10.99`, 40],
    [`${product}/${addresses}/7000/192.168.10.11`, 20],
  ];

  it('finds an instance by its id, by each address of its card, and by its address (C35)', async () => {
    await open();
    expect(await found(web1)).toEqual(everything);
    expect(await found(web2)).toEqual([[`${product}/${web}/8080/${web2}`, 100]]);
  });

  it('names a port alone, and reads a group once however often it is named', async () => {
    await open();
    const places = [at(web, 8081), at(web, 8081), at(web, 1)];
    expect(await traffic().memberships(web1, places)).toMatchObject([{ port: 8081, weight: 50 }]);
    expect(await calls('ListServerGroupServers')).toBe(1);
  });

  it.each(['MissingParameter', 'IllegalParam.ServerGroupId'])(
    'reads the groups one by one when they cannot be asked all at once (%s)',
    async (code) => {
      await open();
      await fault('refuse', 'ListServerGroupServers', { options: { code } });
      expect(await found(web1)).toEqual(everything);
    },
  );

  it('does not take a refusal of the account for an answer', async () => {
    await open();
    await fault('refuse', 'ListServerGroupServers', { options: { code: 'Forbidden.NoPermission' } });
    expect((await refusalOf(traffic().memberships(web1, 'discover'))).code).toBe('Forbidden.NoPermission');
  });

  it('asks a few times for an instance that is in none of many groups', async () => {
    const { serverGroups = [] } = groupsFleet(product);
    const more = Array.from({ length: 30 }, (_, n) => ({
      id: `sgp-bp1more${n}`,
      product,
      servers: [{ server: web2, port: 8000 + n }],
    }));
    await open({ serverGroups: [...serverGroups, ...more] });
    expect(await found('i-bp1stranger')).toEqual([]);
    expect(await calls('ListServerGroupServers')).toBe(3);
  });

  it.each([
    [true, 0],
    [false, 100],
  ])('is busy while a job is at work, whichever weight shows (new: %s) (C41)', async (shows, weight) => {
    await open({ switches: { configuringShowsNewWeight: shows } });
    const jobs = await zero();
    const [first] = await traffic().memberships(web1, [at(web)]);
    expect(first).toMatchObject({ busy: 'Configuring', weight });
    const [group = '', job = ''] = Object.entries(jobs)[0] ?? [];
    expect(await traffic().job(group, job)).toBe('processing');
    expect((await refusalOf(zero())).detail).toMatchObject({ worthRepeating: true, mayHaveWorked: false });
    await simulated.advance(5);
    const [after] = await traffic().memberships(web1, [at(web)]);
    expect(after).toMatchObject({ weight: 0 });
    expect(after).not.toHaveProperty('busy');
    expect(await traffic().job(group, job)).toBe('succeeded');
  });

  it('tells that a job failed, and that the weight is what it was', async () => {
    await open();
    await fault('job-fails', 'UpdateServerGroupServersAttribute');
    const [[group = '', job = ''] = []] = Object.entries(await zero());
    await simulated.advance(5);
    expect(await traffic().job(group, job)).toBe('failed');
    expect(await traffic().memberships(web1, [at(web, 8080)])).toMatchObject([{ weight: 100 }]);
  });

  it('tells nothing of a job that nobody knows', async () => {
    await open();
    expect(await traffic().job(`${product}/${web}`, 'no-such-job')).toBeUndefined();
  });

  it.each([
    [true, 'Draining'],
    [false, 'Removing'],
  ])('is busy while connections of a removed server are drained (Draining: %s)', async (shows, busy) => {
    await open({ switches: { removingShowsDraining: shows } });
    const servers = [{ port: 8080, weight: 100 }];
    await traffic().write(web1, [{ group: `${product}/${web}`, how: 'remove', servers }]);
    await simulated.advance(60);
    expect(await traffic().memberships(web1, [at(web, 8080)])).toMatchObject([{ busy }]);
    await simulated.advance(120);
    expect(await traffic().memberships(web1, [at(web, 8080)])).toEqual([]);
  });

  it.each([true, false])(
    'never takes silence for health where the check is off (listed: %s)',
    async (listed) => {
      await open({ switches: { disabledCheckListsServers: listed } });
      expect(await healthIn(addresses)).toEqual(['unknown']);
    },
  );

  it('tells health of a server that is ill, and asks only listeners that use the group', async () => {
    await open();
    await simulated.simulator.knock('PATCH', `/instances/${web2}`, { status: 'Stopped' });
    await simulated.advance(60);
    expect(await healthIn(web)).toEqual(['normal', 'normal', 'abnormal']);
    expect(await calls('GetListenerHealthStatus')).toBe(1);
  });

  it('writes more than one call takes nowhere', async () => {
    await open();
    const servers = Array.from({ length: 201 }, (_, port) => ({ port, weight: 0 }));
    const write = traffic().write(web1, [{ group: `${product}/${web}`, how: 'weights', servers }]);
    await expect(write).rejects.toThrow(`one call takes ${product === 'alb' ? 40 : 200}`);
  });
}

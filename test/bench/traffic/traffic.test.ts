import { startForwarder, type Forwarder } from './forwarder';
import { createGenerator, type Generator } from './generator';
import { createHealthCheck } from './health-check';
import { createRoundRobin } from './round-robin';
import { startStandIn, type StandIn } from './servers';

describe('smooth weighted round robin', () => {
  const turns = (weights: Readonly<Record<string, number>>, count: number) => {
    const robin = createRoundRobin();
    const named = new Map(Object.entries(weights));
    return Array.from({ length: count }, () => robin.next(named)).join(' ');
  };

  it.each([
    [{ a: 5, b: 1, c: 1 }, 7, 'a a b a c a a'],
    [{ a: 30, b: 10 }, 8, 'a a b a a a b a'],
    [{ a: 0, b: 1 }, 3, 'b b b'],
    [{ a: 0, b: 0 }, 2, ' '],
  ])('of %j %d turns are %s', (weights, count, expected) => {
    expect(turns(weights, count)).toBe(expected);
  });

  it('gives nobody who comes back what was missed meanwhile', () => {
    const robin = createRoundRobin();
    const both = new Map([
      ['a', 1],
      ['b', 1],
    ]);
    const alone = new Map([
      ['a', 1],
      ['b', 0],
    ]);
    const told = [both, alone, alone, alone, both, both, both].map((weights) => robin.next(weights));
    expect(told).toEqual(['a', 'a', 'a', 'a', 'b', 'a', 'b']);
  });
});

describe('a health check', () => {
  it('says how it was ten seconds ago', () => {
    const check = createHealthCheck(10_000);
    check.see(0, 'a', true);
    check.see(60_000, 'a', false);
    check.see(100_000, 'a', true);
    const said = [59_999, 69_999, 70_000, 109_999, 110_000].map((at) => check.says(at, 'a'));
    expect(said).toEqual([true, true, false, false, true]);
  });
});

describe('the forwarder', () => {
  let servers: Record<'a' | 'b', StandIn>;
  let forwarder: Forwarder;
  let generator: Generator;

  beforeEach(async () => {
    servers = { a: await startStandIn('a'), b: await startStandIn('b') };
    forwarder = await startForwarder();
    generator = createGenerator();
  });
  afterEach(async () => {
    generator.close();
    await forwarder.close();
    await servers.a.close();
    await servers.b.close();
  });

  const target = (name: 'a' | 'b', weight: number, healthy = true) => ({
    name,
    port: servers[name].port,
    weight,
    healthy,
  });
  /** Requests that stay under way show who got them. */
  const sendLong = async (count: number, until: number) => {
    for (let nth = 0; nth < count; nth += 1) await generator.send(forwarder.port, until);
    return { a: servers.a.inFlight(), b: servers.b.inFlight() };
  };

  it('shares by weight: 3 to 1, and nothing for weight 0', async () => {
    forwarder.aim([target('a', 75), target('b', 25)]);
    expect(await sendLong(8, 1)).toEqual({ a: 6, b: 2 });
    forwarder.aim([target('a', 100), target('b', 0)]);
    expect(await sendLong(4, 1)).toEqual({ a: 10, b: 2 });
    servers.a.finish(1);
    servers.b.finish(1);
    await generator.settle(1, () => true);
    expect(generator.counts()).toEqual({ sent: 12, lost: 0 });
  });

  it('passes over a server that the health check calls ill, and loses a request when there is no other', async () => {
    forwarder.aim([target('a', 100, false), target('b', 100)]);
    expect(await sendLong(2, 1)).toEqual({ a: 0, b: 2 });
    forwarder.aim([target('a', 100, false)]);
    await generator.send(forwarder.port);
    expect(generator.counts()).toEqual({ sent: 3, lost: 1 });
  });

  it('counts an answer that is cut off as lost, and one that ended before as answered', async () => {
    forwarder.aim([target('a', 100)]);
    await generator.send(forwarder.port, 1000);
    await generator.send(forwarder.port, 3000);
    servers.a.finish(2000);
    await generator.settle(2000, () => true);
    servers.a.setUp(false);
    await generator.settle(2000, () => false);
    expect(generator.counts()).toEqual({ sent: 2, lost: 1 });
  });

  it('loses what is sent to a server that is down, and tries no other', async () => {
    forwarder.aim([target('a', 100), target('b', 0)]);
    servers.a.setUp(false);
    await generator.send(forwarder.port);
    servers.a.setUp(true);
    await generator.send(forwarder.port);
    expect(generator.counts()).toEqual({ sent: 2, lost: 1 });
  });
});

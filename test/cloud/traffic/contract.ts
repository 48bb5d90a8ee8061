import type { Change, Traffic } from '../../../src/engine/ports';
import { placesOf } from '../../../src/playbook/places';
import { refusalOf } from '../../support/failing';
import { openSimulatedWorld, type SimulatedWorld } from '../../support/simulated-world';
import { web1, web2, web3 } from '../../support/story-fleet';
import { fleetOf, kindsUnderTest, type KindUnderTest } from '../../support/traffic-kinds';

/** Longer than any write takes to have its effect, and than a health check takes to see it. */
const settleSeconds = 30;

/** What every way of taking traffic has to do, run for all that are named so: `clb`, `alb`, … */
export function keepsTheContract(product: string): void {
  const kinds = kindsUnderTest.filter(({ group }) => group.startsWith(`${product}/`));
  describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_name, kind) => suite(kind));
}

function suite(kind: KindUnderTest): void {
  const places = placesOf(kind.places);
  /** A weight as this kind can have it. */
  const has = (weight: number) => (kind.onOff === true && weight > 0 ? 100 : weight);
  let simulated: SimulatedWorld;
  let traffic: Traffic;
  beforeEach(async () => {
    simulated = await openSimulatedWorld(fleetOf(kind, { [web1]: 100, [web2]: 60, [web3]: 30 }));
    ({ traffic } = simulated.world.cloud);
  });
  afterEach(() => simulated.close());

  const membership = async (id: string) => {
    const found = await traffic.memberships(id, places);
    return found.find(({ group }) => group === kind.group);
  };
  const weights = async () =>
    Promise.all([web1, web2, web3].map(async (id) => (await membership(id))?.weight));
  /** web-2 as its group registers it, with another weight. */
  const change = async (how: Change['how'], weight: number): Promise<Change> => {
    const { server, port } = (await membership(web2))!;
    return {
      group: kind.group,
      how,
      servers: [{ weight, ...(server && { server }), ...(port !== undefined && { port }) }],
    };
  };
  const write = async (one: Change) => {
    await traffic.write(web2, [one]);
    await simulated.advance(settleSeconds);
  };

  it('finds an instance in the place that is named, and nobody who is not there', async () => {
    const found = await traffic.memberships(web2, places);
    expect(found).toMatchObject([{ group: kind.group, weight: has(60) }]);
    expect(found[0]).not.toHaveProperty('busy');
    expect(found[0]?.key.startsWith(`${kind.group}/`)).toBe(true);
    expect(await traffic.memberships('i-bp1stranger', places)).toEqual([]);
  });

  it('finds it where no place is named, if the product can be searched', async () => {
    const named = await traffic.memberships(web2, places);
    const found = await traffic.memberships(web2, 'discover');
    if (kind.unsearchable === true) expect(found.map(({ key }) => key)).not.toContain(named[0]?.key);
    else expect(found).toEqual(expect.arrayContaining([...named]));
    expect(await traffic.memberships('i-bp1stranger', 'discover')).toEqual([]);
  });

  it('names a membership once when a place is named twice', async () => {
    const twice = places === 'discover' ? places : [...places, ...places];
    expect(await traffic.memberships(web2, twice)).toHaveLength(1);
  });

  it('tells every server of the group in a survey, whose it is and how it is', async () => {
    const told = async () =>
      (await traffic.survey([web2], places)).map(({ group, weight, health }) => [group, weight, health]);
    expect(await told()).toEqual([
      [kind.group, 100, 'normal'],
      [kind.group, has(60), 'normal'],
      [kind.group, has(30), 'normal'],
    ]);
    const owners = (await traffic.survey([web1, web2, web3], places)).map(({ instanceId }) => instanceId);
    expect(owners).toEqual([web1, web2, web3]);
    await simulated.simulator.knock('PATCH', `/instances/${web3}`, { status: 'Stopped' });
    await simulated.advance(settleSeconds);
    const seen = kind.unchecked === true ? 'normal' : 'abnormal';
    expect((await told()).at(-1)).toEqual([kind.group, has(30), seen]);
  });

  it('takes a weight to 0 and back, and leaves the others alone', async () => {
    await write(await change('weights', 0));
    expect(await weights()).toEqual([100, 0, has(30)]);
    await write(await change('weights', 60));
    expect(await weights()).toEqual([100, has(60), has(30)]);
  });

  it('removes a server and adds it again as it was', async () => {
    const before = await membership(web2);
    const add = await change('add', 60);
    await write(await change('remove', 60));
    // What is only on or off is kept, and switched off.
    const gone = kind.onOff === true ? 0 : undefined;
    expect(await weights()).toEqual([100, gone, has(30)]);
    await write(add);
    expect(await membership(web2)).toEqual(before);
    expect(await weights()).toEqual([100, has(60), has(30)]);
  });

  it('tells what becomes of a write that is only taken on', async () => {
    const jobs = await traffic.write(web2, [await change('weights', 0)]);
    const [job] = Object.values(jobs);
    await simulated.advance(settleSeconds);
    const became = job === undefined ? 'succeeded' : await traffic.job(kind.group, job);
    expect(became).toBe('succeeded');
    expect(Object.keys(jobs)).toEqual(job === undefined ? [] : [kind.group]);
  });

  it('says that a write may have worked when its answer was lost after the effect', async () => {
    const zero = await change('weights', 0);
    await simulated.simulator.knock('POST', '/faults', { name: 'drop-after', ...kind.write });
    const { code, detail } = await refusalOf(traffic.write(web2, [zero]));
    expect([code, detail.mayHaveWorked]).toEqual(['ConnectionLost', true]);
    await simulated.advance(settleSeconds);
    expect(await weights()).toEqual([100, 0, has(30)]);
  });

  it('changes nothing when it is throttled, and says when it may go on', async () => {
    const zero = await change('weights', 0);
    await simulated.advance(20);
    await simulated.simulator.knock('POST', '/faults', { name: 'throttle', ...kind.write });
    const { detail } = await refusalOf(traffic.write(web2, [zero]));
    expect(detail).toMatchObject({ worthRepeating: true, mayHaveWorked: false });
    expect(detail.retryAt).toBe(simulated.world.now() + 40_000);
    expect(await weights()).toEqual([100, has(60), has(30)]);
    await simulated.advance(40);
    await write(zero);
    expect(await weights()).toEqual([100, 0, has(30)]);
  });

  it('tells who sends traffic to the group', async () => {
    const about = await traffic.about(web2, places);
    expect(about.map(({ group }) => group)).toContain(kind.group);
    expect(about.find(({ group }) => group === kind.group)?.usedBy).toHaveLength(1);
  });

  it('does not repeat a question or a write about a group that is not there', async () => {
    const { group } = kind.nowhere;
    const asked = traffic.memberships(web2, placesOf(kind.nowhere.places));
    expect((await refusalOf(asked)).detail.worthRepeating).toBe(false);
    const zero = await change('weights', 0);
    // A record is named by its id alone, whatever name it is said to belong to.
    const nobody = { servers: [{ server: { id: '1', type: 'record' }, weight: 0 }] };
    const written = traffic.write(web2, [{ ...zero, ...(kind.onOff === true && nobody), group }]);
    expect((await refusalOf(written)).detail).toMatchObject({ worthRepeating: false, mayHaveWorked: false });
  });
}

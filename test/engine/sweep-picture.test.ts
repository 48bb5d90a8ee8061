import { announce } from '../../simulator/ecs/announce';
import { advance, carryOn } from '../../src/engine/advance';
import { writeMessage } from '../../src/engine/message';
import type { World } from '../../src/engine/ports';
import { sweep } from '../../src/engine/sweep';
import { stepTypes } from '../../src/steps';
import { exampleConfiguration } from '../support/configuration';
import { openInProcessWorld, type InProcessWorld } from '../support/in-process-world';
import { exampleFleet, web2 } from '../support/story-fleet';
import { changedConfiguration } from '../support/story';
import { begin, dayMs, fail, hourMs, minuteMs, ringOnce, t0, toyWorld, type ToyWorld } from './toy-world';

const configuration = exampleConfiguration();
const look = (world: ToyWorld) => sweep(world, world.shift, configuration);
const said = ({ logged }: Pick<ToyWorld, 'logged'>, wanted: string) =>
  logged.filter(({ kind }) => kind === wanted);
const texts = (world: Pick<ToyWorld, 'logged'>, wanted: string) =>
  said(world, wanted).map(({ text }) => text);
const lastSweepOf = (world: Pick<ToyWorld, 'logged'>) => said(world, 'sweep').at(-1);
const linesOf = async ({ journals }: World, name: string) =>
  (await journals.read(name, 0)).lines.map((line) => JSON.parse(line) as Record<string, unknown>);

async function send(world: ToyWorld, message: Parameters<typeof writeMessage>[0]): Promise<void> {
  await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
  await advance(world, world.shift);
}

describe('the sweep says', () => {
  it('how long it did not run, and warns when that is more than two periods', async () => {
    const world = toyWorld();
    await look(world);
    expect(lastSweepOf(world)?.data).not.toHaveProperty('sinceLast');
    world.clock.now += 5 * minuteMs;
    await look(world);
    expect([lastSweepOf(world)?.data?.['sinceLast'], texts(world, 'warning')]).toEqual([300, []]);
    world.clock.now += 3 * dayMs;
    await look(world);
    expect(texts(world, 'warning')).toEqual(['the sweep did not run for 4320 min; it should every 5']);
  });

  it('measures the gap by the period that the deployment gave it', async () => {
    const world = toyWorld();
    const shift = { ...world.shift, sweepEveryMs: 60 * minuteMs };
    await sweep(world, shift, configuration);
    world.clock.now += 120 * minuteMs;
    await sweep(world, shift, configuration);
    expect(texts(world, 'warning')).toEqual([]);
    world.clock.now += 121 * minuteMs;
    await sweep(world, shift, configuration);
    expect(texts(world, 'warning')).toEqual(['the sweep did not run for 121 min; it should every 60']);
  });

  it('how many runs hold, and how long', async () => {
    const world = toyWorld();
    await send(world, await begin(world, [{ ...fail, onFail: 'hold' }]));
    world.clock.now += 3 * hourMs;
    await look(world);
    expect(lastSweepOf(world)).toMatchObject({
      text: '0 events pending, 1 run open, 1 hold (the longest for 3 h)',
      data: { holding: 1, longestHoldMinutes: 180, orphans: 0, parked: 0 },
    });
  });

  it('which member could not be put back, for as long as it is so (C65)', async () => {
    const stuck = toyWorld();
    const [ring] = [...stuck.shift.steps.values()].filter(({ type }) => type === 'ring');
    const broken = {
      ...ring!,
      undo: { ...ring!.undo!, judge: () => ({ kind: 'impossible' as const, reason: sorry }) },
    };
    const shift = { ...stuck.shift, steps: new Map([...stuck.shift.steps, ['ring', broken]]) };
    await carryOn(stuck, shift, await begin(stuck, [ringOnce, fail]), 'm1');
    expect(texts(stuck, 'call-someone')).toEqual(['holds: step-1 could not be put back: it is stuck']);
    for (let count = 0; count < 3; count += 1) await sweep(stuck, shift, configuration);
    expect(lastSweepOf(stuck)?.data).toMatchObject({ orphans: 1 });
    expect(await linesOf(stuck, 'orphans')).toMatchObject([{ kind: 'orphan', instance: 'i-1' }]);
    expect(texts(stuck, 'call-someone')).toHaveLength(1);
  });

  it('which member a run that is over has left out, and calls somebody, once', async () => {
    const world = toyWorld();
    await send(world, await begin(world, [ringOnce]));
    const taken = { kind: 'taken', run: 'run-b381fce1fce6a6ee', instance: 'i-1', zone: 'z', at: t0 };
    await world.journals.append('pools/web-hangzhou', 0, JSON.stringify(taken));
    await look(world);
    await look(world);
    expect(lastSweepOf(world)?.data).toMatchObject({ orphans: 1 });
    expect(texts(world, 'call-someone')).toEqual([
      'i-1 was taken out and is not back: its run is over and still has a slot of web-hangzhou',
    ]);
    const { position } = await world.journals.read('pools/web-hangzhou', 0);
    const returned = { kind: 'returned', run: taken.run, at: t0, outcome: 'ended' };
    await world.journals.append('pools/web-hangzhou', position, JSON.stringify(returned));
    await look(world);
    expect(lastSweepOf(world)?.data).toMatchObject({ orphans: 0 });
  });

  it('that the breaker is open, and calls somebody, once (C64)', async () => {
    const world = toyWorld();
    const guarded = changedConfiguration({
      settings: { limits: { breaker: { failures: 2, within: hourMs } } },
    });
    for (const id of ['run-1', 'run-2']) {
      await carryOn(world, world.shift, await begin(world, [fail], id), id);
    }
    await sweep(world, world.shift, guarded);
    await sweep(world, world.shift, guarded);
    expect(lastSweepOf(world)?.data).toMatchObject({ breaker: 'open' });
    expect(texts(world, 'call-someone')).toEqual([
      'the breaker is open: 2 runs failed in toys (run-1, run-2); planned work waits until a person closes the breaker',
    ]);
  });
});

const sorry = { code: 'stuck', sentence: 'it is stuck' };

describe('a sweep over two hundred open runs', () => {
  it('reads each journal once and asks ECS once for all events (C93)', async () => {
    const world = toyWorld();
    for (let count = 0; count < 200; count += 1) await begin(world, [ringOnce], `run-${count}`);
    const asked = { pending: 0, get: 0, list: 0 };
    const read: string[] = [];
    const watched = {
      ...world,
      journals: {
        ...world.journals,
        read: (name: string, position: number) => {
          read.push(name);
          return world.journals.read(name, position);
        },
      },
      cloud: {
        ...world.cloud,
        instances: { list: async () => ((asked.list += 1), []) },
        events: {
          pending: async () => ((asked.pending += 1), [world.event.current]),
          get: async () => ((asked.get += 1), undefined),
        },
      } as unknown as World['cloud'],
    };
    await sweep(watched, world.shift, configuration);
    const runs = read.filter((name) => /^runs\/run-\d+$/.test(name));
    expect([runs.length, new Set(runs).size]).toEqual([200, 200]);
    expect(asked).toEqual({ pending: 1, get: 0, list: 1 });
    expect(read.length).toBeLessThan(220);
  });
});

describe('a sweep whose time is up', () => {
  it('stops, says so, and the next one begins where it stopped', async () => {
    const world = toyWorld();
    for (const id of ['run-1', 'run-2', 'run-3']) await begin(world, [ringOnce], id);
    world.clock.now += 20 * minuteMs;
    const looked: string[] = [];
    // Each look at a run takes a minute; there is time for two.
    const slow: World = {
      ...world,
      openRuns: {
        ...world.openRuns,
        put: async (runId, at) => {
          looked.push(runId);
          world.clock.now += minuteMs;
          await world.openRuns.put(runId, at);
        },
      },
    };
    const brief = () => ({ ...world.shift, until: world.clock.now + 2 * minuteMs });
    await sweep(slow, brief(), configuration);
    expect([looked, lastSweepOf(world)?.data?.['left']]).toEqual([['run-1', 'run-2'], 1]);
    world.clock.now += 20 * minuteMs;
    await sweep(slow, brief(), configuration);
    expect(looked).toEqual(['run-1', 'run-2', 'run-3', 'run-1']);
  });
});

describe('with the simulated cloud, the sweep', () => {
  const stranger = 'i-bp1stranger000000001';
  function open(): InProcessWorld {
    const fleet = exampleFleet();
    const other = { id: stranger, zone: 'cn-hangzhou-h', tags: { app: 'elsewhere' } };
    return openInProcessWorld({ ...fleet, instances: [...(fleet.instances ?? []), other] });
  }
  const reboot = (instanceId: string, notBefore?: number) => ({
    instanceId,
    code: 'SystemMaintenance.Reboot',
    notBefore,
    clears: true,
    reason: 'test',
  });
  const shift = { steps: stepTypes, until: Infinity };

  it('finds an event that no push brought, and says so (C13)', async () => {
    const { cloud, world, logged } = open();
    announce(cloud, reboot(web2));
    await sweep(world, shift, configuration);
    expect(lastSweepOf({ logged })).toMatchObject({
      text: '1 event pending, 0 runs open, 1 found by the sweep',
      data: { found: 1 },
    });
    await sweep(world, shift, configuration);
    expect(lastSweepOf({ logged })?.data).toMatchObject({ found: 0, open: 1 });
  });

  it('records an event of a stranger once, counts it every time, and tells of it once a week (C10)', async () => {
    const { cloud, world, logged, moveTo } = open();
    announce(cloud, reboot(stranger, cloud.now + 30 * dayMs));
    while (cloud.now < t0 + 8 * dayMs) {
      await sweep(world, shift, configuration);
      moveTo(cloud.now + 6 * hourMs);
    }
    expect(lastSweepOf({ logged })?.data).toMatchObject({ pending: 1, unmatched: 1, found: 0 });
    expect(await linesOf(world, 'unmatched')).toHaveLength(1);
    const told = texts({ logged }, 'intake').filter((text) => text.includes('no run'));
    expect(told).toHaveLength(1);
    const digests = said({ logged }, 'digest');
    expect(digests.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-11-23T01:10:00.000Z']);
    expect(digests[0]?.text).toBe(`1 events started no run last week; ${told[0]}`);
  });

  it('asks ECS as often for two hundred events as for one (C93)', async () => {
    const { cloud, world } = open();
    const counted = new Map<string, number>();
    const watch = <T extends object>(port: T): T =>
      new Proxy(port, {
        get(target, name) {
          const member = Reflect.get(target, name) as unknown;
          if (typeof member === 'object' && member !== null) return watch(member);
          if (typeof member !== 'function') return member;
          return (...args: unknown[]) => {
            counted.set(String(name), (counted.get(String(name)) ?? 0) + 1);
            return (member as (...all: unknown[]) => unknown).apply(target, args);
          };
        },
      });
    for (let count = 0; count < 200; count += 1) announce(cloud, reboot(stranger));
    await sweep(world, shift, configuration);
    await sweep({ ...world, cloud: watch(world.cloud) }, shift, configuration);
    expect(Object.fromEntries(counted)).toEqual({ pending: 1, list: 1 });
  });

  it('still sends lost messages again while ECS does not answer', async () => {
    const { cloud, world, logged, moveTo } = open();
    announce(cloud, reboot(web2));
    await sweep(world, shift, configuration);
    await world.queue.remove((await world.queue.receive()).map(({ handle }) => handle));
    moveTo(cloud.now + dayMs);
    const down = { ...world.cloud.events, pending: () => Promise.reject(new Error('no answer')) };
    const broken = { ...world, cloud: { ...world.cloud, events: down } };
    await expect(sweep(broken, shift, configuration)).rejects.toThrow('no answer');
    expect(texts({ logged }, 'warning')).toContain('its message was lost; sent again');
  });
});

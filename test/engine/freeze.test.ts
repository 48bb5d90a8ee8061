import { advance } from '../../src/engine/advance';
import { freeze, freezesNow, tellEverybody, unfreeze } from '../../src/engine/freeze';
import { writeMessage } from '../../src/engine/message';
import { lineOf, readTail, runIn, runJournal, signalsIn } from '../../src/engine/run-journal';
import { sweep } from '../../src/engine/sweep';
import { exampleConfiguration } from '../support/configuration';
import {
  begin,
  hourMs,
  minuteMs,
  ringOnce,
  runId,
  t0,
  toyWorld,
  waitUntil,
  type ToyWorld,
} from './toy-world';

const all = { hard: false, now: false, by: 'lin', why: 'sale' };
const toys = { ...all, pool: 'toys' };
const work = (world: ToyWorld) => advance(world, world.shift);
const phaseOf = async ({ journals }: ToyWorld) => runIn(await readTail(journals, runId, 0))?.phase;
const words = async ({ journals }: ToyWorld) =>
  signalsIn(await readTail(journals, runId, 0)).map((word) =>
    'by' in word ? `${word.kind} ${word.why}` : '',
  );

/** A run of pool `toys` that has rung the bell and waits for seven hours. */
async function underWay(): Promise<ToyWorld> {
  const world = toyWorld();
  const message = await begin(world, [ringOnce, waitUntil(t0 + 7 * hourMs)]);
  await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
  await work(world);
  world.clock.now += minuteMs;
  return world;
}

describe('a freeze', () => {
  it('tells every run under way, which puts back what it did and holds; lifted, it begins anew (C68)', async () => {
    const world = await underWay();
    expect(await freeze(world, all)).toMatchObject({
      runs: [runId],
      freeze: { by: 'lin', at: t0 + minuteMs },
    });
    await work(world);
    expect(await phaseOf(world)).toEqual({
      kind: 'held',
      reason: { code: 'frozen', sentence: 'lin froze it: sale' },
      back: { kind: 'start' },
    });
    expect(world.bell.rung).toBe(0);
    expect(await unfreeze(world, { by: 'wu', why: 'sale is over' })).toMatchObject({
      lifted: [{ by: 'lin' }],
      runs: [runId],
    });
    await work(world);
    expect([await phaseOf(world), world.bell.rung]).toEqual([{ kind: 'forward' }, 1]);
    expect(await words(world)).toEqual(['freeze sale', 'unfreeze sale is over']);
  });

  it('tells only the runs of its pool (C68)', async () => {
    const world = await underWay();
    expect((await freeze(world, { ...all, pool: 'web' })).runs).toEqual([]);
    expect((await freeze(world, toys)).runs).toEqual([runId]);
  });

  it('is told to nobody twice, whoever asks', async () => {
    const world = await underWay();
    await freeze(world, all);
    await Promise.all([tellEverybody(world), tellEverybody(world)]);
    await work(world);
    await tellEverybody(world);
    expect(await words(world)).toEqual(['freeze sale']);
  });

  it('whose command died before it told anybody is told by the sweep, and so is its end (C68)', async () => {
    const world = await underWay();
    const dead = {
      ...world,
      openRuns: { ...world.openRuns, list: () => Promise.reject(new Error('killed')) },
    };
    expect(await freeze(dead, all)).toMatchObject({ runs: [], trouble: 'Error: killed' });
    await sweep(world, world.shift, exampleConfiguration());
    await work(world);
    expect(await phaseOf(world)).toMatchObject({ kind: 'held', reason: { code: 'frozen' } });
    await unfreeze(dead, { by: 'wu', why: 'sale is over' });
    await sweep(world, world.shift, exampleConfiguration());
    await work(world);
    expect(await phaseOf(world)).toEqual({ kind: 'forward' });
  });

  it('that is lifted leaves a run frozen that another one covers (C68)', async () => {
    const world = await underWay();
    await freeze(world, all);
    await freeze(world, { ...toys, why: 'audit' });
    await work(world);
    expect((await unfreeze(world, { by: 'wu', why: 'sale is over' })).runs).toEqual([]);
    expect(await phaseOf(world)).toMatchObject({ kind: 'held' });
    expect((await unfreeze(world, { pool: 'toys', by: 'wu', why: 'audited' })).runs).toEqual([runId]);
    await work(world);
    expect(await phaseOf(world)).toEqual({ kind: 'forward' });
  });

  it('that is lifted before the run took the word is taken with its end (C68)', async () => {
    const world = await underWay();
    await freeze(world, all);
    await unfreeze(world, { by: 'wu', why: 'a slip' });
    expect(await words(world)).toEqual(['freeze sale', 'unfreeze a slip']);
    await work(world);
    expect([await phaseOf(world), world.bell.rung]).toEqual([{ kind: 'forward' }, 1]);
  });

  it('is over by itself at its end, for the runs too (C68)', async () => {
    const world = await underWay();
    await freeze(world, { ...all, until: t0 + hourMs });
    await work(world);
    world.clock.now = t0 + hourMs;
    expect(await freezesNow(world)).toEqual([]);
    await work(world);
    expect([await phaseOf(world), await words(world)]).toEqual([{ kind: 'forward' }, ['freeze sale']]);
  });

  it('that is lifted makes a run look at once that only waited for it (C68)', async () => {
    const world = toyWorld();
    const slot = { use: 'take-slot', parameters: {} };
    const message = await begin(world, [waitUntil(t0 + 7 * hourMs), slot]);
    await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
    await work(world);
    await freeze(world, all);
    await work(world);
    expect((await unfreeze(world, { by: 'wu', why: 'sale is over' })).runs).toEqual([runId]);
    await work(world);
    expect(await phaseOf(world)).toEqual({ kind: 'forward' });
    const { entries } = await readTail(world.journals, runId, 0);
    expect(entries.at(-1)).toMatchObject({ note: 'wu lifted the freeze: sale is over' });
  });

  it('needs no word to a run that began after it, and lifting none is no error', async () => {
    const world = toyWorld();
    await freeze(world, all);
    world.clock.now += 1;
    await begin(world, [waitUntil(t0 + 7 * hourMs)]);
    await tellEverybody(world);
    expect(await words(world)).toEqual([]);
    expect(await unfreeze(world, { pool: 'web', by: 'wu', why: 'x' })).toEqual({ lifted: [], runs: [] });
  });

  it('wakes no run that is parked', async () => {
    const world = await underWay();
    const { position } = await world.journals.read(runJournal(runId), 0);
    const parked = lineOf({ kind: 'parked', at: t0, worker: 'w1', by: 'm1', revision: 1, reason: 'a bug' });
    await world.journals.append(runJournal(runId), position, parked);
    expect((await freeze(world, all)).runs).toEqual([]);
  });
});

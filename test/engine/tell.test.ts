import { advance } from '../../src/engine/advance';
import { writeMessage } from '../../src/engine/message';
import { readTail, runIn, signalsIn } from '../../src/engine/run-journal';
import { sweep } from '../../src/engine/sweep';
import { tell as tellEvent } from './toy-world';
import { tell, type SaidWord } from '../../src/engine/tell';
import { exampleConfiguration } from '../support/configuration';
import { begin, hourMs, minuteMs, ringOnce, runId, secondMs, t0, toyWorld, waitUntil } from './toy-world';
import type { ToyWorld } from './toy-world';

const pause: SaidWord = { kind: 'pause', by: 'lin', why: 'sale' };
const resume: SaidWord = { kind: 'resume', by: 'wu', why: 'sale is over' };

const work = (world: ToyWorld) => advance(world, world.shift);
const now = async ({ journals }: ToyWorld) => runIn(await readTail(journals, runId, 0));

/** A run that waits for seven hours and then rings the bell. */
async function waiting(): Promise<ToyWorld> {
  const world = toyWorld();
  const message = await begin(world, [waitUntil(t0 + 7 * hourMs), ringOnce]);
  await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
  await work(world);
  return world;
}

describe('a word to a run', () => {
  it('stands in its journal with who, why and when, and is taken at once (C69)', async () => {
    const world = await waiting();
    world.clock.now += minuteMs;
    expect(await tell(world, runId, pause)).toEqual({ kind: 'told' });
    const { entries } = await readTail(world.journals, runId, 0);
    expect(entries.at(-1)).toMatchObject({ kind: 'signal', at: t0 + minuteMs, worker: 'w1', signal: pause });
    await work(world);
    expect((await now(world))?.phase).toMatchObject({
      kind: 'held',
      reason: { code: 'paused', sentence: 'lin paused the run: sale' },
      back: { kind: 'forward' },
    });
  });

  it('is not lost to a revision that comes between reading and writing', async () => {
    const world = await waiting();
    world.clock.now = t0 + 7 * hourMs;
    world.meanwhile.kind = 'signal';
    world.meanwhile.then = async () => void (await work(world));
    const end = tell(world, runId, pause);
    // The run came to its end meanwhile, and says so.
    expect(await end).toEqual({ kind: 'over', outcome: 'done' });
    expect(signalsIn(await readTail(world.journals, runId, 0))).toEqual([]);
  });

  it('is heard behind a word that was first (C69)', async () => {
    const world = await waiting();
    world.meanwhile.kind = 'signal';
    world.meanwhile.then = async () => void (await tell(world, runId, pause));
    await tell(world, runId, resume);
    expect(signalsIn(await readTail(world.journals, runId, 0))).toEqual([pause, resume]);
    await work(world);
    expect((await now(world))?.phase).toEqual({ kind: 'forward' });
  });

  it('is heard when the provider changes the event in the same moment', async () => {
    const world = await waiting();
    world.meanwhile.kind = 'signal';
    world.meanwhile.then = () => tellEvent(world, { notBefore: t0 + 41 * 24 * hourMs });
    await tell(world, runId, pause);
    await work(world);
    expect(await now(world)).toMatchObject({
      phase: { kind: 'held' },
      event: { notBefore: t0 + 41 * 24 * hourMs },
    });
  });

  it('wakes the run at a sweep when whoever said it died before sending the message', async () => {
    const world = await waiting();
    const dying = { ...world, queue: { ...world.queue, send: () => Promise.reject(new Error('killed')) } };
    await expect(tell(dying, runId, pause)).rejects.toThrow('killed');
    world.clock.now += 150 * secondMs;
    await sweep(world, world.shift, exampleConfiguration());
    await work(world);
    expect((await now(world))?.phase).toEqual({ kind: 'forward' });
    world.clock.now += secondMs;
    await sweep(world, world.shift, exampleConfiguration());
    await work(world);
    expect((await now(world))?.phase).toMatchObject({ kind: 'held', reason: { code: 'paused' } });
  });

  it('is refused by a run that does not exist, and nothing is written', async () => {
    const world = toyWorld();
    expect(await tell(world, runId, pause)).toEqual({ kind: 'unknown' });
    expect([await world.kinds(), world.messages.sent]).toEqual([[], 0]);
  });

  it('is refused by a run that has ended', async () => {
    const world = await waiting();
    world.clock.now = t0 + 7 * hourMs;
    await work(world);
    const lines = await world.kinds();
    expect(await tell(world, runId, pause)).toEqual({ kind: 'over', outcome: 'done' });
    expect(await world.kinds()).toEqual(lines);
  });
});

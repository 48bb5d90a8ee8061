import { advance } from '../../src/engine/advance';
import { writeMessage, type Message } from '../../src/engine/message';
import { newestState, readTail } from '../../src/engine/run-journal';
import { tell } from '../../src/engine/tell';
import {
  begin,
  dayMs,
  hourMs,
  minuteMs,
  ringOnce,
  secondMs,
  t0,
  toyWorld,
  waitUntil,
  type ToyWorld,
  runId,
} from './toy-world';

const work = (world: ToyWorld) => advance(world, world.shift);
const send = (world: ToyWorld, ...bodies: readonly string[]) =>
  world.queue.send(bodies.map((body) => ({ body, delaySeconds: 0 })));
const inFlight = ({ messages }: ToyWorld) => messages.sent - messages.removed;
const endOf = async (world: ToyWorld) => newestState(await readTail(world.journals, runId, 0))?.state.phase;
const warnings = ({ logged }: ToyWorld) =>
  logged.filter(({ kind }) => kind === 'warning').map(({ text }) => text);

describe('advance', () => {
  it('carries on what is due and leaves the rest', async () => {
    const world = toyWorld();
    await send(world, writeMessage(await begin(world, [waitUntil(t0 + minuteMs), ringOnce])));
    expect([await work(world), await work(world), world.bell.rung]).toEqual([1, 0, 0]);
    world.clock.now += minuteMs;
    expect([await work(world), world.bell.rung, inFlight(world)]).toEqual([1, 1, 0]);
    expect(await endOf(world)).toEqual({ kind: 'ended', outcome: 'done' });
  });

  it('makes one message of several that carry the same state of a run', async () => {
    const world = toyWorld();
    const body = writeMessage(await begin(world, [waitUntil(t0 + minuteMs), ringOnce]));
    await send(world, body, body, body);
    expect([await work(world), inFlight(world), world.bell.looks]).toEqual([3, 1, 0]);
    world.clock.now += minuteMs;
    expect([await work(world), world.bell.rung, inFlight(world)]).toEqual([1, 1, 0]);
  });

  it('stops taking messages when its time is up; they come again', async () => {
    const world = toyWorld();
    await send(world, writeMessage(await begin(world, [ringOnce])));
    expect(await advance(world, { ...world.shift, until: t0 })).toBe(0);
    expect(await work(world)).toBe(1);
  });

  it('hands a run over to a message when its time is up', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, ringOnce]);
    Object.assign(world.meanwhile, {
      kind: 'claimed',
      then: async () => {
        world.clock.now += minuteMs;
      },
    });
    await send(world, writeMessage(message));
    await advance(world, { ...world.shift, until: t0 + minuteMs });
    expect([inFlight(world), world.bell.rung, await endOf(world)]).toEqual([1, 1, { kind: 'forward' }]);
    await work(world);
    expect(await endOf(world)).toEqual({ kind: 'ended', outcome: 'done' });
  });

  it('keeps the message of a worker that died; the run goes on when its lease is over', async () => {
    const world = toyWorld();
    world.bell.next.push('dies after');
    await send(world, writeMessage(await begin(world, [ringOnce])));
    await work(world);
    expect([inFlight(world), warnings(world)]).toEqual([1, ['message m1, delivery 1: Error: killed']]);
    world.clock.now += 180 * secondMs;
    await work(world);
    expect([inFlight(world), world.bell.rung, await endOf(world)]).toEqual([
      0,
      1,
      { kind: 'ended', outcome: 'done' },
    ]);
  });

  it('calls someone, once, when a run holds', async () => {
    const world = toyWorld();
    const message = await begin(world, [{ use: 'fail', parameters: {}, onFail: 'hold' }]);
    await send(world, writeMessage(message));
    await work(world);
    world.clock.now += 12 * hourMs;
    await work(world);
    const calls = world.logged.filter(({ kind }) => kind === 'call-someone').map(({ text }) => text);
    expect([calls, inFlight(world)]).toEqual([['holds: it is broken'], 1]);
  });
});

describe('a run that a person let go on, and that holds again', () => {
  it('calls someone again, although nobody lived to do it when it was recorded', async () => {
    const world = toyWorld();
    await send(world, writeMessage(await begin(world, [{ use: 'fail', parameters: {}, onFail: 'hold' }])));
    await work(world);
    world.clock.now += minuteMs;
    await tell(world, runId, { kind: 'retry', by: 'ann', why: 'mended' });
    const { journals } = world;
    let revisions = 0;
    const dying = {
      ...world,
      journals: {
        ...world.journals,
        append: async (...line: Parameters<typeof journals.append>) => {
          const appended = await journals.append(...line);
          if (line[2].includes('"kind":"revision"') && (revisions += 1) === 2) throw new Error('killed');
          return appended;
        },
      },
    };
    await advance(dying, world.shift);
    world.clock.now += 180 * secondMs;
    await work(world);
    const calls = world.logged.filter(({ kind }) => kind === 'call-someone').map(({ text }) => text);
    expect(calls).toEqual(['holds: it is broken', 'goes on after a crash']);
  });
});

describe('a message body of another shape', () => {
  const run = { id: 'run-9', revision: 0, plan: { steps: [] } };
  it.each<[string, string]>([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['a number', '7'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['another version', JSON.stringify({ version: 2, run, position: 0, refusals: 0, markedAt: 0 })],
    [
      'a run without a plan',
      JSON.stringify({
        version: 1,
        run: { id: 'run-9', revision: 0 },
        position: 0,
        refusals: 0,
        markedAt: 0,
      }),
    ],
    ['a position in words', JSON.stringify({ version: 1, run, position: 'end', refusals: 0, markedAt: 0 })],
  ])('(%s) is told and kept, and stops no other run', async (_name, body) => {
    const world = toyWorld();
    await send(world, body, writeMessage(await begin(world, [ringOnce])));
    await work(world);
    expect([world.bell.rung, inFlight(world), warnings(world).length]).toEqual([1, 1, 1]);
    world.clock.now += 180 * secondMs;
    await work(world);
    expect(warnings(world)[1]).toMatch(/^message m1, delivery 2: /);
  });
});

describe('a wait of thirty days (C77)', () => {
  it('loses nothing, and grows neither the journal nor the number of messages', async () => {
    const world = toyWorld();
    const message: Message = await begin(world, [waitUntil(t0 + 30 * dayMs), ringOnce]);
    await send(world, writeMessage(message));
    while (world.clock.now < t0 + 30 * dayMs) {
      await work(world);
      expect([await world.kinds(), inFlight(world)]).toEqual([['started'], 1]);
      world.clock.now += hourMs;
    }
    await work(world);
    expect([world.bell.rung, inFlight(world), await endOf(world)]).toEqual([
      1,
      0,
      { kind: 'ended', outcome: 'done' },
    ]);
    expect(world.messages.sent).toBe(61);
  });
});

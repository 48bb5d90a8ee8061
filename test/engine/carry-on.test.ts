import { carryOn, type Outgoing } from '../../src/engine/advance';
import { hop } from '../../src/engine/hop';
import { readMessage, type Message } from '../../src/engine/message';
import { newestState, readTail } from '../../src/engine/run-journal';
import {
  begin,
  fail,
  hourMs,
  minuteMs,
  ringOnce,
  ringTwice,
  secondMs,
  t0,
  tell,
  toyWorld,
  waitUntil,
  type ToyWorld,
  runId,
} from './toy-world';

const leaseMs = 150 * secondMs;
const afterAnHour = waitUntil(t0 + hourMs);

const handle = (world: ToyWorld, message: Message, by = 'm1') => carryOn(world, world.shift, message, by);
const sent = (outgoing: Outgoing | undefined): Message => readMessage(outgoing?.body ?? 'null');
const stateIn = async (world: ToyWorld) => newestState(await readTail(world.journals, runId, 0))?.state;

describe('a run that nothing disturbs', () => {
  it('claims, acts and records, in one invocation', async () => {
    const world = toyWorld();
    expect(await handle(world, await begin(world, [ringOnce]))).toBeUndefined();
    expect(await world.kinds()).toEqual(['started', 'claimed', 'revision', 'revision']);
    expect(await stateIn(world)).toMatchObject({
      phase: { kind: 'ended', outcome: 'done' },
      facts: { 'step-1': { before: 0, heard: 1 } },
    });
    expect([world.bell.rung, await world.openRuns.list()]).toEqual([1, []]);
  });

  it('asks for a look when there is something to see, and writes nothing until then', async () => {
    const world = toyWorld();
    const outgoing = await handle(world, await begin(world, [afterAnHour, ringOnce]));
    expect(outgoing?.delaySeconds).toBe(3600);
    expect(await world.kinds()).toEqual(['started']);
    expect(await world.openRuns.list()).toEqual([{ runId, nextLook: t0 + hourMs }]);
  });

  it('puts everything back when a step fails', async () => {
    const world = toyWorld();
    await handle(world, await begin(world, [ringOnce, ringTwice, fail]));
    expect(await stateIn(world)).toMatchObject({ phase: { kind: 'ended', outcome: 'undone' } });
    expect(world.bell.rung).toBe(0);
  });

  it('is an error when the plan names a step type that is not there', async () => {
    const world = toyWorld();
    const message = await begin(world, [{ use: 'dance', parameters: {} }]);
    await expect(handle(world, message)).rejects.toThrow(
      'run-b381fce1fce6a6ee, step step-1: no step type "dance"; known: ring, wait, fail',
    );
  });
});

describe('a message that is handled again', () => {
  it('is acknowledged when another message has carried the run on', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, afterAnHour]);
    await handle(world, message, 'm1');
    const lines = await world.kinds();
    expect(await handle(world, message, 'm2')).toBeUndefined();
    expect([await world.kinds(), world.bell.rung]).toEqual([lines, 1]);
  });

  it('carries on what the first moves left behind, which have no message of their own', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, afterAnHour]);
    const first = await handle(world, message, `intake of ${runId}`);
    const second = await handle(world, message, 'm2');
    expect(sent(second)).toMatchObject({ run: sent(first).run, position: sent(first).position });
    expect(world.bell.rung).toBe(1);
    const third = await handle(world, sent(second), 'm3');
    expect(sent(third).run).toEqual(sent(first).run);
  });

  it('says nothing again of a run that the first moves have ended: it was told once', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce]);
    await handle(world, message, `intake of ${runId}`);
    const told = world.logged.length;
    expect(await handle(world, message, 'm2')).toBeUndefined();
    expect(world.logged.length).toBe(told);
  });

  it('sends its successor again: we may have died before it was sent', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, afterAnHour]);
    const first = await handle(world, message, 'm1');
    const second = await handle(world, message, 'm1');
    expect(sent(second).run).toEqual(sent(first).run);
    expect(sent(second).position).toBe(sent(first).position);
    expect(world.bell.rung).toBe(1);
  });

  it('ends the run again when it had ended it: the marker may be left', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce]);
    await handle(world, message, 'm1');
    await world.openRuns.put(runId, t0);
    expect(await handle(world, message, 'm1')).toBeUndefined();
    expect([await world.openRuns.list(), world.bell.rung]).toEqual([[], 1]);
  });
});

describe('a worker that died acting', () => {
  it.each(['dies before', 'dies after'] as const)(
    '(%s the effect) leaves a lease that others wait for',
    async (how) => {
      const world = toyWorld();
      world.bell.next.push(how);
      const message = await begin(world, [ringOnce, afterAnHour]);
      await expect(handle(world, message)).rejects.toThrow('killed');
      world.clock.now += 10 * secondMs;
      const looks = world.bell.looks;
      const outgoing = await handle(world, message);
      expect([outgoing?.delaySeconds, world.bell.looks]).toEqual([140, looks]);
      expect(sent(outgoing).run).toEqual(message.run);
    },
  );

  it.each(['dies before', 'dies after'] as const)(
    '(%s the effect) is followed by a look, and one ring in all',
    async (how) => {
      const world = toyWorld();
      world.bell.next.push(how);
      const message = await begin(world, [ringOnce, afterAnHour]);
      await expect(handle(world, message)).rejects.toThrow('killed');
      world.clock.now += leaseMs;
      const { run } = sent(await handle(world, message));
      expect([world.bell.rung, run.step]).toEqual([1, 1]);
      expect(run.facts['step-1']).toMatchObject({ before: 0 });
    },
  );

  it('hands down what its claim saw, and the next claim adds to it', async () => {
    const world = toyWorld();
    world.bell.next.push('dies after', 'answer lost');
    const message = await begin(world, [ringTwice, afterAnHour]);
    await expect(handle(world, message)).rejects.toThrow('killed');
    world.clock.now += leaseMs;
    await handle(world, message);
    world.clock.now += leaseMs;
    const { run } = sent(await handle(world, message));
    expect(run.facts['step-1']).toEqual({ claimedAt: t0 + leaseMs, before: 0, seen: 1 });
    expect(world.bell.rung).toBe(2);
  });

  it('may have passed the commit point', async () => {
    const world = toyWorld();
    world.bell.next.push('dies before');
    const message = await begin(world, [{ ...ringOnce, commit: true }]);
    await expect(handle(world, message)).rejects.toThrow('killed');
    await tell(world, { status: 'Canceled' });
    world.clock.now += leaseMs;
    await handle(world, message);
    expect(await stateIn(world)).toMatchObject({
      committed: true,
      phase: { outcome: 'done' },
      event: { status: 'Canceled' },
    });
  });
});

describe('an act that is refused', () => {
  it('releases its claim, and is tried again without waiting for a lease', async () => {
    const world = toyWorld();
    world.bell.next.push('refused');
    const outgoing = await handle(world, await begin(world, [ringOnce, afterAnHour]));
    expect(await world.kinds()).toEqual(['started', 'claimed', 'released']);
    expect(outgoing?.delaySeconds).toBeLessThanOrEqual(5);
    expect(sent(outgoing)).toMatchObject({ refusals: 1, run: { revision: 0, committed: false } });
    world.clock.now += 5 * secondMs;
    expect(sent(await handle(world, sent(outgoing), 'm2'))).toMatchObject({ refusals: 0, run: { step: 1 } });
    expect(world.bell.rung).toBe(1);
  });

  it('fails the step when trying again cannot help', async () => {
    const world = toyWorld();
    world.bell.next.push('refused for good');
    await handle(world, await begin(world, [{ ...ringOnce, commit: true }]));
    expect(await stateIn(world)).toMatchObject({
      committed: false,
      phase: { kind: 'ended', outcome: 'undone', reason: { code: 'Throttling' } },
    });
  });

  it.each(['answer lost', 'lost'] as const)(
    'unclearly (%s) keeps its claim until the call must be over, then looks',
    async (how) => {
      const world = toyWorld();
      world.bell.next.push(how);
      const outgoing = await handle(world, await begin(world, [ringOnce, afterAnHour]));
      expect([outgoing?.delaySeconds, await world.kinds()]).toEqual([150, ['started', 'claimed']]);
      world.clock.now += leaseMs;
      expect(sent(await handle(world, sent(outgoing), 'm2')).run.step).toBe(1);
      expect(world.bell.rung).toBe(1);
    },
  );
});

describe('a signal', () => {
  it('that beats the new state to the journal stands in front of it, and is taken next', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, afterAnHour]);
    Object.assign(world.meanwhile, { kind: 'revision', then: () => tell(world, { status: 'Executing' }) });
    const { run } = sent(await handle(world, message));
    expect(await world.kinds()).toEqual(['started', 'claimed', 'signal', 'revision', 'revision', 'revision']);
    expect([run.event.status, run.step, run.revision, world.bell.rung]).toEqual(['Executing', 1, 3, 1]);
  });

  it('that beats a claim is heard before anything is done', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce]);
    Object.assign(world.meanwhile, { kind: 'claimed', then: () => tell(world, { status: 'Canceled' }) });
    const outgoing = await handle(world, message);
    expect([outgoing?.delaySeconds, world.bell.rung]).toEqual([5, 0]);
    world.clock.now += 5 * secondMs;
    await handle(world, sent(outgoing), 'm2');
    expect(await stateIn(world)).toMatchObject({ phase: { outcome: 'withdrawn' } });
    expect(world.bell.rung).toBe(0);
  });

  it('that comes in during a refused act does not make the act count as begun', async () => {
    const world = toyWorld();
    world.bell.next.push('refused');
    const message = await begin(world, [{ ...ringOnce, commit: true }]);
    Object.assign(world.meanwhile, { kind: 'released', then: () => tell(world, { status: 'Canceled' }) });
    const outgoing = await handle(world, message);
    expect(await world.kinds()).toEqual(['started', 'claimed', 'signal', 'released']);
    world.clock.now += 5 * secondMs;
    await handle(world, sent(outgoing), 'm2');
    expect(await stateIn(world)).toMatchObject({ committed: false, phase: { outcome: 'withdrawn' } });
    expect(world.bell.rung).toBe(0);
  });

  it('undoes what an unfinished claim may have done', async () => {
    const world = toyWorld();
    world.bell.next.push('answer lost');
    const outgoing = await handle(world, await begin(world, [ringOnce]));
    await tell(world, { status: 'Canceled' });
    world.clock.now += leaseMs;
    await handle(world, sent(outgoing), 'm2');
    expect(await stateIn(world)).toMatchObject({ phase: { outcome: 'withdrawn' } });
    expect(world.bell.rung).toBe(0);
  });

  it('is taken with others in order', async () => {
    const world = toyWorld();
    const message = await begin(world, [afterAnHour]);
    await tell(world, { notBefore: t0 + 2 * hourMs });
    await tell(world, { status: 'Executing' });
    await tell(world, { status: 'Executed' });
    const { run } = sent(await handle(world, message));
    expect([run.event.status, run.event.notBefore]).toEqual(['Executed', t0 + 40 * 24 * hourMs]);
    expect(await world.kinds()).toEqual(['started', 'signal', 'signal', 'signal', 'revision']);
  });

  it('that is no news leaves no trace', async () => {
    const world = toyWorld();
    const message = await begin(world, [afterAnHour]);
    await tell(world, {});
    await handle(world, message);
    expect(await world.kinds()).toEqual(['started', 'signal']);
  });
});

describe('two workers with the same state (C78)', () => {
  it.each([
    ['the same message', 'm1'],
    ['two messages', 'm2'],
  ])('and %s ring once', async (_name, by) => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, afterAnHour]);
    const ends = await Promise.all([
      hop(world, world.shift.steps, message, 'm1'),
      hop(world, world.shift.steps, message, by),
    ]);
    expect(ends.map(({ kind }) => kind)).toEqual(['again', 'again']);
    expect(ends[1]).toMatchObject({ at: t0 + 5 * secondMs, note: 'somebody else was first' });
    world.clock.now += 5 * secondMs;
    await handle(world, message, by);
    expect([world.bell.rung, (await stateIn(world))?.step]).toEqual([1, by === 'm1' ? 1 : 0]);
  });

  it('record one state: the other copy is old', async () => {
    const world = toyWorld();
    world.bell.rung = 1;
    const message = await begin(world, [ringOnce, waitUntil(t0 + minuteMs)]);
    const ends = await Promise.all(['m1', 'm2'].map((by) => hop(world, world.shift.steps, message, by)));
    expect(ends.map(({ kind }) => kind)).toEqual(['again', 'stale']);
    expect(await world.kinds()).toEqual(['started', 'revision']);
  });
});

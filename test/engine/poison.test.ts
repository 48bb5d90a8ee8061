import * as z from 'zod';
import { announce } from '../../simulator/ecs/announce';
import { advance } from '../../src/engine/advance';
import { wake } from '../../src/engine/tell';
import { writeMessage } from '../../src/engine/message';
import { CloudError } from '../../src/engine/ports';
import { receive } from '../../src/engine/receive';
import { newestState, readTail, runJournal } from '../../src/engine/run-journal';
import { sweep } from '../../src/engine/sweep';
import { stepTypes } from '../../src/steps';
import { defineStep } from '../../src/steps/define-step';
import { exampleConfiguration } from '../support/configuration';
import { openInProcessWorld } from '../support/in-process-world';
import { exampleFleet, web1, web2 } from '../support/story-fleet';
import { begin, dayMs, minuteMs, ringOnce, runId, secondMs, toyWorld, type ToyWorld } from './toy-world';

const configuration = exampleConfiguration();

/** A toy world whose step `bug` fails until it is mended. */
function buggyWorld(): ToyWorld & { readonly bug: { mended: boolean } } {
  const world = toyWorld();
  const bug = { mended: false };
  const buggy = defineStep({
    type: 'bug',
    permissions: [],
    parameters: z.strictObject({}),
    look: async () => null,
    judge: () => {
      if (!bug.mended) throw new TypeError("cannot read 'zone' of undefined");
      return { kind: 'done' };
    },
    act: async () => ({}),
  });
  return {
    ...world,
    bug,
    shift: { ...world.shift, steps: new Map([...world.shift.steps, [buggy.type, buggy]]) },
  };
}

const bugStep = { use: 'bug', parameters: {} };
const work = (world: ToyWorld) => advance(world, world.shift);
const send = (world: ToyWorld, ...bodies: readonly string[]) =>
  world.queue.send(bodies.map((body) => ({ body, delaySeconds: 0 })));
const inFlight = ({ messages }: ToyWorld) => messages.sent - messages.removed;
const calls = ({ logged }: ToyWorld) =>
  logged.filter(({ kind }) => kind === 'call-someone').map(({ text }) => text);
const kept = async ({ journals }: ToyWorld) =>
  (await journals.read('set-aside', 0)).lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const phaseOf = async (world: ToyWorld, id = runId) =>
  newestState(await readTail(world.journals, id, 0))?.state.phase.kind;

/** The queue delivers again what was not removed, so many times. */
async function deliver(world: ToyWorld, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await work(world);
    world.clock.now += 180 * secondMs;
  }
}

/** A person says that the run is to go on, and wakes it. */
async function retry(world: ToyWorld): Promise<void> {
  const tail = await readTail(world.journals, runId, 0);
  const signal = { kind: 'retry', by: 'wang', why: 'mended' };
  const line = { kind: 'signal', at: world.now(), worker: 'w', by: 'wang', signal };
  await world.journals.append(runJournal(runId), tail.end, JSON.stringify(line));
  await wake(world, runId, tail);
}

async function parked(): Promise<ReturnType<typeof buggyWorld>> {
  const world = buggyWorld();
  await send(world, writeMessage(await begin(world, [ringOnce, bugStep, ringOnce])));
  await deliver(world, 5);
  return world;
}

describe('a run whose step has a bug', () => {
  it('is tried a few times, then parked: kept with its reason, and somebody is called (C80)', async () => {
    const world = buggyWorld();
    await send(world, writeMessage(await begin(world, [bugStep])));
    await deliver(world, 4);
    expect([inFlight(world), await world.kinds(), calls(world)]).toEqual([1, ['started'], []]);
    await deliver(world, 1);
    expect([inFlight(world), await world.kinds()]).toEqual([0, ['started', 'parked']]);
    const why = "TypeError: cannot read 'zone' of undefined";
    expect(calls(world)).toEqual([`parked after 5 tries: ${why}`]);
    expect(await kept(world)).toMatchObject([{ kind: 'set-aside', why, key: 'm1' }]);
  });

  it('is not woken by the sweep, nor carried on by another copy of its message', async () => {
    const world = await parked();
    const tail = await readTail(world.journals, runId, 0);
    const before = (await world.kinds()).length;
    for (let day = 0; day < 3; day += 1) {
      world.clock.now += dayMs;
      await sweep(world, world.shift, configuration);
    }
    expect(inFlight(world)).toBe(0);
    await wake(world, runId, tail);
    await work(world);
    expect([inFlight(world), (await world.kinds()).length, calls(world).length]).toEqual([0, before, 1]);
  });

  it('goes on where it stood when a person lets it after the bug is mended (C80)', async () => {
    const world = await parked();
    world.bug.mended = true;
    await retry(world);
    await work(world);
    expect([await phaseOf(world), world.bell.rung, inFlight(world)]).toEqual(['ended', 1, 0]);
    expect(world.logged.map(({ text }) => text)).toContain('wang lets it go on: mended');
    expect(await world.openRuns.list()).toEqual([]);
  });

  it('is parked anew, and called for anew, when the bug is still there', async () => {
    const world = await parked();
    await retry(world);
    await deliver(world, 5);
    expect([inFlight(world), calls(world).length, (await kept(world)).length]).toEqual([0, 2, 2]);
    expect((await world.kinds()).filter((kind) => kind === 'parked')).toHaveLength(2);
  });

  it('never delays the fifteen others of its batch', async () => {
    const world = buggyWorld();
    await send(world, writeMessage(await begin(world, [bugStep])));
    for (let count = 0; count < 5; count += 1) {
      const others = Array.from({ length: 15 }, (_item, index) => `run-${count}-${index}`);
      for (const id of others) await send(world, writeMessage(await begin(world, [ringOnce], id)));
      expect(await work(world)).toBe(16);
      for (const id of others) expect(await phaseOf(world, id)).toBe('ended');
      world.clock.now += 180 * secondMs;
    }
    expect([inFlight(world), await phaseOf(world)]).toEqual([0, 'forward']);
  });

  it('is taken alone once it is suspect: by then the others are sent on and removed', async () => {
    const world = buggyWorld();
    await send(world, writeMessage(await begin(world, [bugStep])));
    await deliver(world, 2);
    await send(world, writeMessage(await begin(world, [ringOnce], 'run-2')));
    const order: string[] = [];
    await work({
      ...world,
      log: ({ text }) => void order.push(text.slice(0, 23)),
      queue: {
        ...world.queue,
        remove: async (handles) => {
          order.push(`removed ${handles.length}`);
          await world.queue.remove(handles);
        },
      },
    });
    expect(order.slice(-2)).toEqual(['removed 1', 'message m1, delivery 3:']);
  });

  it('is not parked because of an outage, however long it lasts (C79)', async () => {
    const world = buggyWorld();
    await send(world, writeMessage(await begin(world, [ringOnce])));
    const detail = { worthRepeating: true, mayHaveWorked: false, product: 'oss', action: 'GetObject' };
    const down = { ...world.journals, read: () => Promise.reject(new CloudError('Down', 'no', detail)) };
    for (let count = 0; count < 20; count += 1) {
      await work({ ...world, journals: down });
      world.clock.now += 180 * secondMs;
    }
    expect([inFlight(world), calls(world), await world.kinds()]).toEqual([1, [], ['started']]);
    await work(world);
    expect([await phaseOf(world), world.bell.rung]).toEqual(['ended', 1]);
  });
});

describe('a message that nobody can use', () => {
  it.each([
    ['no JSON', 'hello'],
    ['another version', '{"version":9}'],
  ])(
    '(%s) is set aside with its text after a few deliveries, and somebody is called (C11)',
    async (_name, body) => {
      const world = toyWorld();
      await send(world, body);
      await deliver(world, 4);
      expect([inFlight(world), await kept(world)]).toEqual([1, []]);
      await deliver(world, 1);
      expect([inFlight(world), calls(world).length]).toEqual([0, 1]);
      expect(await kept(world)).toMatchObject([{ kind: 'set-aside', text: body }]);
    },
  );

  it('is set aside when the journal of its run cannot be read', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce]);
    await world.journals.append(runJournal(runId), message.position, '{"kind":"poem"}');
    await send(world, writeMessage(message));
    await deliver(world, 5);
    expect([inFlight(world), calls(world).length, world.bell.rung]).toEqual([0, 1, 0]);
  });

  it('is parked when the queue can never take its successor; the others are sent', async () => {
    const world = toyWorld();
    const { queue } = world;
    const picky: ToyWorld = {
      ...world,
      queue: {
        ...queue,
        send: (batch) =>
          batch.some(({ body }) => body.includes(runId))
            ? Promise.reject(new Error('message: 70000 bytes when encoded; MNS takes at most 65536'))
            : queue.send(batch),
      },
    };
    const waits = { use: 'wait', parameters: { until: world.now() + dayMs } };
    await send(world, writeMessage(await begin(world, [waits])));
    await deliver(picky, 5);
    expect([inFlight(world), await world.kinds(), calls(world).length]).toEqual([
      0,
      ['started', 'parked'],
      1,
    ]);
  });
});

describe('a bug in the first moves of a run', () => {
  it('stops neither the sweep nor the other events; its message is tried and set aside like any other', async () => {
    const { cloud, world, logged, moveTo } = openInProcessWorld(exampleFleet());
    const first = stepTypes.get('await-window')!;
    const judge: typeof first.forward.judge = (seen, parameters, scene) => {
      if (scene.target.instanceId === web1) throw new TypeError('oops');
      return first.forward.judge(seen, parameters, scene);
    };
    const buggy = { ...first, forward: { ...first.forward, judge } };
    const shift = { steps: new Map([...stepTypes, [buggy.type, buggy]]), until: Infinity };
    for (const instanceId of [web1, web2]) {
      announce(cloud, { instanceId, code: 'SystemMaintenance.Reboot', clears: true, reason: 'test' });
    }
    await sweep(world, shift, configuration);
    expect(await world.openRuns.list()).toHaveLength(2);
    for (let count = 0; count < 5; count += 1) {
      await advance(world, shift);
      moveTo(cloud.now + 180 * secondMs);
    }
    const calls = logged.filter(({ kind }) => kind === 'call-someone');
    expect(calls).toMatchObject([{ instance: web1, text: 'parked after 5 tries: TypeError: oops' }]);
  });
});

describe('a bug at the intake', () => {
  it('is tried again a few times, then its event is set aside; the other events go on (C11, C12)', async () => {
    const { cloud, world, logged, moveTo } = openInProcessWorld(exampleFleet());
    const { instances } = world.cloud;
    const buggy = {
      ...world,
      cloud: {
        ...world.cloud,
        instances: {
          ...instances,
          get: (id: string) => (id === web1 ? Promise.reject(new TypeError('oops')) : instances.get(id)),
        },
      },
    };
    const shift = { steps: stepTypes, until: Infinity };
    for (const [instanceId, eventId] of [
      [web1, 'e-1'],
      [web2, 'e-2'],
    ] as const) {
      const code = 'SystemMaintenance.Reboot';
      announce(cloud, { instanceId, eventId, code, clears: true, reason: 'test' });
    }
    const body = (instanceId: string, eventId: string) => ({
      product: 'ECS',
      name: 'Instance:SystemMaintenance.Reboot:Scheduled',
      content: {
        eventId,
        eventType: 'SystemMaintenance.Reboot',
        eventStatus: 'Scheduled',
        instanceId,
        notBefore: '2026-11-19T07:10:00Z',
      },
    });
    const push = Buffer.from(JSON.stringify([body(web1, 'e-1'), body(web2, 'e-2')]));
    for (let count = 1; count <= 4; count += 1) {
      await expect(receive(buggy, shift, configuration, push)).rejects.toThrow('TypeError: oops');
      expect(await world.openRuns.list()).toHaveLength(1);
    }
    await receive(buggy, shift, configuration, push);
    const told = () => logged.filter(({ kind }) => kind === 'call-someone').map(({ text }) => text);
    expect(told()).toEqual(['SystemMaintenance.Reboot e-1 could not be taken in: TypeError: oops']);
    moveTo(cloud.now + 5 * minuteMs);
    await sweep(buggy, shift, configuration);
    expect(told()).toHaveLength(1);
    await sweep(world, shift, configuration);
    expect(await world.openRuns.list()).toHaveLength(2);
  });
});

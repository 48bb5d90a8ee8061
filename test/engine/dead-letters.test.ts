import { advance } from '../../src/engine/advance';
import { readDeadLetters } from '../../src/engine/dead-letters';
import { writeMessage, type Message } from '../../src/engine/message';
import { CloudError } from '../../src/engine/ports';
import { newestState, readTail } from '../../src/engine/run-journal';
import { begin, minuteMs, ringOnce, runId, secondMs, toyWorld, waitUntil, type ToyWorld } from './toy-world';

const detail = { worthRepeating: true, mayHaveWorked: false, product: 'oss', action: 'GetObject' };
const inFlight = ({ messages }: ToyWorld) => messages.sent - messages.removed;
const read = (world: ToyWorld) => readDeadLetters(world, world.shift);
const told = ({ logged }: ToyWorld, wanted: string) =>
  logged.filter(({ kind }) => kind === wanted).map(({ text }) => text);
const outcome = async (world: ToyWorld) =>
  newestState(await readTail(world.journals, runId, 0))?.state.phase.kind;

/** Sends it, and lets it be received until the queue has had enough. */
async function die(world: ToyWorld, body: string): Promise<void> {
  await world.queue.send([{ body, delaySeconds: 0 }]);
  for (let count = 0; count <= 50; count += 1) {
    await world.queue.receive();
    world.clock.now += 180 * secondMs;
  }
}

async function dead(): Promise<{ world: ToyWorld; message: Message }> {
  const world = toyWorld();
  const message = await begin(world, [ringOnce]);
  await die(world, writeMessage(message));
  return { world, message };
}

describe('a message that the queue has set aside', () => {
  it('is found: its run goes on from the journal, and it is said why', async () => {
    const { world } = await dead();
    expect([await read(world), inFlight(world), await world.kinds()]).toEqual([1, 2, ['started', 'revived']]);
    expect(told(world, 'warning')).toEqual([
      'the queue set its message aside after too many deliveries; the run goes on from its journal',
    ]);
    await advance(world, world.shift);
    expect([await outcome(world), world.bell.rung, await read(world)]).toEqual(['ended', 1, 0]);
  });

  it('parks its run when that happens twice at one state: handling it may kill the invocation', async () => {
    const { world, message } = await dead();
    await read(world);
    await die(world, writeMessage(message));
    await read(world);
    expect(await world.kinds()).toEqual(['started', 'revived', 'parked']);
    expect(told(world, 'call-someone')).toEqual([
      'parked after 51 tries: the queue set its message aside after too many deliveries, for the second time',
    ]);
  });

  it('is dropped when the run has moved on without it', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, waitUntil(world.now() + 900 * minuteMs)]);
    await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
    await advance(world, world.shift);
    const sent = inFlight(world);
    await die(world, writeMessage(message));
    await read(world);
    expect([inFlight(world) - sent, told(world, 'call-someone')]).toEqual([1, []]);
    expect(told(world, 'warning').at(-1)).toContain('the run has moved on');
  });

  it('is not old when handling it moved the run on, and nobody lived to send the next message', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce, waitUntil(world.now() + 900 * minuteMs)]);
    await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
    const dying = {
      ...world,
      queue: { ...world.queue, send: () => Promise.reject(new CloudError('Down', 'no', detail)) },
    };
    for (let count = 0; count <= 50; count += 1) {
      await advance(dying, world.shift).catch(() => undefined);
      world.clock.now += 180 * secondMs;
    }
    const sent = inFlight(world);
    await read(world);
    expect(inFlight(world) - sent).toBe(1);
    expect(told(world, 'warning').at(-1)).toContain('the run goes on from its journal');
  });

  it('is dropped when its run is over', async () => {
    const { world, message } = await dead();
    await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
    await advance(world, world.shift);
    await read(world);
    expect(told(world, 'warning').at(-1)).toContain('the run is over');
  });

  it('is kept with its text when nobody can read it, and somebody is called', async () => {
    const world = toyWorld();
    await die(world, 'hello');
    expect([await read(world), await read(world)]).toEqual([1, 0]);
    const [line] = (await world.journals.read('set-aside', 0)).lines;
    expect(JSON.parse(line ?? '{}')).toMatchObject({ kind: 'set-aside', text: 'hello' });
    expect(told(world, 'call-someone')).toHaveLength(1);
  });

  it('stays where it is while the journals cannot be reached', async () => {
    const { world } = await dead();
    const down = { ...world.journals, read: () => Promise.reject(new CloudError('Down', 'no', detail)) };
    await readDeadLetters({ ...world, journals: down }, world.shift);
    expect(await world.kinds()).toEqual(['started']);
    world.clock.now += 180 * secondMs;
    await read(world);
    expect(await world.kinds()).toEqual(['started', 'revived']);
  });
});

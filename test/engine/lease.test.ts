import { advance } from '../../src/engine/advance';
import { hop } from '../../src/engine/hop';
import { writeMessage } from '../../src/engine/message';
import { newestState, readTail } from '../../src/engine/run-journal';
import { begin, ringOnce, runId, secondMs, toyWorld, type ToyWorld } from './toy-world';

const stateOf = async (world: ToyWorld) => newestState(await readTail(world.journals, runId, 0))?.state;

describe('the lease of a claim (C76)', () => {
  it('keeps a second worker away until the first one cannot live any more', async () => {
    const world = toyWorld();
    world.bell.next.push('dies after');
    const message = await begin(world, [ringOnce]);
    await expect(hop(world, world.shift.steps, message, 'm1')).rejects.toThrow('killed');
    for (const seconds of [0, 60, 149]) {
      world.clock.now = message.run.startedAt + seconds * secondMs;
      const end = await hop(world, world.shift.steps, message, 'm1');
      expect(end).toMatchObject({ kind: 'again', note: 'somebody is acting, or died acting' });
    }
    world.clock.now = message.run.startedAt + 150 * secondMs;
    await hop(world, world.shift.steps, message, 'm1');
    expect([world.bell.rung, (await stateOf(world))?.revision]).toEqual([1, 1]);
  });

  it('fences a worker that comes back from the dead: what it did is not recorded, and it sends nothing', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce]);
    world.meanwhile.kind = 'revision';
    world.meanwhile.then = async () => {
      // The first worker's act took longer than its lease; by then a second one has taken over.
      world.clock.now += 151 * secondMs;
      await hop(world, world.shift.steps, message, 'm2');
    };
    expect(await hop(world, world.shift.steps, message, 'm1')).toEqual({ kind: 'stale' });
    expect([world.bell.rung, await world.kinds()]).toEqual([1, ['started', 'claimed', 'revision']]);
  });

  it('is not acted under when it is nearly over: the next worker looks first', async () => {
    const world = toyWorld();
    const message = await begin(world, [ringOnce]);
    await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
    world.meanwhile.kind = 'claimed';
    world.meanwhile.then = async () => {
      world.clock.now += 100 * secondMs;
    };
    await advance(world, world.shift);
    expect([world.bell.rung, await world.kinds()]).toEqual([0, ['started', 'claimed']]);
    world.clock.now += 50 * secondMs;
    await advance(world, world.shift);
    expect([world.bell.rung, (await stateOf(world))?.phase.kind]).toEqual([1, 'ended']);
  });
});

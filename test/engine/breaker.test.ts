import { carryOn } from '../../src/engine/advance';
import { closeBreaker } from '../../src/engine/breaker';
import type { World } from '../../src/engine/ports';
import { breakerState } from '../../src/run/breaker';
import { begin, fail, ringOnce, toyWorld } from './toy-world';

const limits = { failures: 2, within: 60_000 };
const linesOf = async ({ journals }: World) => (await journals.read('failures', 0)).lines;
const kindsOf = async (world: World) =>
  (await linesOf(world)).map((line) => (JSON.parse(line) as { kind: string }).kind);

describe('the breaker’s journal (C64)', () => {
  it('has a line for each run that failed, and none for one that is done', async () => {
    const world = toyWorld();
    await carryOn(world, world.shift, await begin(world, [ringOnce, fail], 'run-1'), 'm1');
    await carryOn(world, world.shift, await begin(world, [{ ...fail, onFail: 'hold' }], 'run-2'), 'm2');
    await carryOn(world, world.shift, await begin(world, [ringOnce], 'run-3'), 'm3');
    const lines = await linesOf(world);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { kind: 'failed', run: 'run-1', pool: 'toys', code: 'broken' },
      { kind: 'failed', run: 'run-2', pool: 'toys', code: 'broken' },
    ]);
    expect(breakerState(lines, limits)).toMatchObject({ kind: 'open', runs: ['run-1', 'run-2'] });
  });

  it('has the line before the run turns, and once, if the worker dies in between', async () => {
    const world = toyWorld();
    const message = await begin(world, [fail]);
    world.meanwhile.kind = 'revision';
    world.meanwhile.then = () => Promise.reject(new Error('killed'));
    await expect(carryOn(world, world.shift, message, 'm1')).rejects.toThrow('killed');
    expect([await kindsOf(world), await world.kinds()]).toEqual([['failed'], ['started']]);
    await carryOn(world, world.shift, message, 'm1');
    expect([await kindsOf(world), await world.kinds()]).toEqual([['failed'], ['started', 'revision']]);
  });

  it('is closed by a person, with the reason', async () => {
    const world = toyWorld();
    for (const id of ['run-1', 'run-2']) {
      await carryOn(world, world.shift, await begin(world, [fail], id), id);
    }
    expect(breakerState(await linesOf(world), limits).kind).toBe('open');
    await closeBreaker(world, { by: 'wang', why: 'the bad image is gone' });
    expect(breakerState(await linesOf(world), limits)).toEqual({ kind: 'closed' });
    expect(JSON.parse((await linesOf(world)).at(-1) ?? '')).toMatchObject({ by: 'wang' });
  });
});

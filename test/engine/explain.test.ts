import { advance } from '../../src/engine/advance';
import { explain } from '../../src/engine/explain';
import { freeze } from '../../src/engine/freeze';
import { writeMessage } from '../../src/engine/message';
import { CloudError } from '../../src/engine/ports';
import { lineOf, readTail, runIn, runJournal } from '../../src/engine/run-journal';
import { tell } from '../../src/engine/tell';
import { defineStep } from '../../src/steps/define-step';
import * as z from 'zod';
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

const who = { by: 'lin', why: 'sale' };

async function running(...steps: Parameters<typeof begin>[1]): Promise<ToyWorld> {
  const world = toyWorld();
  const message = await begin(world, steps);
  await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
  await advance(world, world.shift);
  return world;
}

async function explained(world: ToyWorld, steps = world.shift.steps) {
  const tail = await readTail(world.journals, runId, 0);
  const run = runIn(tail);
  if (run === undefined) throw new Error('the run has not begun');
  const { position } = await world.journals.read(runJournal(runId), 0);
  const explanation = await explain(world, steps, { run, tail });
  expect((await world.journals.read(runJournal(runId), 0)).position).toBe(position);
  return explanation;
}

describe('an explanation', () => {
  it('has what the step at hand says now, and writes nothing', async () => {
    const world = await running(waitUntil(t0 + 7 * hourMs), ringOnce);
    expect(await explained(world)).toEqual({
      verdict: { kind: 'pending', again: t0 + 7 * hourMs, note: 'waits' },
      untaken: [],
      freezes: [],
      whyNotSooner: [],
    });
    world.clock.now = t0 + 7 * hourMs;
    expect((await explained(world)).verdict).toEqual({ kind: 'done' });
    expect(world.bell.rung).toBe(0);
  });

  it('names the words that were not taken yet, and the freezes of the pool', async () => {
    const world = await running(waitUntil(t0 + 7 * hourMs));
    await freeze(world, { ...who, pool: 'toys', hard: false, now: false });
    await freeze(world, { ...who, pool: 'web', hard: false, now: false });
    await tell(world, runId, { kind: 'pause', ...who });
    const { untaken, freezes } = await explained(world);
    expect(untaken.map(({ kind }) => kind)).toEqual(['freeze', 'pause']);
    expect(freezes).toMatchObject([{ pool: 'toys', by: 'lin' }]);
  });

  it('looks at no step of a run that holds', async () => {
    const world = await running(waitUntil(t0 + 7 * hourMs));
    await tell(world, runId, { kind: 'pause', ...who });
    await advance(world, world.shift);
    expect(await explained(world)).toEqual({ untaken: [], freezes: [], whyNotSooner: [] });
  });

  it('says until when somebody may be acting, and why a run is parked', async () => {
    const world = await running(waitUntil(t0 + 7 * hourMs));
    const append = async (line: Parameters<typeof lineOf>[0]) => {
      const { position } = await world.journals.read(runJournal(runId), 0);
      await world.journals.append(runJournal(runId), position, lineOf(line));
    };
    const common = { at: t0, worker: 'w2', by: 'm2', revision: 0 };
    await append({ kind: 'claimed', ...common, step: 'step-1', until: t0 + minuteMs, facts: {} });
    expect((await explained(world)).actingUntil).toBe(t0 + minuteMs);
    world.clock.now = t0 + minuteMs;
    await append({ kind: 'parked', ...common, reason: 'a bug' });
    expect(await explained(world)).toMatchObject({ parked: 'a bug' });
    expect((await explained(world)).actingUntil).toBeUndefined();
  });

  it('says when the cloud refuses the look', async () => {
    const world = await running(waitUntil(t0 + 7 * hourMs));
    const refusing = defineStep({
      type: 'wait',
      permissions: [],
      parameters: z.looseObject({}),
      look: () => {
        const detail = { worthRepeating: true, mayHaveWorked: false, product: 'toy', action: 'Look' };
        return Promise.reject(new CloudError('Forbidden', 'not you', detail));
      },
      judge: () => ({ kind: 'done' }),
      act: async () => ({}),
    });
    const explanation = await explained(world, new Map([['wait', refusing]]));
    expect(explanation.refusal).toBe('Forbidden: not you');
  });
});

import { advance, carryOn } from '../../src/engine/advance';
import { writeMessage } from '../../src/engine/message';
import { sweep } from '../../src/engine/sweep';
import { exampleConfiguration } from '../support/configuration';
import {
  begin,
  dayMs,
  event,
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

const configuration = exampleConfiguration();
const inSevenHours = t0 + 7 * hourMs;

const look = (world: ToyWorld) => sweep(world, world.shift, configuration);
const work = (world: ToyWorld) => advance(world, world.shift);
const inFlight = ({ messages }: ToyWorld) => messages.sent - messages.removed;

/** A run that waits for seven hours, and whose message is in the queue. */
async function waiting(): Promise<ToyWorld> {
  const world = toyWorld();
  const message = await begin(world, [waitUntil(inSevenHours), ringOnce]);
  await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
  await work(world);
  return world;
}

/** The queue drops every message that is visible. */
async function lose(world: ToyWorld): Promise<void> {
  await world.queue.remove((await world.queue.receive()).map(({ handle }) => handle));
}

describe('the sweep', () => {
  it('leaves a run alone whose next look is to come', async () => {
    const world = await waiting();
    for (let minutes = 0; minutes < 7 * 60; minutes += 5) {
      await look(world);
      world.clock.now += 5 * minuteMs;
    }
    expect([inFlight(world), await world.kinds()]).toEqual([1, ['started']]);
  });

  it('does not send a message again while one may merely be late', async () => {
    const world = await waiting();
    world.clock.now = inSevenHours + 15 * minuteMs;
    await look(world);
    expect(inFlight(world)).toBe(1);
  });

  it('sends a lost message again, once, and the run goes on', async () => {
    const world = await waiting();
    world.clock.now = inSevenHours;
    await lose(world);
    world.clock.now += 15 * minuteMs + 1;
    await look(world);
    expect(inFlight(world)).toBe(1);
    world.clock.now += 5 * minuteMs;
    await look(world);
    expect(inFlight(world)).toBe(1);
    await work(world);
    expect([world.bell.rung, inFlight(world), await world.openRuns.list()]).toEqual([1, 0, []]);
  });

  it('starts a run on its way whose invocation died before it sent a message', async () => {
    const world = toyWorld();
    await begin(world, [ringOnce]);
    world.clock.now += 150 * secondMs;
    await look(world);
    expect(inFlight(world)).toBe(0);
    world.clock.now += 1;
    await look(world);
    await work(world);
    expect([world.bell.rung, inFlight(world)]).toEqual([1, 0]);
  });

  it('is harmless when the message was not lost but late', async () => {
    const world = await waiting();
    world.clock.now = inSevenHours + 16 * minuteMs;
    await look(world);
    expect(inFlight(world)).toBe(2);
    await work(world);
    expect([world.bell.rung, inFlight(world)]).toEqual([1, 0]);
  });

  it('tells a run what no push told', async () => {
    const world = await waiting();
    world.event.current = { ...event, status: 'Canceled' };
    await look(world);
    expect(await world.kinds()).toEqual(['started', 'signal']);
    await look(world);
    expect(await world.kinds()).toEqual(['started', 'signal']);
    await work(world);
    expect(await world.kinds()).toEqual(['started', 'signal', 'revision']);
    expect(await world.openRuns.list()).toEqual([]);
    world.clock.now = inSevenHours;
    await work(world);
    expect([inFlight(world), world.bell.rung]).toEqual([0, 0]);
  });

  it('clears the marker of a run that is over', async () => {
    const world = toyWorld();
    await carryOn(world, world.shift, await begin(world, [ringOnce]), 'm1');
    await world.openRuns.put(runId, t0);
    await look(world);
    expect(await world.openRuns.list()).toEqual([]);
  });

  it('clears the marker of a run that never began, after a while', async () => {
    const world = toyWorld();
    await world.openRuns.put('run-9', t0);
    world.clock.now += 15 * minuteMs;
    await look(world);
    expect((await world.openRuns.list()).length).toBe(1);
    world.clock.now += 1;
    await look(world);
    expect(await world.openRuns.list()).toEqual([]);
  });

  it('looks at the other runs when one journal cannot be read', async () => {
    const world = await waiting();
    await world.journals.append('runs/run-0', 0, '{"kind":"poem"}');
    await world.openRuns.remove(runId);
    await world.openRuns.put('run-0', t0);
    await world.openRuns.put(runId, t0 + 1);
    await lose(world);
    world.clock.now += dayMs;
    await expect(look(world)).rejects.toThrow('Error: journal runs/run-0, line 1 behind 0');
    expect(world.messages.sent).toBe(3);
  });
});

import { advance } from '../../src/engine/advance';
import { writeMessage } from '../../src/engine/message';
import { newestState, readTail } from '../../src/engine/run-journal';
import { sweep } from '../../src/engine/sweep';
import { exampleConfiguration } from '../support/configuration';
import { withKills, type Kill } from '../support/killer';
import { begin, dayMs, hourMs, ringOnce, runId, t0, toyWorld, waitUntil } from './toy-world';

const configuration = exampleConfiguration();

/** A run that waits thirty days, looked at every six hours, with the worker killed where `kills` says. */
async function waitAMonth(kills: readonly Kill[]) {
  const world = toyWorld();
  const message = await begin(world, [waitUntil(t0 + 30 * dayMs), ringOnce]);
  await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
  const killer = withKills(world, kills);
  while (world.clock.now < t0 + 32 * dayMs) {
    // A worker that is killed lets nobody hear of it.
    await advance(killer.world, world.shift).catch(() => 0);
    killer.revive();
    if ((world.clock.now - t0) % dayMs === 0) await sweep(world, world.shift, configuration);
    world.clock.now += 6 * hourMs;
  }
  const phase = newestState(await readTail(world.journals, runId, 0))?.state.phase;
  const open = await world.openRuns.list();
  const left = await world.queue.receive();
  return { calls: killer.calls(), end: [phase, world.bell.rung, open.length, left.length] };
}

// Hundreds of months, on a machine that may be busy.
jest.setTimeout(120_000);

describe('a wait of thirty days, several times longer than a message lives', () => {
  const well = [{ kind: 'ended', outcome: 'done' }, 1, 0, 0];

  it('ends as it should whichever call at whichever hop the worker does not survive (C77)', async () => {
    const { calls, end } = await waitAMonth([]);
    expect(end).toEqual(well);
    expect(calls).toBeGreaterThan(300);
    for (let call = 1; call <= calls; call += 1) {
      expect([call, (await waitAMonth([{ call, when: 'after' }])).end]).toEqual([call, well]);
    }
  });

  it('ends as it should when a worker is killed every day (C77)', async () => {
    for (let first = 1; first <= 12; first += 1) {
      const kills = Array.from({ length: 40 }, (_kill, index) => ({
        call: first + 11 * index,
        when: index % 2 === 0 ? ('before' as const) : ('after' as const),
      }));
      expect([first, (await waitAMonth(kills)).end]).toEqual([first, well]);
    }
  });
});

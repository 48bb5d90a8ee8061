import { announce } from '../../simulator/ecs/announce';
import { redirect } from '../../simulator/ecs/event-history';
import { advance } from '../../src/engine/advance';
import { runIdOf } from '../../src/engine/run-id';
import { lineOf, readTail, runJournal } from '../../src/engine/run-journal';
import { sweep } from '../../src/engine/sweep';
import { stepTypes } from '../../src/steps';
import { exampleConfiguration } from '../support/configuration';
import { openInProcessWorld } from '../support/in-process-world';
import { exampleFleet, web2 } from '../support/story-fleet';

describe('a signal whose teller died before it woke the run', () => {
  it('wakes the run at the next sweep, hours before its window (C7)', async () => {
    const { cloud, world, logged, moveTo } = openInProcessWorld(exampleFleet());
    const configuration = exampleConfiguration();
    const shift = () => ({ steps: stepTypes, until: world.now() + 100_000 });
    const { id: eventId } = announce(cloud, {
      instanceId: web2,
      code: 'SystemMaintenance.Reboot',
      notBefore: Date.parse('2026-11-19T06:00:00Z'),
      clears: true,
      reason: 'System maintenance is scheduled due to underlying hardware risk.',
    });
    await sweep(world, shift(), configuration);
    await advance(world, shift());
    const known = await world.cloud.events.get({
      id: eventId,
      code: 'SystemMaintenance.Reboot',
      instanceId: web2,
    });
    if (known === undefined) throw new Error('the simulated cloud lost the event');
    const runId = runIdOf(known, undefined);
    const before = await readTail(world.journals, runId, 0);

    const event = { ...known, status: 'Executing' as const };
    const signal = { kind: 'event-changed', event } as const;
    const line = lineOf({ kind: 'signal', at: world.now(), worker: 'dead', by: 'dead', signal });
    await world.journals.append(runJournal(runId), before.end, line);
    const record = cloud.events.get(eventId);
    if (record !== undefined) redirect(record, cloud.now, [{ at: cloud.now, status: 'Executing' }]);
    moveTo(cloud.now + 5 * 60_000);
    await sweep(world, shift(), configuration);
    await advance(world, shift());

    expect(logged.map(({ text }) => text)).toContain('the event went from Scheduled to Executing');
  });
});

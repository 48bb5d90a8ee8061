import { isNews } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import type { Shift } from './advance';
import { readDeadLetters } from './dead-letters';
import { eachApart } from './each-apart';
import { leaseMs } from './act';
import { intake } from './intake';
import type { World } from './ports';
import { newestState, parkedIn, readTail } from './run-journal';
import { setEventAside } from './set-aside';
import { isUnheard, wake } from './tell';

/** A run whose next look is overdue by this much has lost its message. */
const overdueMs = 15 * 60_000;

/**
 * The scheduled look at everything: events that no push brought, changes that no push told, runs whose message
 * was lost.
 *
 * @throws AggregateError when something failed, after everything else was looked at
 */
export async function sweep(world: World, shift: Shift, configuration: Configuration): Promise<void> {
  const pending = await world.cloud.events.pending();
  const open = await world.openRuns.list();
  const tasks = [
    ...pending.map((event) => async () => {
      await intake(world, shift, configuration, event).catch((error: unknown) =>
        setEventAside(world, event, error, configuration.settings.spec.mode),
      );
    }),
    ...open.map(
      ({ runId, nextLook }) =>
        () =>
          lookAfter(world, shift, configuration, runId, nextLook),
    ),
  ];
  tasks.push(async () => void (await readDeadLetters(world, shift)));
  await eachApart(tasks, (task) => task());
  const text = `${pending.length} events pending, ${open.length} runs open`;
  world.log({ at: world.now(), kind: 'sweep', text, data: { pending: pending.length, open: open.length } });
}

async function lookAfter(
  world: World,
  shift: Shift,
  configuration: Configuration,
  runId: string,
  nextLook: number,
): Promise<void> {
  const tail = await readTail(world.journals, runId, 0);
  const newest = newestState(tail);
  const now = world.now();
  if (newest?.state.phase.kind === 'ended') return world.openRuns.remove(runId);
  if (newest === undefined) {
    // A marker is put before the journal begins: leave it while the run may be about to start.
    if (now - nextLook > overdueMs) await world.openRuns.remove(runId);
    return;
  }
  const { event } = newest.state;
  const current = await world.cloud.events.get(event.id, event.instanceId);
  if (current !== undefined && isNews(event, current)) {
    await intake(world, shift, configuration, current);
    return;
  }
  if (parkedIn(tail) !== undefined) return;
  if (isUnheard(tail, now)) return wake(world, runId, tail);
  // A marker as old as the run means that the invocation which began it sent no message.
  const patience = nextLook === newest.state.startedAt ? leaseMs : overdueMs;
  const lastSign = Math.max(nextLook, ...tail.entries.map(({ at }) => at));
  if (now - lastSign > patience) {
    await wake(world, runId, tail);
    // Until somebody has handled that message, further sweeps have patience again.
    await world.openRuns.put(runId, now);
    world.log({
      at: now,
      kind: 'warning',
      text: 'its message was lost; sent again',
      run: runId,
      instance: event.instanceId,
    });
  }
}

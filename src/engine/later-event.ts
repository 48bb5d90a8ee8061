import * as z from 'zod';
import { eventKind } from '../event/kinds';
import type { SystemEvent } from '../event/system-event';
import type { RunState } from './run-journal';
import { newestState, planOf, readTail, type Tail } from './run-journal';
import type { World } from './ports';
import { appendWord, hasUntakenSignal, wake } from './tell';

const Waits = z.object({ codes: z.array(z.string()) });

/**
 * Hands an event to the run of the same instance that waits for it, or is going to: it is a part of that run, and
 * begins none of its own. Only what becomes of damaged disks comes in several events.
 *
 * @returns the run, and whether that was news to it; undefined when no run waits for such an event
 */
export async function handToWaiting(
  world: World,
  event: SystemEvent,
): Promise<{ readonly runId: string; readonly isNews: boolean } | undefined> {
  if (eventKind(event.code)?.family !== 'local-disk') return undefined;
  for (const { runId } of await world.openRuns.list()) {
    const known = await readTail(world.journals, runId, 0);
    if (!waitsFor(known, event)) continue;
    const by = `intake of ${event.id}`;
    const { said, tail } = await appendWord(
      world,
      runId,
      by,
      (now) => (waitsFor(now, event) && !hasHeard(now, event) ? { kind: 'later-event', event } : undefined),
      known,
    );
    if (said !== undefined || hasUntakenSignal(tail)) await wake(world, runId, tail);
    return { runId, isNews: said !== undefined };
  }
  return undefined;
}

/** True while a step that has not been passed waits for that code, about the same instance and disk. */
function waitsFor(tail: Tail, event: SystemEvent): boolean {
  const state = newestState(tail)?.state;
  const plan = planOf(tail);
  if (state === undefined || plan === undefined || isLeft(state)) return false;
  const { instanceId, diskId, account, region } = state.event;
  if (instanceId !== event.instanceId || account !== event.account || region !== event.region) return false;
  if (diskId !== undefined && event.diskId !== undefined && diskId !== event.diskId) return false;
  return plan.steps.some(({ id, use, parameters }, index) => {
    if (use !== 'await-later-event') return false;
    const found = state.facts[id]?.['event'] as SystemEvent | undefined;
    const isAhead = index >= state.step && Waits.parse(parameters).codes.includes(event.code);
    // What a step has found belongs to the run as long as that goes on.
    return isAhead || found?.id === event.id;
  });
}

/** Over, or putting everything back: it will not come to that step. */
function isLeft({ phase }: RunState): boolean {
  return phase.kind === 'ended' || phase.kind === 'undoing';
}

function hasHeard(tail: Tail, event: SystemEvent): boolean {
  return tail.entries.some(
    (entry) =>
      entry.kind === 'signal' &&
      entry.signal.kind === 'later-event' &&
      entry.signal.event.id === event.id &&
      entry.signal.event.status === event.status,
  );
}

import { isNews, isOver, type Millis, type SystemEvent } from '../event/system-event';
import type { Reason } from '../run/run';
import { leaseMs } from './act';
import type { World } from './ports';
import { newestState, parkedIn, readTail, runIn, type Tail } from './run-journal';
import { isUnheard, wake } from './tell';

/** A run whose next look is overdue by this much has lost its message. */
export const overdueMs = 15 * 60_000;

/** How an open run is, as far as somebody may have to see to it. */
export interface RunHealth {
  readonly runId: string;
  readonly is: 'going' | 'held' | 'parked';
  readonly instanceId: string;
  readonly pool: string;
  /** Of a run that holds. */
  readonly reason?: Reason;
  /** Since when it is so. */
  readonly since: Millis;
}

/** What ECS says now of the run's event; undefined when it could not be asked. */
export type AskEcs = (event: SystemEvent) => Promise<SystemEvent | undefined>;

/**
 * Looks after one open run: what no push told is handed to `tell`, a lost message is sent again, and the marker of
 * a run that is over is cleared.
 *
 * @returns how the run is; undefined when it is over or has not begun
 */
export async function lookAfter(
  world: World,
  { runId, nextLook }: { readonly runId: string; readonly nextLook: Millis },
  ask: AskEcs,
  tell: (event: SystemEvent) => Promise<unknown>,
): Promise<RunHealth | undefined> {
  const tail = await readTail(world.journals, runId, 0);
  const newest = newestState(tail);
  const now = world.now();
  if (newest?.state.phase.kind === 'ended') return void (await world.openRuns.remove(runId));
  if (newest === undefined) {
    // A marker is put before the journal begins: leave it while the run may be about to start.
    if (now - nextLook > overdueMs) await world.openRuns.remove(runId);
    return undefined;
  }
  const { event, startedAt } = newest.state;
  const current = isOver(event.status) ? undefined : await ask(event);
  if (current !== undefined && isNews(event, current)) await tell(current);
  else if (parkedIn(tail) === undefined) await repair(world, tail, { runId, nextLook, startedAt });
  return healthOf(runId, tail);
}

async function repair(
  world: World,
  tail: Tail,
  {
    runId,
    nextLook,
    startedAt,
  }: { readonly runId: string; readonly nextLook: Millis; readonly startedAt: Millis },
): Promise<void> {
  const at = world.now();
  if (isUnheard(tail, at)) return wake(world, runId, tail);
  // A marker as old as the run means that the invocation which began it sent no message.
  const patience = nextLook === startedAt ? leaseMs : overdueMs;
  const lastSign = Math.max(nextLook, ...tail.entries.map((entry) => entry.at));
  if (at - lastSign <= patience) return;
  await wake(world, runId, tail);
  // Until somebody has handled that message, further sweeps have patience again.
  await world.openRuns.put(runId, at);
  world.log({ at, kind: 'warning', text: 'its message was lost; sent again', run: runId });
}

function healthOf(runId: string, tail: Tail): RunHealth | undefined {
  const run = runIn(tail);
  if (run === undefined) return undefined;
  const { plan, phase } = run;
  const who = { runId, instanceId: plan.target.instanceId, pool: plan.pool };
  const parked = parkedIn(tail);
  if (parked !== undefined) return { ...who, is: 'parked', since: parked.at };
  if (phase.kind !== 'held') return { ...who, is: 'going', since: run.stepSince };
  return { ...who, is: 'held', reason: phase.reason, since: heldSince(tail) ?? run.stepSince };
}

/** When the newest hold began: words that changed nothing came in between. */
function heldSince({ entries }: Tail): Millis | undefined {
  const states = entries.flatMap((entry) => (entry.kind === 'revision' ? [entry] : []));
  const isHeld = ({ state }: (typeof states)[number]) =>
    (state as unknown as { readonly phase: { readonly kind: string } }).phase.kind === 'held';
  const before = states.findLastIndex((entry) => !isHeld(entry));
  return states[before + 1]?.at;
}

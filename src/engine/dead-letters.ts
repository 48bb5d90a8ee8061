import type { Shift } from './advance';
import { readMessage, type Message } from './message';
import { dropUnreadable, parkRun } from './poison';
import { CloudError, type Received, type World } from './ports';
import { lineOf, newestState, parkedIn, readTail, type Tail } from './run-journal';
import { reasonOf } from './set-aside';
import { appendBehindSignals } from './settle';
import { wake } from './tell';

/**
 * Reads what the queue set aside by itself: messages that were received too often without being removed, after a
 * long outage or because handling them kills the invocation. A run goes on from its journal, once; if the same
 * state comes back a second time the run is parked. What was done is recorded before a message is removed.
 *
 * @returns how many messages were read
 */
export async function readDeadLetters(world: World, shift: Shift): Promise<number> {
  let count = 0;
  while (world.now() < shift.until) {
    const batch = await world.deadLetters.receive();
    if (batch.length === 0) break;
    count += batch.length;
    const handled: string[] = [];
    for (const received of batch) {
      if (await takeUp(world, received)) handled.push(received.handle);
    }
    if (handled.length > 0) await world.deadLetters.remove(handled);
  }
  return count;
}

async function takeUp(world: World, received: Received): Promise<boolean> {
  try {
    await revive(world, received);
    return true;
  } catch (error) {
    const text = `dead letter ${received.messageId}: ${reasonOf(error)}`;
    world.log({ at: world.now(), kind: 'warning', text });
    if (error instanceof CloudError) return false;
    await dropUnreadable(world, received, reasonOf(error));
    return true;
  }
}

async function revive(world: World, received: Received): Promise<void> {
  const message = readMessage(received.body);
  const { run } = message;
  const tail = await readTail(world.journals, run.id, 0);
  const reason = 'the queue set its message aside after too many deliveries';
  const why = whyItIsOld(message, tail, received.messageId);
  if (why !== undefined) return tell(world, message, `${reason}; ${why}`);
  const again = tail.entries.some(
    ({ kind, ...line }) => kind === 'revived' && 'revision' in line && line.revision === run.revision,
  );
  if (again) return parkRun(world, message, received, `${reason}, for the second time`);
  const at = world.now();
  const by = received.messageId;
  const line = lineOf({ kind: 'revived', at, worker: world.worker, by, revision: run.revision, reason });
  await wake(world, run.id, tail);
  await appendBehindSignals(world, run.id, tail.end, () => line);
  tell(world, message, `${reason}; the run goes on from its journal`);
}

/**
 * Undefined when the run stands where the message says, or where handling this very message brought it: whoever
 * did that may have died before the successor was sent.
 */
function whyItIsOld({ run }: Message, tail: Tail, by: string): string | undefined {
  const newest = newestState(tail);
  if (newest === undefined) throw new Error(`journal of ${run.id}: no line starts the run`);
  if (newest.state.phase.kind === 'ended') return 'the run is over';
  if (parkedIn(tail) !== undefined) return 'the run is parked';
  return newest.state.revision > run.revision && newest.by !== by ? 'the run has moved on' : undefined;
}

function tell(world: World, { run }: Message, text: string): void {
  const instance = run.plan.target.instanceId;
  world.log({ at: world.now(), kind: 'warning', text, run: run.id, instance });
}

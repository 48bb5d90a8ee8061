import { readMessage, type Message } from './message';
import { CloudError, type Received, type World } from './ports';
import { lineOf, newestState, parkedIn, readTail } from './run-journal';
import { mostTries, reasonOf, setAside } from './set-aside';
import { appendBehindSignals } from './settle';

/**
 * A message could not be handled. It stays and comes again; one that fails for another reason than an outage is
 * set aside after a few deliveries, its run is parked, and somebody is called.
 *
 * @returns whether the message may be removed
 */
export async function setMessageAside(world: World, received: Received, error: unknown): Promise<boolean> {
  const { messageId, deliveries, body } = received;
  const at = world.now();
  const why = reasonOf(error);
  world.log({ at, kind: 'warning', text: `message ${messageId}, delivery ${deliveries}: ${why}` });
  if (error instanceof CloudError || deliveries < mostTries) return false;
  const message = tryToRead(body);
  try {
    if (message === undefined) await dropUnreadable(world, received, why);
    else await parkRun(world, message, received, why);
    return true;
  } catch (failed) {
    const text = `message ${messageId} could not be set aside: ${reasonOf(failed)}`;
    world.log({ at, kind: 'warning', text });
    return false;
  }
}

/** What stands in no run's way: no message of ours, or one whose journal nobody can read. */
export async function dropUnreadable(
  world: World,
  { messageId, body }: Received,
  why: string,
): Promise<void> {
  if (!(await setAside(world, { why, text: body, mode: 'enforce', key: messageId }))) return;
  const text = `message ${messageId} was set aside: ${why}`;
  world.log({ at: world.now(), kind: 'call-someone', text });
}

/**
 * Keeps the message, calls somebody, and writes into the run's journal that nobody carries it on until a signal
 * comes. Nothing of that happens when the run has moved on without this message.
 */
export async function parkRun(
  world: World,
  { run }: Message,
  received: Received,
  reason: string,
): Promise<void> {
  const { messageId: by, body } = received;
  const tail = await readTail(world.journals, run.id, 0).catch(unreadable);
  if (tail === undefined) return dropUnreadable(world, received, reason);
  const newest = newestState(tail);
  const revision = newest?.state.revision ?? run.revision;
  const movedOn = revision > run.revision && newest?.by !== by;
  if (movedOn || newest?.state.phase.kind === 'ended' || parkedIn(tail) !== undefined) return;
  const at = world.now();
  await setAside(world, { why: reason, text: body, mode: 'enforce', key: by });
  const text = `parked after ${received.deliveries} tries: ${reason}`;
  const data = { revision, parked: true };
  world.log({ at, kind: 'call-someone', text, run: run.id, instance: run.plan.target.instanceId, data });
  const line = lineOf({ kind: 'parked', at, worker: world.worker, by, revision, reason });
  await appendBehindSignals(world, run.id, tail.end, () => line);
}

/** Only a journal that the cloud does not hand out may be read later. */
function unreadable(error: unknown): undefined {
  if (error instanceof CloudError) throw error;
  return undefined;
}

function tryToRead(body: string): Message | undefined {
  try {
    return readMessage(body);
  } catch {
    return undefined;
  }
}

import { ApiError } from '../core/call';
import type { Delivery, DeliveryTarget } from '../core/deliveries';
import type { World } from '../core/world';
import { enqueue } from '../fc/enqueue';
import { checkEvent, invoke } from '../fc/invoke';
import { functionOf, newUuid } from '../fc/resources';
import { putMessage } from '../mns/put';
import { hasServiceRole } from './settings';

/** Hands everything over that is due; true when there was anything. What fails is tried again later, or set aside. */
export async function attemptDue(world: World): Promise<boolean> {
  const { deliveries } = world.compute;
  const due = deliveries.filter(({ dueAt }) => dueAt <= world.now);
  for (const each of due) {
    const arrived = await attempt(world, each);
    const again = arrived ? undefined : nextTry(each);
    if (again !== undefined) {
      each.failures += 1;
      each.dueAt = world.now + again;
      keepHidden(world, each);
      continue;
    }
    if (!arrived && each.deadLetterQueue !== undefined) setAside(world, each);
    deliveries.splice(deliveries.indexOf(each), 1);
    deleteTaken(world, each);
  }
  return due.length > 0;
}

async function attempt(world: World, { target, body, by, retries }: Delivery): Promise<boolean> {
  const isMonitor = retries === 'NONE';
  if (!isMonitor && !hasServiceRole(world, target.kind === 'queue' ? 'SendToMNS' : 'SendToFC')) return false;
  if (target.kind === 'queue') {
    return putMessage(world, target.queue, target.inBase64 ? Buffer.from(body).toString('base64') : body);
  }
  try {
    return await call(world, target, body, by);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
}

/** Whether an error of the function itself counts is not documented: see the switch. */
async function call(
  world: World,
  { functionKey, asynchronous }: Extract<DeliveryTarget, { kind: 'function' }>,
  body: string,
  by: string,
): Promise<boolean> {
  const known = functionOf(world, functionKey);
  const asked = { requestId: newUuid(world), event: Buffer.from(body), by };
  if (asynchronous) {
    enqueue(world, known, asked);
    return true;
  }
  checkEvent(asked.event, 'sync');
  const { error } = await invoke(world, known, asked);
  return error === undefined || world.switches['eventBridgeSeesFunctionErrors'] === false;
}

/**
 * How long until the next try: three times after 15 seconds (10 to 20 in the cloud), or 176 times after 1, 2, 4, …
 * up to 512 seconds, a day in all; undefined when it was the last.
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/retry-and-dead-letter
 */
function nextTry({ retries, failures }: Delivery): number | undefined {
  switch (retries) {
    case 'NONE':
      return undefined;
    case 'BACKOFF_RETRY':
      return failures < 3 ? 15_000 : undefined;
    case 'EXPONENTIAL_DECAY_RETRY':
      return failures < 176 ? 1000 * 2 ** Math.min(failures, 9) : undefined;
  }
}

/** Messages that wait for another try are nobody else's meanwhile. */
function keepHidden(world: World, { taken, dueAt }: Delivery): void {
  const queue = taken && world.queues.get(taken.queue);
  for (const message of queue?.messages ?? []) {
    if (!taken!.messageIds.includes(message.id)) continue;
    message.visibleAt = Math.max(
      message.visibleAt,
      dueAt + Number(queue!.attributes['VisibilityTimeout']) * 1000,
    );
  }
}

/** Each event of a batch becomes a dead letter of its own. */
function setAside(world: World, { deadLetterQueue, body, taken }: Delivery): void {
  const letters =
    taken === undefined ? [body] : (JSON.parse(body) as unknown[]).map((each) => JSON.stringify(each));
  for (const letter of letters) putMessage(world, deadLetterQueue!, Buffer.from(letter).toString('base64'));
}

function deleteTaken(world: World, { taken }: Delivery): void {
  const messages = taken && world.queues.get(taken.queue)?.messages;
  if (messages === undefined) return;
  const kept = messages.filter(({ id }) => !taken!.messageIds.includes(id));
  messages.splice(0, messages.length, ...kept);
}

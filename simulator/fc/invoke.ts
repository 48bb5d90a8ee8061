import { ApiError } from '../core/call';
import { functionKey, type CloudFunction, type FunctionRun } from '../core/compute';
import { strike } from '../core/faults';
import type { World } from '../core/world';
import { contextOf, environmentOf } from './context';
import { endFunction, runJob, type Ending } from './instances';

const megabyte = 1024 * 1024;
/** https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/product-overview/limits */
const mostBytes = { sync: 32 * megabyte, async: 128 * 1024 };

export interface Asked {
  readonly requestId: string;
  readonly event: Buffer;
  /** `call`, or the name of a trigger or rule. */
  readonly by: string;
}

/** Runs a function once, and keeps what it wrote. A function that fails is an answer, not a refusal. */
export async function invoke(world: World, known: CloudFunction, asked: Asked): Promise<Ending> {
  const { requestId, event, by } = asked;
  const at = world.now;
  const key = functionKey(known.service, known.name);
  // It has done its work, and nobody gets to hear of it.
  const isKilled = strikeInvocation(world, 'instance-killed', key, event);
  const done = await runJob(world, known, (folder) => environmentOf(world, known, folder), {
    event,
    context: contextOf(world, known, requestId),
    now: at,
  });
  const ending = isKilled ? killed(world, known, done) : done;
  world.compute.ran.push({
    requestId,
    functionKey: key,
    by,
    at,
    event: beginning(event),
    result: beginning(ending.body),
    log: ending.log,
    ...(ending.error !== undefined && { error: ending.error }),
  } satisfies FunctionRun);
  return ending;
}

/** Whether a fault strikes this invocation; its target is looked for in the function's name and in the event. */
export function strikeInvocation(
  world: World,
  fault: 'instance-killed' | 'task-repeated',
  key: string,
  event: Buffer,
): boolean {
  const subject = `${key} ${beginning(event)}`;
  return strike(world, [fault], { product: 'fc', action: 'InvokeFunction', subject }) !== undefined;
}

function killed(world: World, known: CloudFunction, { log }: Ending): Ending {
  endFunction(world, known);
  const errorMessage = 'Process exited unexpectedly before completing request';
  return { error: 'UnhandledInvocationError', body: Buffer.from(JSON.stringify({ errorMessage })), log };
}

/** Refuses an event that is too large. */
export function checkEvent(event: Buffer, kind: keyof typeof mostBytes): void {
  if (event.length <= mostBytes[kind]) return;
  const message = `payload size exceeds maximum allowed size (${mostBytes[kind]} bytes)`;
  throw new ApiError(400, 'EntityTooLarge', message);
}

function beginning(content: Buffer): string {
  return content.subarray(0, 4096).toString('utf8');
}

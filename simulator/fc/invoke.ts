import { ApiError } from '../core/call';
import { functionKey, type CloudFunction, type FunctionRun } from '../core/compute';
import type { World } from '../core/world';
import { contextOf, environmentOf } from './context';
import { runJob, type Ending } from './instances';

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
  const ending = await runJob(world, known, (folder) => environmentOf(world, known, folder), {
    event,
    context: contextOf(world, known, requestId),
    now: at,
  });
  world.compute.ran.push({
    requestId,
    functionKey: functionKey(known.service, known.name),
    by,
    at,
    event: beginning(event),
    result: beginning(ending.body),
    log: ending.log,
    ...(ending.error !== undefined && { error: ending.error }),
  } satisfies FunctionRun);
  return ending;
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

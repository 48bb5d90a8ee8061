import { functionKey, type AsyncTask, type CloudFunction } from '../core/compute';
import type { World } from '../core/world';
import { putMessage } from '../mns/put';
import { enqueue } from './enqueue';
import { functionArn, newUuid } from './resources';

/**
 * Tells the function's destination how an asynchronous invocation ended: a queue of MNS, or another function.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/result-callback
 */
export function sendToDestination(
  world: World,
  known: CloudFunction,
  task: AsyncTask,
  condition: string,
): void {
  const failed = task.status !== 'Succeeded';
  const destination = failed ? known.asyncConfig?.onFailure : known.asyncConfig?.onSuccess;
  if (destination === undefined) return;
  const record = Buffer.from(JSON.stringify(recordOf(world, known, task, condition)));
  const queue = /^acs:mns:[^:]*:[^:]*:\/?queues\/([^/]+)/.exec(destination)?.[1];
  const encoded = world.switches['fcEncodesDestinations'] !== false;
  if (queue !== undefined) putMessage(world, queue, record.toString(encoded ? 'base64' : 'utf8'));
  const [, service, name] =
    /^acs:fc:[^:]*:[^:]*:(?:services\/([^/]+)\/)?functions\/([^/]+)/.exec(destination) ?? [];
  const next = name === undefined ? undefined : world.compute.functions.get(functionKey(service, name));
  if (next !== undefined) enqueue(world, next, { requestId: newUuid(world), event: record, by: known.name });
}

function recordOf(world: World, known: CloudFunction, task: AsyncTask, condition: string): object {
  const functionError = task.status === 'Succeeded' ? '' : (task.error ?? '');
  return {
    timestamp: world.now,
    requestContext: {
      requestId: task.requestId,
      functionArn: functionArn(world, known),
      condition,
      approximateInvokeCount: task.attempts,
    },
    requestPayload: task.payload.toString('utf8'),
    responseContext: { statusCode: 200, functionError },
    responsePayload: task.result ?? '',
  };
}

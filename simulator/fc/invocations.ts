import { enqueue } from './enqueue';
import { checkEvent, invoke } from './invoke';
import type { FcOperation } from './operation';
import { functionOf } from './resources';

const taskIdHeaders = ['x-fc-async-task-id', 'x-fc-stateful-async-invocation-id'];
const tailBytes = 4096;

/**
 * Runs a function and answers with what it gave back, or takes an asynchronous invocation, which runs in a later
 * turn. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-invokefunction
 */
export const invokeFunction: FcOperation = async (world, { key, request, requestId }) => {
  const { headers, body: event } = request;
  const known = functionOf(world, key);
  if (/^async$/i.test(headers['x-fc-invocation-type'] ?? '')) {
    const taskId = taskIdHeaders.map((name) => headers[name]).find((id) => id !== undefined);
    const delaySeconds = Number(headers['x-fc-async-delay'] ?? 0);
    enqueue(world, known, { requestId, event, by: 'call', taskId, delaySeconds });
    return { status: 202 };
  }
  checkEvent(event, 'sync');
  const { error, body, log } = await invoke(world, known, { requestId, event, by: 'call' });
  const tail = Buffer.from(log.join('\n')).subarray(-tailBytes);
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      ...(error !== undefined && { 'x-fc-error-type': error }),
      ...(/^tail$/i.test(headers['x-fc-log-type'] ?? '') && { 'x-fc-log-result': tail.toString('base64') }),
    },
    body,
  };
};

import { ApiError } from '../core/call';
import type { Queue } from '../core/world';
import { readInteger } from './attributes';
import { queryParameter } from './identify';
import { findByHandle, removeMessage } from './messages';
import { queueOf, xmlAnswer, type MnsOperation } from './operation';
import type { Xml } from '../core/xml';
import { childrenOf, parseBody } from './xml';

/** https://www.alibabacloud.com/help/en/mns/developer-reference/deletemessage */
export const DeleteMessage: MnsOperation = (world, request, queueName) => {
  const queue = queueOf(world, queueName);
  const handle = queryParameter(request, 'ReceiptHandle');
  if (handle === undefined) throw new ApiError(400, 'MissingReceiptHandle', 'ReceiptHandle is required.');
  removeMessage(queue, findByHandle(queue, handle, world.now));
  return { status: 204 };
};

/**
 * 204 when all are gone; else 404 and the ones that failed, while the others were deleted.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/batchdeletemessage
 */
export const BatchDeleteMessage: MnsOperation = (world, request, queueName) => {
  const queue = queueOf(world, queueName);
  const handles = childrenOf(parseBody(request.body, 'ReceiptHandles'), 'ReceiptHandle').map(String);
  readInteger('the number of receipt handles', String(handles.length), 1, 16);
  const failures = handles.flatMap((handle) => tryToDelete(queue, handle, world.now));
  return failures.length === 0 ? { status: 204 } : xmlAnswer(404, 'Errors', { Error: failures });
};

function tryToDelete(queue: Queue, handle: string, now: number): Xml[] {
  try {
    removeMessage(queue, findByHandle(queue, handle, now));
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return [{ ErrorCode: error.code, ErrorMessage: error.message, ReceiptHandle: handle }];
  }
}

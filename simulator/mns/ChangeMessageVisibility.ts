import { ApiError } from '../core/call';
import { readInteger } from './attributes';
import { queryParameter } from './identify';
import { findByHandle, hide } from './messages';
import { queueOf, xmlAnswer, type MnsOperation } from './operation';

/**
 * Counts from now, not from the receive, and hands out a new handle in place of the old one.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/changemessagevisibility
 */
export const ChangeMessageVisibility: MnsOperation = (world, request, queueName) => {
  const queue = queueOf(world, queueName);
  const handle = queryParameter(request, 'ReceiptHandle');
  const seconds = queryParameter(request, 'VisibilityTimeout');
  if (handle === undefined) throw new ApiError(400, 'MissingReceiptHandle', 'ReceiptHandle is required.');
  if (seconds === undefined)
    throw new ApiError(400, 'MissingVisibilityTimeout', 'VisibilityTimeout is required.');
  const visibleAt = world.now + readInteger('VisibilityTimeout', seconds, 1, 43_200) * 1000;
  const message = findByHandle(queue, handle, world.now);
  const newHandle = hide(world, message, visibleAt);
  return xmlAnswer(200, 'ChangeVisibility', { ReceiptHandle: newHandle, NextVisibleTime: String(visibleAt) });
};

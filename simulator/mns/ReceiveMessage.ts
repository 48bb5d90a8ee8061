import type { Message, Queue, World } from '../core/world';
import { readInteger } from './attributes';
import { moveDeadLetters } from './dead-letters';
import { queryParameter } from './identify';
import { bodyMd5, hide, messageNotExist, pickVisible } from './messages';
import { queueOf, xmlAnswer, type MnsOperation } from './operation';
import type { WireRequest } from '../core/http';

/**
 * An empty queue answers at once, however long the caller offers to wait: time stands still here until it is
 * moved from outside. https://www.alibabacloud.com/help/en/mns/developer-reference/receivemessage
 */
export const ReceiveMessage: MnsOperation = (world, request, queueName) => {
  const queue = queueOf(world, queueName);
  checkWait(request);
  moveDeadLetters(world, queue);
  const [message] = pickVisible(queue, 1, world.now);
  if (message === undefined) throw messageNotExist();
  return xmlAnswer(200, 'Message', receive(world, queue, message));
};

/** https://www.alibabacloud.com/help/en/mns/developer-reference/batchreceivemessage */
export const BatchReceiveMessage: MnsOperation = (world, request, queueName) => {
  const queue = queueOf(world, queueName);
  checkWait(request);
  const size = readBatchSize(request);
  moveDeadLetters(world, queue);
  const messages = pickVisible(queue, size, world.now);
  if (messages.length === 0) throw messageNotExist();
  return xmlAnswer(200, 'Messages', { Message: messages.map((one) => receive(world, queue, one)) });
};

/** How many messages a batch call asks for, 1 to 16. */
export function readBatchSize(request: WireRequest): number {
  return readInteger('numOfMessages', queryParameter(request, 'numOfMessages') ?? '1', 1, 16);
}

/** What both receiving and peeking show of a message. */
export function contentOf(message: Message): Record<string, string> {
  return {
    MessageBody: message.body,
    MessageBodyMD5: bodyMd5(message.body),
    EnqueueTime: String(message.enqueuedAt),
    FirstDequeueTime: String(message.firstDequeuedAt ?? message.enqueuedAt),
    DequeueCount: String(message.dequeueCount),
    Priority: String(message.priority),
  };
}

function receive(world: World, queue: Queue, message: Message): Record<string, string> {
  const handle = hide(world, message, world.now + Number(queue.attributes['VisibilityTimeout']) * 1000);
  message.dequeueCount += 1;
  message.firstDequeuedAt ??= world.now;
  return {
    MessageId: message.id,
    ReceiptHandle: handle,
    NextVisibleTime: String(message.visibleAt),
    ...contentOf(message),
  };
}

function checkWait(request: WireRequest): void {
  readInteger('waitseconds', queryParameter(request, 'waitseconds') ?? '0', 0, 30);
}

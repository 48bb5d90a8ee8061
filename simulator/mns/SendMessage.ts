import { ApiError } from '../core/call';
import { strike } from '../core/faults';
import type { Message, Queue, World } from '../core/world';
import { readInteger } from './attributes';
import { bodyMd5, hide, newMessageId } from './messages';
import { queueOf, xmlAnswer, type MnsOperation } from './operation';
import type { Xml } from '../core/xml';
import { childrenOf, parseBody, textOf } from './xml';

/** https://www.alibabacloud.com/help/en/mns/developer-reference/sendmessage */
export const SendMessage: MnsOperation = (world, request, queueName) => {
  const queue = queueOf(world, queueName);
  return xmlAnswer(201, 'Message', send(world, queue, parseBody(request.body, 'Message'), 'SendMessage'));
};

/**
 * Each message is judged on its own; one that is refused turns the status into 500 and the others are kept.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/batchsendmessage
 */
export const BatchSendMessage: MnsOperation = (world, request, queueName) => {
  const queue = queueOf(world, queueName);
  const elements = childrenOf(parseBody(request.body, 'Messages'), 'Message');
  readInteger('the number of messages', String(elements.length), 1, 16);
  const results = elements.map((element): Xml => {
    try {
      return send(world, queue, element, 'BatchSendMessage');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ErrorCode: error.code, ErrorMessage: error.message };
    }
  });
  const failed = results.some((result) => typeof result === 'object' && 'ErrorCode' in result);
  return xmlAnswer(failed ? 500 : 201, 'Messages', { Message: results });
};

function send(world: World, queue: Queue, element: unknown, action: string): Xml {
  const body = readMessageBody(queue, element);
  const delay = textOf(element, 'DelaySeconds') ?? queue.attributes['DelaySeconds'] ?? '0';
  const delaySeconds = readInteger('DelaySeconds', delay, 0, 604_800);
  const priority = readInteger('Priority', textOf(element, 'Priority') ?? '8', 1, 16);
  const { now: enqueuedAt } = world;
  const message: Message = {
    id: newMessageId(world),
    body,
    priority,
    enqueuedAt,
    visibleAt: enqueuedAt,
    dequeueCount: 0,
  };
  // Only a delayed message is answered with a handle: with it the sender can call the message back.
  const handle = delaySeconds > 0 ? hide(world, message, enqueuedAt + delaySeconds * 1000) : undefined;
  store(world, queue, message, action);
  return { MessageId: message.id, MessageBodyMD5: bodyMd5(body), ReceiptHandle: handle };
}

function readMessageBody(queue: Queue, element: unknown): string {
  const body = textOf(element, 'MessageBody');
  if (body === undefined) throw new ApiError(400, 'InvalidArgument', 'MessageBody must be given as text.');
  const limit = Number(queue.attributes['MaximumMessageSize']);
  if (Buffer.byteLength(body) <= limit) return body;
  throw new ApiError(400, 'InvalidArgument', `The message body is longer than ${limit} bytes.`);
}

/** Puts the message into the queue, unless a fault that was asked for loses, repeats, delays or hurries it. */
function store(world: World, queue: Queue, message: Message, action: string): void {
  const text = Buffer.from(message.body, 'base64').toString('utf8');
  const call = { product: 'mns', action, subject: `${queue.name} ${message.body} ${text}` };
  const fault = strike(world, ['message-lost', 'message-repeated', 'message-late', 'message-early'], call);
  if (fault?.name === 'message-lost') return;
  queue.messages.push(message);
  if (fault?.name === 'message-repeated') queue.messages.push({ ...message });
  if (fault?.name === 'message-early') message.visibleAt = message.enqueuedAt;
  if (fault?.name === 'message-late') message.visibleAt += Number(fault.options['seconds'] ?? 60) * 1000;
}

import { createHash } from 'node:crypto';
import { ApiError } from '../core/call';
import type { Message, Queue, World } from '../core/world';

/** A message being handled: at `at` it is delayed, leased or visible, depending only on its instants. */
export type MessageState = 'visible' | 'leased' | 'delayed';

/** A message is leased or delayed until `visibleAt`; the two differ in whether it was ever received. */
export function stateOf(message: Message, now: number): MessageState {
  if (now >= message.visibleAt) return 'visible';
  return message.dequeueCount > 0 ? 'leased' : 'delayed';
}

/**
 * Deletes what is past its retention, which runs from the sending and takes leased and delayed messages too.
 * https://www.alibabacloud.com/help/en/mns/user-guide/limits
 */
export function dropExpired(queue: Queue, now: number): void {
  const retentionMs = Number(queue.attributes['MessageRetentionPeriod']) * 1000;
  const kept = queue.messages.filter((message) => now < message.enqueuedAt + retentionMs);
  if (kept.length < queue.messages.length) queue.messages.splice(0, queue.messages.length, ...kept);
}

/** Up to `count` visible messages: the highest priority (the lowest number) first, then the oldest. */
export function pickVisible(queue: Queue, count: number, now: number): Message[] {
  dropExpired(queue, now);
  return queue.messages
    .filter((message) => stateOf(message, now) === 'visible')
    .sort((a, b) => a.priority - b.priority || a.enqueuedAt - b.enqueuedAt)
    .slice(0, count);
}

/** Hides a message until `visibleAt` under a new handle; the one before is dead from here on. */
export function hide(world: World, message: Message, visibleAt: number): string {
  message.visibleAt = visibleAt;
  message.handle = newHandle(world);
  return message.handle;
}

/**
 * The message a handle stands for. A handle dies with its lease, and is then answered like one whose message
 * is gone; only text that never was a handle has a code of its own.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/error-codes
 */
export function findByHandle(queue: Queue, handle: string, now: number): Message {
  dropExpired(queue, now);
  if (!isHandle(handle)) {
    throw new ApiError(400, 'ReceiptHandleError', 'The receipt handle you provided is not valid.');
  }
  const message = queue.messages.find((one) => one.handle === handle && now < one.visibleAt);
  if (message === undefined) throw messageNotExist();
  return message;
}

/** Removes one message object; copies of it (a repeated delivery) stay. */
export function removeMessage(queue: Queue, message: Message): void {
  queue.messages.splice(queue.messages.indexOf(message), 1);
}

/** What an empty receive, and a handle without a message, are answered with. */
export function messageNotExist(): ApiError {
  return new ApiError(404, 'MessageNotExist', 'Message not exist.');
}

/** An id in the service's form, the same in every run. */
export function newMessageId(world: World): string {
  world.serial += 1;
  const serial = world.serial.toString(16).toUpperCase();
  return `5F290C926D472878-2-${world.now.toString(16).toUpperCase()}-${serial.padStart(9, '0')}`;
}

/** Upper-case hex MD5 of the body text as it was sent. */
export function bodyMd5(body: string): string {
  return createHash('md5').update(body).digest('hex').toUpperCase();
}

function newHandle(world: World): string {
  world.serial += 1;
  return `1-${Buffer.from(`handle:${world.serial}`).toString('base64')}`;
}

function isHandle(text: string): boolean {
  const encoded = /^1-([A-Za-z0-9]+={0,2})$/.exec(text)?.[1];
  return encoded !== undefined && /^handle:\d+$/.test(Buffer.from(encoded, 'base64').toString('utf8'));
}

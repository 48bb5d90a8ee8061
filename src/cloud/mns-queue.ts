import * as z from 'zod';
import { CloudError } from '../engine/ports';
import type { Queue, Received } from '../engine/ports';
import type { Millis } from '../event/system-event';
import type { Mns, MnsOptions } from './mns-client';
import { openMns } from './mns-client';
import { batches, bodyLimit, encodeMessage, messagesPerBatch, readBody } from './mns-messages';
import type { Encoded } from './mns-messages';
import { askAgain, refusal } from './refusal';

/** One queue, reached through `mns`. */
interface Reached {
  readonly mns: Mns;
  readonly queue: string;
  readonly now: () => Millis;
}

/**
 * A queue of MNS; bodies are base64 in both directions, because the SDK writes them into its XML as they are.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/batchsendmessage
 */
export function createQueue(options: MnsOptions & { readonly queue: string }): Queue {
  const { queue, now } = options;
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,119}$/.test(queue)) {
    throw new Error(`queue: found the name "${queue}"; expected letters, digits and hyphens, at most 120`);
  }
  const reached: Reached = { mns: openMns(options), queue, now };
  return {
    async send(messages) {
      for (const batch of batches(messages.map(encodeMessage))) await sendBatch(reached, batch);
    },
    receive: () => receiveBatch(reached),
    async remove(handles) {
      for (let start = 0; start < handles.length; start += messagesPerBatch) {
        await removeBatch(reached, handles.slice(start, start + messagesPerBatch));
      }
    },
  };
}

const Sent = z.array(z.object({ MessageId: z.string().optional(), ErrorCode: z.string().optional() }));

async function sendBatch({ mns, queue, now }: Reached, batch: readonly Encoded[]): Promise<void> {
  const origin = { product: 'mns', action: 'BatchSendMessage', write: true };
  const items = await mns({
    origin,
    // 500: some of the batch were refused; each item tells.
    codes: [201, 500],
    schema: Sent,
    run: (client) => client.batchSendMessage(queue, batch),
  });
  const refused = items.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused?.ErrorCode !== undefined) {
    const message = `a message of the batch was refused; a body may have ${bodyLimit} bytes when encoded`;
    throw refusal({ kind: 'refused', code: refused.ErrorCode, message }, origin, now());
  }
  if (items.length !== batch.length) {
    const message = `${items.length} answers for ${batch.length} messages`;
    throw refusal({ kind: 'unreadable', message }, origin, now());
  }
}

const ReceivedItems = z.array(
  z.object({
    MessageId: z.string(),
    ReceiptHandle: z.string(),
    MessageBody: z.string(),
    DequeueCount: z.coerce.number().int(),
  }),
);

/** Repeated once at most: messages leased to a broken connection stay hidden until their lease is over. */
async function receiveBatch({ mns, queue }: Reached): Promise<readonly Received[]> {
  const receive = () =>
    mns({
      origin: { product: 'mns', action: 'BatchReceiveMessage', write: false },
      codes: [200],
      schema: ReceivedItems,
      run: (client) => client.batchReceiveMessage(queue, messagesPerBatch),
    });
  try {
    const items = await askAgain(receive, 1);
    return items.map((item) => ({
      messageId: item.MessageId,
      body: readBody(item.MessageBody),
      handle: item.ReceiptHandle,
      deliveries: item.DequeueCount,
    }));
  } catch (error) {
    // How MNS says that nothing is visible.
    if (error instanceof CloudError && error.code === 'MessageNotExist') return [];
    throw error;
  }
}

const NotDeleted = z.array(z.object({ ErrorCode: z.string(), ErrorMessage: z.string().optional() }));

/** A lease that has run out, or a message somebody else has deleted. */
const gone = new Set(['MessageNotExist', 'ReceiptHandleError']);

async function removeBatch({ mns, queue, now }: Reached, handles: readonly string[]): Promise<void> {
  const origin = { product: 'mns', action: 'BatchDeleteMessage', write: true };
  const failures = await mns({
    origin,
    codes: [204, 404],
    schema: NotDeleted.optional(),
    run: (client) => client.batchDeleteMessage(queue, handles),
  }).catch(ignoreGone);
  const bad = failures?.find(({ ErrorCode }) => !gone.has(ErrorCode));
  if (bad !== undefined) {
    const message = bad.ErrorMessage ?? 'no reason given';
    throw refusal({ kind: 'refused', code: bad.ErrorCode, message }, origin, now());
  }
}

function ignoreGone(error: unknown): undefined {
  if (error instanceof CloudError && gone.has(error.code)) return undefined;
  throw error;
}

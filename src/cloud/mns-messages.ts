/** MNS takes 64 KB a message, counted on the encoded body. https://www.alibabacloud.com/help/en/mns/product-overview/limits */
export const bodyLimit = 65_536;
export const messagesPerBatch = 16;

/**
 * Our own rule: MNS deletes a message seven days after it was sent, read or not, so that a long wait is made of
 * hops of half a day.
 */
const longestDelaySeconds = 12 * 3600;

export interface Encoded {
  readonly MessageBody: string;
  readonly DelaySeconds: number;
}

/** A message as MNS takes it; throws when it is too long or its delay is no whole number of 0 to 12 hours. */
export function encodeMessage(message: { readonly body: string; readonly delaySeconds: number }): Encoded {
  const { body, delaySeconds } = message;
  const encoded = Buffer.from(body, 'utf8').toString('base64');
  if (encoded.length > bodyLimit) {
    throw new Error(`message: ${encoded.length} bytes when encoded; MNS takes at most ${bodyLimit}`);
  }
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > longestDelaySeconds) {
    throw new Error(
      `message: a delay of ${delaySeconds} s; expected a whole number up to ${longestDelaySeconds}`,
    );
  }
  return { MessageBody: encoded, DelaySeconds: delaySeconds };
}

/** At most 16 messages and 64 KB a batch, in the order in which they came. */
export function batches(messages: readonly Encoded[]): readonly (readonly Encoded[])[] {
  const all: Encoded[][] = [];
  let size = 0;
  for (const message of messages) {
    const last = all.at(-1);
    size += message.MessageBody.length;
    if (last === undefined || last.length === messagesPerBatch || size > bodyLimit) {
      all.push([message]);
      size = message.MessageBody.length;
    } else {
      last.push(message);
    }
  }
  return all;
}

/** Our own bodies are base64; other producers may have sent plain JSON, which base64 never starts like. */
export function readBody(body: string): string {
  return /^\s*[{["]/.test(body) ? body : Buffer.from(body, 'base64').toString('utf8');
}

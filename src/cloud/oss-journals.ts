import { CloudError } from '../engine/ports';
import type { Journals } from '../engine/ports';
import type { Bucket } from './oss-client';
import { askAgain } from './refusal';

const newline = 0x0a;

/**
 * Journals as appendable objects of JSON lines. AppendObject with a position is a compare-and-append: at one
 * position only one writer succeeds.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/appendobject
 */
export function createJournals(bucket: Bucket): Journals {
  const keyOf = (name: string) => `journals/${name}.jsonl`;

  const read: Journals['read'] = (name, position) =>
    askAgain(async () => {
      const tail = await readFrom(bucket, keyOf(name), position);
      if (tail === undefined) return { lines: [], position: 0 };
      const whole = tail.subarray(0, tail.lastIndexOf(newline) + 1);
      const lines = whole.toString('utf8').split('\n').slice(0, -1);
      return { lines, position: position + whole.length };
    });

  return {
    read,
    async append(name, position, line) {
      if (line.includes('\n')) throw new Error(`journal ${name}: a line with a line break in it`);
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      try {
        await bucket.use('AppendObject', 'write', (client) =>
          client.append(keyOf(name), bytes, { position: String(position) }),
        );
        return { kind: 'appended', position: position + bytes.length };
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        if (error.code === 'PositionNotEqualToLength') return { kind: 'lost' };
        if (!error.detail.mayHaveWorked) throw error;
        // What stands there tells whether it worked; nothing there: it did not, so far.
        const [first] = (await read(name, position)).lines;
        if (first === undefined) throw error;
        return first === line ? { kind: 'appended', position: position + bytes.length } : { kind: 'lost' };
      }
    },
  };
}

/**
 * The bytes from `position` on; undefined when there is no such object. With the standard behaviour a range
 * behind the end is refused; without it, or with an empty object, the whole object comes back.
 * https://www.alibabacloud.com/help/en/oss/how-to-obtain-oss-resources-by-segmenting-http-range-requests
 */
async function readFrom(bucket: Bucket, key: string, position: number): Promise<Buffer | undefined> {
  const headers = position === 0 ? {} : { Range: `bytes=${position}-`, 'x-oss-range-behavior': 'standard' };
  try {
    const answer = await bucket.use('GetObject', 'read', (client) => client.get(key, { headers }));
    const content = Buffer.from(answer.content as Uint8Array);
    return answer.res.status === 206 ? content : content.subarray(position);
  } catch (error) {
    if (error instanceof CloudError && error.code === 'NoSuchKey') return undefined;
    if (error instanceof CloudError && error.code === 'InvalidRange') return Buffer.alloc(0);
    throw error;
  }
}

import { CloudError } from '../engine/ports';
import type { Journals } from '../engine/ports';
import type { Bucket } from './oss-client';
import { readBytes } from './oss-files';
import { listKeys } from './oss-list';
import { askAgain } from './refusal';

const newline = 0x0a;
const folder = 'journals/';
const ending = '.jsonl';

/**
 * Journals as appendable objects of JSON lines. AppendObject with a position is a compare-and-append: at one
 * position only one writer succeeds.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/appendobject
 */
export function createJournals(bucket: Bucket): Journals {
  const keyOf = (name: string) => `${folder}${name}${ending}`;

  const read: Journals['read'] = (name, position) =>
    askAgain(async () => {
      const tail = await readBytes(bucket, keyOf(name), position);
      if (tail === undefined) return { lines: [], position: 0 };
      const whole = tail.subarray(0, tail.lastIndexOf(newline) + 1);
      const lines = whole.toString('utf8').split('\n').slice(0, -1);
      return { lines, position: position + whole.length };
    });

  // Two callers of one invocation may ask for one place with the same words; then the words tell nothing.
  const asked = new Map<string, number>();

  return {
    read,
    async names(prefix) {
      const keys = await listKeys(bucket, `${folder}${prefix}`);
      return keys.map((key) => key.slice(folder.length, -ending.length));
    },
    async append(name, position, line) {
      if (line.includes('\n')) throw new Error(`journal ${name}: a line with a line break in it`);
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      const place = `${name}@${position}`;
      asked.set(place, (asked.get(place) ?? 0) + 1);
      try {
        await bucket.use('AppendObject', 'write', (client) =>
          client.append(keyOf(name), bytes, { position: String(position) }),
        );
        return { kind: 'appended', position: position + bytes.length };
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        const isTaken = error.code === 'PositionNotEqualToLength';
        if (isTaken && asked.get(place) !== 1) return { kind: 'lost' };
        if (!isTaken && !error.detail.mayHaveWorked) throw error;
        // What stands there tells whether it worked. A place may be taken by a copy of our own request.
        const [first] = (await read(name, position).catch(throwUnclear)).lines;
        if (first === line) return { kind: 'appended', position: position + bytes.length };
        if (isTaken || first !== undefined) return { kind: 'lost' };
        // Nothing there: it did not, so far.
        throw error;
      }
    },
  };
}

/** The look after an unclear append failed as well: the line may stand there or not. */
function throwUnclear(error: unknown): never {
  if (!(error instanceof CloudError)) throw error;
  const message = `oss AppendObject: its answer was lost, and the look for it failed: ${error.message}`;
  throw new CloudError(error.code, message, {
    ...error.detail,
    action: 'AppendObject',
    mayHaveWorked: true,
  });
}

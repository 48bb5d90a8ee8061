import { CloudError } from '../engine/ports';
import type { Files } from '../engine/ports';
import type { Bucket } from './oss-client';
import { askAgain } from './refusal';

/** Objects that others wrote: `oss://<bucket>/<key>` in any bucket of the region. */
export function createFiles(open: (bucket: string) => Bucket): Files {
  return {
    async read(url) {
      const [, bucket, key] = /^oss:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
      if (bucket === undefined || key === undefined) {
        throw new Error(`file: found "${url}"; expected oss://<bucket>/<key>`);
      }
      return readObject(open(bucket), key);
    },
  };
}

/** The text of an object; undefined when there is none. */
export async function readObject(bucket: Bucket, key: string): Promise<string | undefined> {
  try {
    const answer = await askAgain(() => bucket.use('GetObject', 'read', (client) => client.get(key)));
    return Buffer.from(answer.content as Uint8Array).toString('utf8');
  } catch (error) {
    if (error instanceof CloudError && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
}

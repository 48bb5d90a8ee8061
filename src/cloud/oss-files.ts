import { CloudError } from '../engine/ports';
import type { Files } from '../engine/ports';
import type { Bucket } from './oss-client';
import { askAgain } from './refusal';

/** Objects that others wrote: `oss://<bucket>/<key>` in any bucket of the region. */
export function createFiles(open: (bucket: string) => Bucket): Files {
  return {
    read: async (url) => {
      const { bucket, key } = addressOf(url);
      return readObject(open(bucket), key);
    },
    write: async (url, bytes, type) => {
      const { bucket, key } = addressOf(url);
      const put = () =>
        open(bucket).use('PutObject', 'write', (client) =>
          client.put(key, Buffer.from(bytes), { mime: type }),
        );
      await askAgain(put);
    },
  };
}

function addressOf(url: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^oss:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  throw new Error(`file: found "${url}"; expected oss://<bucket>/<key>`);
}

/** The text of an object; undefined when there is none. */
export async function readObject(bucket: Bucket, key: string): Promise<string | undefined> {
  return (await askAgain(() => readBytes(bucket, key, 0)))?.toString('utf8');
}

/** What the SDK answers; its own type leaves the content open. */
interface Got {
  readonly content: Uint8Array;
  readonly res: { readonly status: number; readonly headers: object };
}

/**
 * The bytes from `position` on; undefined when there is no such object. With the standard behaviour a range
 * behind the end is refused; without it, or with an empty object, the whole object comes back.
 * https://www.alibabacloud.com/help/en/oss/how-to-obtain-oss-resources-by-segmenting-http-range-requests
 */
export async function readBytes(bucket: Bucket, key: string, position: number): Promise<Buffer | undefined> {
  return (await readTagged(bucket, key, position))?.bytes;
}

/** The same, with the ETag of what was read; empty where nothing was. */
export async function readTagged(
  bucket: Bucket,
  key: string,
  position = 0,
): Promise<{ readonly bytes: Buffer; readonly etag: string } | undefined> {
  const headers = { Range: `bytes=${position}-`, 'x-oss-range-behavior': 'standard' };
  try {
    return await bucket.use('GetObject', 'read', async (client) => {
      const { content, res } = (await client.get(key, { headers })) as Got;
      const bytes = Buffer.from(content);
      const { etag = '' } = res.headers as { readonly etag?: string };
      if (res.status !== 206) return { bytes: bytes.subarray(position), etag };
      checkWhole(bytes, res.headers);
      return { bytes, etag };
    });
  } catch (error) {
    if (error instanceof CloudError && error.code === 'NoSuchKey') return undefined;
    if (error instanceof CloudError && error.code === 'InvalidRange')
      return { bytes: Buffer.alloc(0), etag: '' };
    throw error;
  }
}

/** `bytes 120-399/400` tells how much was sent: something on the way may have passed on less. */
function checkWhole(bytes: Buffer, headers: object): void {
  const { 'content-range': range = '' } = headers as { readonly 'content-range'?: string };
  const [, from, to] = /^bytes (\d+)-(\d+)\//.exec(range) ?? [];
  const sent = Number(to) - Number(from) + 1;
  if (sent > bytes.length) throw new Error(`${bytes.length} of ${sent} bytes arrived`);
}

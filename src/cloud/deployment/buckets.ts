import type { Buckets } from '../../cli/deploy/ports';
import { CloudError } from '../../engine/ports';
import type { Bucket } from '../oss-client';
import { listKeys } from '../oss-list';
import { askAgain } from '../refusal';

/** At most so many keys go with one call. https://www.alibabacloud.com/help/en/oss/developer-reference/deletemultipleobjects */
const keysPerDelete = 1000;

/** Buckets and the objects in them, as whoever installs needs them. */
export function createBuckets(open: (bucket: string) => Bucket): Buckets {
  return {
    async look(bucket) {
      try {
        await askAgain(() =>
          open(bucket).use('ListObjects', 'read', (client) => client.listV2({ 'max-keys': 1 })),
        );
        return 'ours';
      } catch (error) {
        if (isCode(error, 'NoSuchBucket')) return 'absent';
        if (isCode(error, 'AccessDenied')) return 'others';
        throw error;
      }
    },
    // Private is what a bucket is unless somebody says otherwise.
    async createPrivate(bucket) {
      await open(bucket).use('PutBucket', 'write', (client) => client.putBucket(bucket));
    },
    checksum: (bucket, key) => askAgain(() => readChecksum(open(bucket), key)),
    async put(bucket, key, bytes) {
      await open(bucket).use('PutObject', 'write', (client) => client.put(key, bytes));
    },
    async keys(bucket, prefix) {
      return listKeys(open(bucket), prefix);
    },
    async removeObjects(bucket, keys) {
      for (let start = 0; start < keys.length; start += keysPerDelete) {
        const some = keys.slice(start, start + keysPerDelete);
        await open(bucket).use('DeleteMultipleObjects', 'write', (client) =>
          client.deleteMulti([...some], { quiet: true }),
        );
      }
    },
    async remove(bucket) {
      try {
        await open(bucket).use('DeleteBucket', 'write', (client) => client.deleteBucket(bucket));
      } catch (error) {
        if (!isCode(error, 'NoSuchBucket')) throw error;
      }
    },
  };
}

/** Every object has it: https://www.alibabacloud.com/help/en/oss/developer-reference/headobject */
async function readChecksum(bucket: Bucket, key: string): Promise<string | undefined> {
  try {
    const { res } = await bucket.use('HeadObject', 'read', (client) => client.head(key));
    const headers = res.headers as { readonly 'x-oss-hash-crc64ecma'?: string };
    return headers['x-oss-hash-crc64ecma'] ?? '';
  } catch (error) {
    if (isCode(error, 'NoSuchKey', 'NoSuchBucket')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof CloudError && codes.includes(error.code);
}

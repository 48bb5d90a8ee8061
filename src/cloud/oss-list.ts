import type OSS from 'ali-oss';
import type { Bucket } from './oss-client';
import { byToken } from './pages';
import { askAgain } from './refusal';

/** Keys of every object that begins with `prefix`, in the order of their bytes. */
export async function listKeys(bucket: Bucket, prefix: string): Promise<readonly string[]> {
  return (await listObjects(bucket, prefix)).map(({ name }) => name);
}

/**
 * Every object that begins with `prefix`, in the order of their keys' bytes; paged to the end.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/listobjectsv2
 */
export async function listObjects(bucket: Bucket, prefix: string): Promise<readonly OSS.ObjectMeta[]> {
  return byToken((token) =>
    askAgain(async () => {
      const answer = await bucket.use('ListObjects', 'read', (client) =>
        client.listV2({
          prefix,
          'max-keys': 1000,
          ...(token !== undefined && { 'continuation-token': token }),
        }),
      );
      const next = answer.isTruncated ? answer.nextContinuationToken : undefined;
      return { rows: answer.objects, next };
    }),
  );
}

import * as z from 'zod';
import type { BucketState } from '../../cli/doctor/ports';
import { CloudError } from '../../engine/ports';
import type { Bucket } from '../oss-client';
import { askAgain } from '../refusal';

/** `<BucketInfo><Bucket><AccessControlList><Grant>private</Grant></AccessControlList> …`: in the SDK's form of it. */
const Info = z.object({
  bucket: z.object({ AccessControlList: z.object({ Grant: z.string() }) }),
});

/** `<VersioningConfiguration><Status>Enabled</Status>…`; without a status where it was never on. */
const Versioning = z.object({ versionStatus: z.string().nullish() });

/** The part of the SDK that its types leave open. */
interface Reader {
  getBucketInfo(name: string): Promise<unknown>;
  getBucketVersioning(name: string): Promise<unknown>;
}

/**
 * Who may read a bucket, and whether it keeps versions; undefined when there is no such bucket.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketinfo
 * https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketversioning
 */
export async function readBucketState(bucket: Bucket, name: string): Promise<BucketState | undefined> {
  const ask = (action: 'getBucketInfo' | 'getBucketVersioning', spelled: string) =>
    askAgain(() => bucket.use(spelled, 'read', (client) => (client as unknown as Reader)[action](name)));
  try {
    const info = Info.parse(await ask('getBucketInfo', 'GetBucketInfo'));
    const { versionStatus } = Versioning.parse(await ask('getBucketVersioning', 'GetBucketVersioning'));
    return {
      acl: info.bucket.AccessControlList.Grant,
      ...(versionStatus ? { versioning: versionStatus } : {}),
    };
  } catch (error) {
    if (error instanceof CloudError && error.code === 'NoSuchBucket') return undefined;
    throw error;
  }
}

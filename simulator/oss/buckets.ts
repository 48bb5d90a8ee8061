import type { BucketSettings } from '../core/buckets';
import type { World } from '../core/world';
import { everywhere } from '../core/worlds';
import { OssError } from './error';
import { bucketOf } from './objects';

/** What a bucket is unless somebody says otherwise. */
export const plainBucket: BucketSettings = { acl: 'private', lifecycle: [], tags: {} };

/**
 * Makes a bucket. All accounts share the names.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/putbucket
 */
export function createBucket(world: World, name: string, settings: Partial<BucketSettings> = {}): void {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) {
    throw new OssError('InvalidBucketName', 'The specified bucket is not valid.');
  }
  if (everywhere(world).some(({ buckets }) => buckets.has(name))) {
    throw new OssError(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    );
  }
  world.buckets.set(name, new Map());
  world.bucketSettings.set(name, { ...plainBucket, ...settings });
}

/** https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucket */
export function deleteBucket(world: World, name: string): void {
  if (bucketOf(world, name).size > 0) {
    throw new OssError('BucketNotEmpty', 'The bucket you tried to delete is not empty.');
  }
  world.buckets.delete(name);
  world.bucketSettings.delete(name);
}

/** The settings of a bucket that is there; those of the fleet's buckets are made when first asked for. */
export function settingsOf(world: World, name: string): BucketSettings {
  bucketOf(world, name);
  const known = world.bucketSettings.get(name);
  if (known !== undefined) return known;
  const plain = { ...plainBucket };
  world.bucketSettings.set(name, plain);
  return plain;
}

import * as z from 'zod';
import type { World } from '../../core/world';
import { createBucket, deleteBucket, settingsOf } from '../../oss/buckets';
import { anyMap, flag, resourceType, whole, type Made } from './type';

const lifecycleRule = z.strictObject({
  ID: z.string().optional(),
  Prefix: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']).optional(),
  Expiration: z.strictObject({ Days: whole.optional(), CreatedBeforeDate: z.string().optional() }).optional(),
  AbortMultipartUpload: z
    .strictObject({ Days: whole.optional(), CreatedBeforeDate: z.string().optional() })
    .optional(),
});

const properties = z.object({
  BucketName: z.string(),
  AccessControl: z.enum(['private', 'public-read', 'public-read-write']).default('private'),
  BlockPublicAccess: flag.optional(),
  DeletionForce: flag.default(false),
  LifecycleConfiguration: z.strictObject({ Rule: z.array(lifecycleRule).min(1) }).optional(),
  Tags: anyMap.optional(),
  StorageClass: z.enum(['Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive']).optional(),
  RedundancyType: z.enum(['LRS', 'ZRS']).optional(),
  ServerSideEncryptionConfiguration: anyMap.optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  Policy: anyMap.optional(),
  LoggingConfiguration: anyMap.optional(),
  ResourceGroupId: z.string().optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-oss-bucket */
export const bucket = resourceType(properties, {
  immutable: ['BucketName', 'StorageClass', 'RedundancyType'],
  attributes: ['Name', 'Arn', 'DomainName', 'InternalDomainName'],
  calls: { product: 'oss', create: 'PutBucket', update: 'PutBucketLifecycle', remove: 'DeleteBucket' },
  create: (world, given) => {
    createBucket(world, given.BucketName, toSettings(given));
    return made(world, given.BucketName);
  },
  update: (world, name, given) => {
    Object.assign(settingsOf(world, name), toSettings(given));
    return made(world, name);
  },
  remove: (world, name, { DeletionForce }) => {
    if (DeletionForce) world.buckets.get(name)?.clear();
    deleteBucket(world, name);
  },
});

function toSettings(given: z.output<typeof properties>) {
  return {
    acl: given.AccessControl,
    lifecycle: given.LifecycleConfiguration?.Rule ?? [],
    tags: Object.fromEntries(Object.entries(given.Tags ?? {}).map(([key, value]) => [key, String(value)])),
    ...(given.VersioningConfiguration && { versioning: given.VersioningConfiguration.Status }),
  };
}

function made({ region, account }: World, name: string): Made {
  return {
    physicalId: name,
    attributes: {
      Name: name,
      Arn: `acs:oss:oss-${region}:${account}:${name}`,
      DomainName: `${name}.oss-${region}.aliyuncs.com`,
      InternalDomainName: `${name}.oss-${region}-internal.aliyuncs.com`,
    },
  };
}

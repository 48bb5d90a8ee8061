import { OssError } from './error';
import { bucketOf } from './objects';
import { xmlAnswer, type OssOperation } from './operation';
import type { BucketTraits, World } from '../core/world';

/** Without a word on it when it was never on. https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketversioning */
export const GetBucketVersioning: OssOperation = (world, _request, { bucket }) => {
  bucketOf(world, bucket);
  const { versioning } = traitsOf(world, bucket);
  return xmlAnswer('VersioningConfiguration', versioning === undefined ? {} : { Status: versioning });
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlocation */
export const GetBucketLocation: OssOperation = (world, _request, { bucket }) => {
  bucketOf(world, bucket);
  return xmlAnswer('LocationConstraint', `oss-${world.region}`);
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketinfo */
export const GetBucketInfo: OssOperation = (world, _request, { bucket }) => {
  bucketOf(world, bucket);
  const { acl, versioning } = traitsOf(world, bucket);
  return xmlAnswer('BucketInfo', {
    Bucket: {
      Name: bucket,
      Location: `oss-${world.region}`,
      ExtranetEndpoint: `oss-${world.region}.aliyuncs.com`,
      IntranetEndpoint: `oss-${world.region}-internal.aliyuncs.com`,
      StorageClass: 'Standard',
      AccessControlList: { Grant: acl },
      ...(versioning !== undefined && { Versioning: versioning }),
      Owner: { ID: world.account, DisplayName: world.account },
    },
  });
};

/** All buckets of the account. https://www.alibabacloud.com/help/en/oss/developer-reference/listbuckets */
export const ListBuckets: OssOperation = (world) => {
  const names = [...world.buckets.keys()].sort();
  return xmlAnswer('ListAllMyBucketsResult', {
    Owner: { ID: world.account, DisplayName: world.account },
    Buckets: {
      Bucket: names.map((Name) => ({ Name, Location: `oss-${world.region}`, StorageClass: 'Standard' })),
    },
  });
};

/** What this program does not know of OSS is refused as a method, never passed over in silence. */
export const MethodNotAllowed: OssOperation = (_world, request) => {
  throw new OssError('MethodNotAllowed', `The simulator does not know ${request.method} ${request.rawUrl}.`);
};

function traitsOf(world: World, bucket: string): BucketTraits {
  return world.bucketTraits.get(bucket) ?? { acl: 'private' };
}

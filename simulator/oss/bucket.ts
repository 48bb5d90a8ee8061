import type { Xml } from '../core/xml';
import { settingsOf } from './buckets';
import { OssError } from './error';
import { bucketOf } from './objects';
import { xmlAnswer, type OssOperation } from './operation';

/** Versioning is told, and not imitated: objects have no versions. https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketversioning */
export const GetBucketVersioning: OssOperation = (world, _request, { bucket }) => {
  const { versioning } = settingsOf(world, bucket);
  return xmlAnswer('VersioningConfiguration', versioning === undefined ? {} : { Status: versioning });
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlocation */
export const GetBucketLocation: OssOperation = (world, _request, { bucket }) => {
  bucketOf(world, bucket);
  return xmlAnswer('LocationConstraint', `oss-${world.region}`);
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketacl */
export const GetBucketAcl: OssOperation = (world, _request, { bucket }) =>
  xmlAnswer('AccessControlPolicy', {
    Owner: { ID: world.account, DisplayName: world.account },
    AccessControlList: { Grant: settingsOf(world, bucket).acl },
  });

/** https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketlifecycle */
export const GetBucketLifecycle: OssOperation = (world, _request, { bucket }) => {
  const { lifecycle } = settingsOf(world, bucket);
  if (lifecycle.length === 0) {
    throw new OssError('NoSuchLifecycle', 'No Row found in Lifecycle Table.');
  }
  return xmlAnswer('LifecycleConfiguration', { Rule: lifecycle.map(toXml) });
};

/** Numbers as text, all the way down. */
function toXml(value: unknown): Xml {
  if (Array.isArray(value)) return value.map(toXml);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toXml(each)]));
}

/** https://www.alibabacloud.com/help/en/oss/developer-reference/getbucketinfo */
export const GetBucketInfo: OssOperation = (world, _request, { bucket }) => {
  const { acl, versioning } = settingsOf(world, bucket);
  return xmlAnswer('BucketInfo', {
    Bucket: {
      Name: bucket,
      Location: `oss-${world.region}`,
      ExtranetEndpoint: `oss-${world.region}.aliyuncs.com`,
      IntranetEndpoint: `oss-${world.region}-internal.aliyuncs.com`,
      StorageClass: 'Standard',
      AccessControlList: { Grant: acl },
      Versioning: versioning,
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

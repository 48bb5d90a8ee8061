import { XMLParser } from 'fast-xml-parser';
import { createBucket, deleteBucket, settingsOf } from './buckets';
import { OssError } from './error';
import { bucketOf } from './objects';
import { xmlAnswer, type OssOperation } from './operation';

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => name === 'Object' || name === 'Rule',
});

/** One's own bucket may be made again, which changes its ACL. https://www.alibabacloud.com/help/en/oss/developer-reference/putbucket */
export const PutBucket: OssOperation = (world, request, { bucket }) => {
  const acl = request.headers['x-oss-acl'];
  const isOurs = world.buckets.has(bucket) && world.switches.ossPutBucketAgainIsRefused !== true;
  if (!isOurs) createBucket(world, bucket, acl === undefined ? {} : { acl });
  else if (acl !== undefined) settingsOf(world, bucket).acl = acl;
  return { status: 200, headers: { location: `/${bucket}` } };
};

export const DeleteBucket: OssOperation = (world, _request, { bucket }) => {
  deleteBucket(world, bucket);
  return { status: 204 };
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketlifecycle */
export const PutBucketLifecycle: OssOperation = (world, request, { bucket }) => {
  const { Rule } = read(request.body, 'LifecycleConfiguration') as {
    Rule?: Readonly<Record<string, unknown>>[];
  };
  if (Rule === undefined) throw malformed();
  settingsOf(world, bucket).lifecycle = Rule;
  return { status: 200 };
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/deletebucketlifecycle */
export const DeleteBucketLifecycle: OssOperation = (world, _request, { bucket }) => {
  settingsOf(world, bucket).lifecycle = [];
  return { status: 204 };
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketversioning */
export const PutBucketVersioning: OssOperation = (world, request, { bucket }) => {
  const { Status } = read(request.body, 'VersioningConfiguration');
  if (Status !== 'Enabled' && Status !== 'Suspended') throw malformed();
  settingsOf(world, bucket).versioning = Status;
  return { status: 200 };
};

/** https://www.alibabacloud.com/help/en/oss/developer-reference/putbucketacl */
export const PutBucketAcl: OssOperation = (world, request, { bucket }) => {
  const acl = request.headers['x-oss-acl'] ?? '';
  if (!['private', 'public-read', 'public-read-write'].includes(acl)) {
    throw new OssError('InvalidArgument', `The acl "${acl}" is not known.`);
  }
  settingsOf(world, bucket).acl = acl;
  return { status: 200 };
};

/** Up to 1000 keys; those that are not there count as deleted. https://www.alibabacloud.com/help/en/oss/developer-reference/deletemultipleobjects */
export const DeleteMultipleObjects: OssOperation = (world, request, { bucket }) => {
  const { Object: objects, Quiet } = read(request.body, 'Delete') as {
    Object?: { Key: string }[];
    Quiet?: string;
  };
  if (objects === undefined || objects.length > 1000) throw malformed();
  const content = bucketOf(world, bucket);
  for (const { Key } of objects) content.delete(Key);
  return xmlAnswer('DeleteResult', Quiet === 'true' ? {} : { Deleted: objects.map(({ Key }) => ({ Key })) });
};

function read(body: Buffer, root: string): Record<string, unknown> {
  const content = (parser.parse(body.toString('utf8')) as Record<string, unknown>)[root];
  if (typeof content !== 'object' || content === null) throw malformed();
  return content as Record<string, unknown>;
}

function malformed(): OssError {
  return new OssError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema.',
  );
}

import { OssError } from './error';
import { bucketOf, etagOf, storeObject } from './objects';
import type { OssOperation } from './operation';

const conditions = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

/**
 * Overwrites unless forbidden; there is no compare-and-swap, conditions are refused.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export const PutObject: OssOperation = (world, request, { bucket: name, key }) => {
  const bucket = bucketOf(world, name);
  const condition = conditions.find((header) => request.headers[header] !== undefined);
  if (condition !== undefined) {
    throw new OssError(
      'NotImplemented',
      `A header you provided implies functionality that is not implemented: ${condition}.`,
    );
  }
  if (request.headers['x-oss-forbid-overwrite'] === 'true' && bucket.has(key)) {
    throw new OssError(
      'FileAlreadyExists',
      'The object you specified already exists and can not be overwritten.',
    );
  }
  const object = storeObject(world, bucket, key, request.body, request.headers);
  return { status: 200, headers: { etag: etagOf(object) } };
};

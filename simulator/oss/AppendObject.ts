import { OssError } from './error';
import { appendToObject, bucketOf, etagOf } from './objects';
import type { OssOperation } from './operation';

/**
 * Appends only at the object's exact end: a compare-and-append, of two writers at one position one is refused.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/appendobject
 */
export const AppendObject: OssOperation = (world, request, { bucket: name, key }) => {
  const bucket = bucketOf(world, name);
  const position = request.query.get('position') ?? '';
  if (!/^\d+$/.test(position))
    throw new OssError('InvalidArgument', `The position "${position}" is no whole number.`);
  const present = bucket.get(key);
  if (present?.appendable === false)
    throw new OssError('ObjectNotAppendable', 'The object is not appendable.');
  const length = present?.content.length ?? 0;
  if (Number(position) !== length) {
    throw new OssError('PositionNotEqualToLength', 'Position is not equal to file length.', next(length));
  }
  const object = appendToObject(world, bucket, key, request.body, request.headers);
  return { status: 200, headers: { etag: etagOf(object), ...next(object.content.length) } };
};

function next(position: number): Record<string, string> {
  return { 'x-oss-next-append-position': String(position) };
}

import type { WireAnswer, WireRequest } from '../core/http';
import type { StoredObject } from '../core/world';
import { OssError } from './error';
import { bucketOf, describeObject, etagOf, objectOf } from './objects';
import type { OssOperation } from './operation';

/** https://www.alibabacloud.com/help/en/oss/developer-reference/getobject */
export const GetObject: OssOperation = (world, request, { bucket, key }) => {
  const object = objectOf(bucketOf(world, bucket), key);
  return unchanged(request, object) ?? partOf(request, object);
};

/** Like GET, without the content. https://www.alibabacloud.com/help/en/oss/developer-reference/headobject */
export const HeadObject: OssOperation = (world, request, { bucket, key }) => {
  const object = objectOf(bucketOf(world, bucket), key);
  const headers = { ...describeObject(object), 'content-length': String(object.content.length) };
  return unchanged(request, object) ?? { status: 200, headers };
};

/** 304 or 412 where a condition says so. */
function unchanged(request: WireRequest, object: StoredObject): WireAnswer | undefined {
  const { headers } = request;
  const etag = etagOf(object);
  const isTag = (header: string | undefined) => header === etag || `"${header}"` === etag;
  // HTTP dates know whole seconds only.
  const modifiedAt = Math.floor(object.modifiedAt / 1000) * 1000;
  const [ifMatch, ifUnmodified] = [headers['if-match'], headers['if-unmodified-since']];
  if ((ifMatch !== undefined && !isTag(ifMatch)) || modifiedAt > Date.parse(ifUnmodified ?? '')) {
    throw new OssError(
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold.',
    );
  }
  const [ifNoneMatch, ifModified] = [headers['if-none-match'], headers['if-modified-since']];
  const isSame = ifNoneMatch === undefined ? modifiedAt <= Date.parse(ifModified ?? '') : isTag(ifNoneMatch);
  return isSame ? { status: 304, headers: { etag } } : undefined;
}

/** The whole content, or the range asked for; a range that cannot be read or satisfied gives the whole. */
function partOf(request: WireRequest, object: StoredObject): WireAnswer {
  const headers = describeObject(object);
  const size = object.content.length;
  const range = rangeOf(request.headers['range'], size);
  if (range === undefined) return { status: 200, headers, body: object.content };
  const [from, to] = range;
  const body = object.content.subarray(from, to + 1);
  return { status: 206, headers: { ...headers, 'content-range': `bytes ${from}-${to}/${size}` }, body };
}

/**
 * First and last byte. An unsatisfiable range is ignored unless the client asks for the standard behaviour.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 */
function rangeOf(header: string | undefined, size: number): [number, number] | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from <= to ? [from, to] : undefined;
}

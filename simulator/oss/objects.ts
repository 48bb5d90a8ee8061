import { createHash } from 'node:crypto';
import type { StoredObject, World } from '../core/world';
import { crc64 } from '../core/crc64';
import { OssError } from './error';

export type Bucket = Map<string, StoredObject>;

/** Headers of an upload that come back with the object. */
const keptHeaders =
  /^(x-oss-meta-.+|content-type|content-encoding|content-disposition|cache-control|expires|x-oss-(storage-class|object-acl|tagging|server-side-encryption))$/;

/** The named bucket, or the refusal `NoSuchBucket`. */
export function bucketOf(world: World, name: string): Bucket {
  const bucket = world.buckets.get(name);
  if (bucket === undefined) throw new OssError('NoSuchBucket', 'The specified bucket does not exist.');
  return bucket;
}

/** The named object, or the refusal `NoSuchKey`. */
export function objectOf(bucket: Bucket, key: string): StoredObject {
  const object = bucket.get(key);
  if (object === undefined) throw new OssError('NoSuchKey', 'The specified key does not exist.');
  return object;
}

/** Stores a whole object in place of what was there; also what programs on an instance upload with. */
export function storeObject(
  world: World,
  bucket: Bucket,
  key: string,
  content: Buffer,
  headers = {},
): StoredObject {
  const object = { content, appendable: false, headers: keep(headers), modifiedAt: world.now };
  bucket.set(key, object);
  return object;
}

/** Makes an appendable object, or adds to the one there. */
export function appendToObject(
  world: World,
  bucket: Bucket,
  key: string,
  content: Buffer,
  headers = {},
): StoredObject {
  const present = bucket.get(key);
  if (present === undefined) {
    const object = { content, appendable: true, headers: keep(headers), modifiedAt: world.now };
    bucket.set(key, object);
    return object;
  }
  present.content = Buffer.concat([present.content, content]);
  present.modifiedAt = world.now;
  return present;
}

/** The object's ETag in its quotes: upper-case hex MD5 of the content. */
export function etagOf(object: StoredObject): string {
  return `"${createHash('md5').update(object.content).digest('hex').toUpperCase()}"`;
}

/** What GET and HEAD say about an object. https://www.alibabacloud.com/help/en/oss/developer-reference/headobject */
export function describeObject(object: StoredObject): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    ...object.headers,
    etag: etagOf(object),
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
    'x-oss-hash-crc64ecma': crc64(object.content),
    'x-oss-object-type': object.appendable ? 'Appendable' : 'Normal',
    'x-oss-storage-class': object.headers['x-oss-storage-class'] ?? 'Standard',
    ...(object.appendable ? { 'x-oss-next-append-position': String(object.content.length) } : {}),
  };
}

function keep(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => keptHeaders.test(name)));
}

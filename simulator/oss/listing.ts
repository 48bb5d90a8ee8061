import type { World } from '../core/world';
import { OssError } from './error';
import { etagOf, type Bucket } from './objects';
import type { Xml } from '../core/xml';

/** One page of a bucket: objects and rolled-up prefixes in the order of their names' bytes. */
export interface Page {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** The last name on the page, when there is more behind it. */
  readonly next?: string;
}

/** Lists names behind `after`; those that share a prefix up to the delimiter count as one. */
export function pageOf(bucket: Bucket, query: URLSearchParams, after: string): Page {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const size = maxKeys(query);
  const names = [...bucket.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => rollUp(key, prefix, delimiter));
  const sorted = [...new Set(names)].sort(byBytes).filter((name) => byBytes(name, after) > 0);
  const shown = sorted.slice(0, size);
  const isPrefix = (name: string) => delimiter !== '' && name.endsWith(delimiter) && name !== prefix;
  return {
    keys: shown.filter((name) => !isPrefix(name)),
    prefixes: shown.filter(isPrefix),
    next: sorted.length > size ? shown.at(-1) : undefined,
  };
}

/** The largest page: 100 unless asked, at most 1000. */
export function maxKeys(query: URLSearchParams): number {
  const text = query.get('max-keys') ?? '100';
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1000) return value;
  throw new OssError('InvalidArgument', `max-keys should be between 1 and 1000, not "${text}".`);
}

/** The `<Contents>` entry of one object. */
export function entryOf(
  world: World,
  bucket: Bucket,
  key: string,
  withOwner: boolean,
  encode: (text: string) => string,
): Xml {
  const object = bucket.get(key)!;
  return {
    Key: encode(key),
    LastModified: new Date(object.modifiedAt).toISOString(),
    ETag: etagOf(object),
    Type: object.appendable ? 'Appendable' : 'Normal',
    Size: String(object.content.length),
    StorageClass: object.headers['x-oss-storage-class'] ?? 'Standard',
    Owner: withOwner ? { ID: world.account, DisplayName: world.account } : undefined,
  };
}

/** How names are written: as they are, or percent-encoded for `encoding-type=url`. */
export function encoderOf(query: URLSearchParams): (text: string) => string {
  return query.get('encoding-type') === 'url' ? encodeURIComponent : (text) => text;
}

function rollUp(key: string, prefix: string, delimiter: string): string {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? key : key.slice(0, end + delimiter.length);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

import { encoderOf, entryOf, maxKeys, pageOf } from './listing';
import { bucketOf } from './objects';
import { xmlAnswer, type OssOperation } from './operation';

/** https://www.alibabacloud.com/help/en/oss/developer-reference/listobjects */
export const ListObjects: OssOperation = (world, { query }, { bucket: name }) => {
  const bucket = bucketOf(world, name);
  const marker = query.get('marker') ?? '';
  const page = pageOf(bucket, query, marker);
  const encode = encoderOf(query);
  return xmlAnswer('ListBucketResult', {
    Name: name,
    Prefix: encode(query.get('prefix') ?? ''),
    Marker: encode(marker),
    MaxKeys: String(maxKeys(query)),
    Delimiter: encode(query.get('delimiter') ?? ''),
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: String(page.next !== undefined),
    NextMarker: page.next && encode(page.next),
    Contents: page.keys.map((key) => entryOf(world, bucket, key, true, encode)),
    CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  });
};

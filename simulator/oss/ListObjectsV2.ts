import { OssError } from './error';
import { encoderOf, entryOf, maxKeys, pageOf } from './listing';
import { bucketOf } from './objects';
import { xmlAnswer, type OssOperation } from './operation';

/** Pages by an opaque token in place of a marker. https://www.alibabacloud.com/help/en/oss/developer-reference/listobjectsv2 */
export const ListObjectsV2: OssOperation = (world, { query }, { bucket: name }) => {
  const bucket = bucketOf(world, name);
  const token = query.get('continuation-token') ?? undefined;
  const page = pageOf(
    bucket,
    query,
    token === undefined ? (query.get('start-after') ?? '') : readToken(token),
  );
  const encode = encoderOf(query);
  return xmlAnswer('ListBucketResult', {
    Name: name,
    Prefix: encode(query.get('prefix') ?? ''),
    MaxKeys: String(maxKeys(query)),
    Delimiter: encode(query.get('delimiter') ?? ''),
    StartAfter: query.get('start-after') ?? undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: String(page.next !== undefined),
    KeyCount: String(page.keys.length + page.prefixes.length),
    ContinuationToken: token,
    NextContinuationToken: page.next && Buffer.from(page.next).toString('base64'),
    Contents: page.keys.map((key) =>
      entryOf(world, bucket, key, query.get('fetch-owner') === 'true', encode),
    ),
    CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  });
};

function readToken(token: string): string {
  const name = Buffer.from(token, 'base64').toString('utf8');
  if (token !== '' && Buffer.from(name).toString('base64') === token) return name;
  throw new OssError('InvalidArgument', 'The continuation token provided is incorrect.');
}

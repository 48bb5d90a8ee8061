import OSS from 'ali-oss';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

/** What the types of the SDK leave out of what it does. */
interface Client {
  put(key: string, content: Buffer, options?: object): Promise<unknown>;
  append(key: string, content: Buffer, options?: object): Promise<{ nextAppendPosition: string }>;
  get(key: string, options?: object): Promise<{ content: Buffer; res: { status: number; headers: Fields } }>;
  head(
    key: string,
    options?: object,
  ): Promise<{ status: number; meta: Fields | null; res: { headers: Fields } }>;
  delete(key: string): Promise<{ res: { status: number } }>;
  list(query: object, options: object): Promise<Listing & { nextMarker: string | null }>;
  listV2(query: object): Promise<Listing & { keyCount: number; nextContinuationToken: string | null }>;
  getBucketVersioning(bucket: string): Promise<{ versionStatus?: string }>;
  getBucketInfo(bucket: string): Promise<{ bucket: Fields }>;
}
type Fields = Record<string, string>;
interface Listing {
  objects: { name: string; size: number; type: string }[];
  prefixes: string[] | null;
  isTruncated: boolean;
}
interface Failure {
  code?: string;
  status?: number;
  ecCode?: string;
}

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ otherBuckets: ['failover-retail'] });
});
afterEach(() => sim.close());

function client(more: object = {}): Client {
  const { endpoint, bucket, accessKeyId, accessKeySecret } = sim;
  const options = { endpoint, bucket, accessKeyId, accessKeySecret, sldEnable: true, ...more };
  return new OSS(options) as unknown as Client;
}

const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => ({}),
    ({ code, status, ecCode }: Failure) => ({ code, status, ecCode }),
  );
const text = (content: string) => Buffer.from(content);
const namesOf = ({ objects }: Listing) => objects.map(({ name }) => name);

describe.each([
  ['in path style', { sldEnable: true }],
  ['by its bucket’s host name', { sldEnable: false }],
])('an object, addressed %s', (_, addressing) => {
  it.each(['a.txt', 'deep/er/a b+c&d.json', 'ünï/日本.txt', 'queues/x', '_sim/x'])(
    'is read back as %s',
    async (key) => {
      await client(addressing).put(key, text('hello'));
      const { content } = await client(addressing).get(key);
      expect(content.toString()).toBe('hello');
      expect(namesOf(await client(addressing).listV2({}))).toEqual([key]);
    },
  );

  it('is appended to', async () => {
    await client(addressing).append('log', text('one\n'), { position: 0 });
    expect((await client(addressing).append('log', text('two\n'), { position: 4 })).nextAppendPosition).toBe(
      '8',
    );
    expect((await client(addressing).get('log')).content.toString()).toBe('one\ntwo\n');
  });
});

describe('PutObject', () => {
  it('overwrites, unless that is forbidden', async () => {
    await client().put('a', text('1'));
    await client().put('a', text('2'));
    const again = client().put('a', text('3'), { headers: { 'x-oss-forbid-overwrite': 'true' } });
    expect(await failureOf(again)).toEqual({
      code: 'FileAlreadyExists',
      status: 409,
      ecCode: '0026-00000012',
    });
    expect((await client().get('a')).content.toString()).toBe('2');
  });

  it('creates when overwriting is forbidden and nothing is there', async () => {
    await client().put('a', text('1'), { headers: { 'x-oss-forbid-overwrite': 'true' } });
    expect((await client().get('a')).content.toString()).toBe('1');
  });

  it.each(['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since'])(
    'refuses %s',
    async (name) => {
      const failure = await failureOf(client().put('a', text('1'), { headers: { [name]: '*' } }));
      expect(failure).toMatchObject({ code: 'NotImplemented', status: 400 });
    },
  );

  it('keeps metadata and content type', async () => {
    await client().put('a', text('{}'), { meta: { run: 'r-1' }, mime: 'application/x-ndjson' });
    const { meta, res } = await client().head('a');
    expect(meta).toEqual({ run: 'r-1' });
    expect(res.headers['content-type']).toBe('application/x-ndjson');
  });

  it('refuses content that is not what its digest says', async () => {
    const options = { headers: { 'Content-MD5': 'AAAAAAAAAAAAAAAAAAAAAA==' } };
    expect(await failureOf(client().put('a', text('1'), options))).toMatchObject({
      code: 'InvalidDigest',
      status: 400,
    });
  });

  it('needs a bucket that exists', async () => {
    const failure = await failureOf(client({ bucket: 'nobodys' }).put('a', text('1')));
    expect(failure).toMatchObject({ code: 'NoSuchBucket', status: 404 });
  });
});

describe('AppendObject', () => {
  it('lets one of two writers at the same position in', async () => {
    const attempts = ['one', 'two'].map((line) =>
      failureOf(client().append('log', text(line), { position: 0 })),
    );
    const failures = await Promise.all(attempts);
    expect(failures.map(({ code }) => code).sort()).toEqual(['PositionNotEqualToLength', undefined]);
    expect((await client().get('log')).content).toHaveLength(3);
  });

  it('refuses to begin anywhere but at 0', async () => {
    const failure = await failureOf(client().append('log', text('x'), { position: 5 }));
    expect(failure).toEqual({ code: 'PositionNotEqualToLength', status: 409, ecCode: '0026-00000016' });
  });

  it('tells the right position with its refusal', async () => {
    await client().append('log', text('12345'), { position: 0 });
    const error: unknown = await client()
      .append('log', text('x'), { position: 0 })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PositionNotEqualToLength' });
    expect((await client().head('log')).res.headers).toMatchObject({
      'content-length': '5',
      'x-oss-next-append-position': '5',
      'x-oss-object-type': 'Appendable',
    });
  });

  it('does not touch what PutObject made', async () => {
    await client().put('a', text('1'));
    const failure = await failureOf(client().append('a', text('2'), { position: 1 }));
    expect(failure).toMatchObject({ code: 'ObjectNotAppendable', status: 409 });
  });
});

describe('GetObject and HeadObject', () => {
  it('answer for a key that is not there', async () => {
    expect(await failureOf(client().get('a'))).toEqual({
      code: 'NoSuchKey',
      status: 404,
      ecCode: '0026-00000001',
    });
    expect(await failureOf(client().head('a'))).toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  it.each([
    ['bytes=2-4', 206, 'cde'],
    ['bytes=7-', 206, 'hij'],
    ['bytes=-3', 206, 'hij'],
    ['bytes=5-100', 206, 'fghij'],
    ['bytes=10-', 200, 'abcdefghij'],
    ['lines=1-2', 200, 'abcdefghij'],
  ])('give %s with status %d', async (Range, status, expected) => {
    await client().put('a', text('abcdefghij'));
    const { res, content } = await client().get('a', { headers: { Range } });
    expect([res.status, content.toString()]).toEqual([status, expected]);
  });

  it('say that nothing changed', async () => {
    await client().put('a', text('1'));
    const etag = (await client().head('a')).res.headers.etag;
    expect((await client().get('a', { headers: { 'If-None-Match': etag } })).res.status).toBe(304);
    expect((await client().head('a', { headers: { 'If-None-Match': etag } })).status).toBe(304);
    const failure = await failureOf(client().get('a', { headers: { 'If-Match': '"other"' } }));
    expect(failure).toMatchObject({ code: 'PreconditionFailed', status: 412 });
  });
});

describe('DeleteObject', () => {
  it('answers 204, whether or not something was there', async () => {
    await client().put('a', text('1'));
    expect((await client().delete('a')).res.status).toBe(204);
    expect((await client().delete('a')).res.status).toBe(204);
    expect(await failureOf(client().get('a'))).toMatchObject({ code: 'NoSuchKey' });
  });
});

describe('a listing', () => {
  beforeEach(async () => {
    for (const key of ['runs/b', 'runs/a', 'runs/old/x', 'runs/old/y', 'pool', 'runs/é']) {
      await client().put(key, text('12'));
    }
  });

  it('is in the order of the names’ bytes', async () => {
    expect(namesOf(await client().list({ 'max-keys': 100 }, {}))).toEqual([
      'pool',
      'runs/a',
      'runs/b',
      'runs/old/x',
      'runs/old/y',
      'runs/é',
    ]);
  });

  it('rolls names up at the delimiter', async () => {
    const page = await client().listV2({ prefix: 'runs/', delimiter: '/' });
    expect(namesOf(page)).toEqual(['runs/a', 'runs/b', 'runs/é']);
    expect(page.prefixes).toEqual(['runs/old/']);
    expect(page.keyCount).toBe(4);
  });

  it('goes on at a marker', async () => {
    const first = await client().list({ prefix: 'runs/', 'max-keys': 2 }, {});
    expect([namesOf(first), first.isTruncated, first.nextMarker]).toEqual([
      ['runs/a', 'runs/b'],
      true,
      'runs/b',
    ]);
    const rest = await client().list({ prefix: 'runs/', marker: first.nextMarker }, {});
    expect([namesOf(rest), rest.isTruncated]).toEqual([['runs/old/x', 'runs/old/y', 'runs/é'], false]);
  });

  it('goes on at a continuation token', async () => {
    const first = await client().listV2({ 'max-keys': 5 });
    expect([first.objects.length, first.isTruncated]).toEqual([5, true]);
    const rest = await client().listV2({ 'continuation-token': first.nextContinuationToken });
    expect([namesOf(rest), rest.isTruncated, rest.nextContinuationToken]).toEqual([['runs/é'], false, null]);
  });

  it('may be empty', async () => {
    const page = await client().listV2({ prefix: 'nothing/' });
    expect([page.objects, page.prefixes, page.isTruncated]).toEqual([[], null, false]);
  });

  it('takes at most 1000 at a time', async () => {
    const failure = await failureOf(client().listV2({ 'max-keys': 1001 }));
    expect(failure).toMatchObject({ code: 'InvalidArgument', status: 400 });
  });
});

describe('a bucket', () => {
  it('has no versioning', async () => {
    expect((await client().getBucketVersioning('failover-state')).versionStatus).toBeUndefined();
  });

  it('tells where it is', async () => {
    const { bucket } = await client().getBucketInfo('failover-retail');
    expect([bucket.Name, bucket.Location]).toEqual(['failover-retail', 'oss-cn-hangzhou']);
  });
});

describe('a request', () => {
  it('is refused with the wrong secret or an unknown key', async () => {
    expect(await failureOf(client({ accessKeySecret: 'other' }).get('a'))).toMatchObject({
      code: 'SignatureDoesNotMatch',
      status: 403,
    });
    expect(await failureOf(client({ accessKeyId: 'LTAIother' }).get('a'))).toMatchObject({
      code: 'InvalidAccessKeyId',
      status: 403,
    });
  });

  it('is refused when its date is more than 15 minutes off', async () => {
    const failure = await failureOf(client({ amendTimeSkewed: 16 * 60_000 }).get('a'));
    expect(failure).toMatchObject({ code: 'RequestTimeTooSkewed', status: 403 });
  });

  it('is refused without a signature', async () => {
    const response = await fetch(`${sim.endpoint}/failover-state/a`);
    expect([response.status, /<Code>(\w+)</.exec(await response.text())?.[1]]).toEqual([403, 'AccessDenied']);
  });
});

describe('a request signed in version 4', () => {
  const v4 = { authorizationV4: true, region: 'oss-cn-hangzhou' };

  it.each([true, false])('is good for all kinds of calls (bucket in the path: %s)', async (sldEnable) => {
    const oss = client({ ...v4, sldEnable });
    await oss.append('ünï/a b+c.txt', text('1'), { position: 0 });
    await oss.put('b', text('1'), { meta: { run: 'r-1' } });
    const first = await oss.listV2({ 'max-keys': 1 });
    const rest = await oss.listV2({ 'continuation-token': first.nextContinuationToken });
    expect([...namesOf(first), ...namesOf(rest)]).toEqual(['b', 'ünï/a b+c.txt']);
  });

  it('is refused with the wrong secret, an unknown key, or an old date', async () => {
    const codeOf = async (more: object) => (await failureOf(client({ ...v4, ...more }).get('a'))).code;
    expect(await codeOf({ accessKeySecret: 'other' })).toBe('SignatureDoesNotMatch');
    expect(await codeOf({ accessKeyId: 'LTAIother' })).toBe('InvalidAccessKeyId');
    expect(await codeOf({ amendTimeSkewed: -16 * 60_000 })).toBe('RequestTimeTooSkewed');
  });
});

describe('flow control', () => {
  it('is a 503 here', async () => {
    await sim.knock('POST', '/faults', { name: 'throttle', product: 'oss', action: 'GetObject' });
    expect(await failureOf(client().get('a'))).toMatchObject({ code: 'ServiceUnavailable', status: 503 });
  });
});

describe('the record', () => {
  it('shows what was written', async () => {
    await client().append('log', text('one'), { position: 0 });
    await client()
      .append('log', text('two'), { position: 0 })
      .catch(() => undefined);
    const { writes } = await sim.knock('GET', '/writes');
    const write = { product: 'oss', action: 'AppendObject', target: 'failover-state/log' };
    expect(writes).toMatchObject([
      { ...write, params: { position: '0', size: 3 }, outcome: 'done' },
      { ...write, outcome: 'refused', code: 'PositionNotEqualToLength' },
    ]);
  });
});

describe('an append whose answer is lost', () => {
  it('has happened all the same', async () => {
    await sim.knock('POST', '/faults', { name: 'drop-after', product: 'oss', action: 'AppendObject' });
    await expect(client().append('log', text('one'), { position: 0 })).rejects.toThrow();
    expect((await client().get('log')).content.toString()).toBe('one');
  });
});

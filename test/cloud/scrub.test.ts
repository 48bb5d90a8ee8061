import { scrub } from '../../src/cloud/scrub';

describe('scrub', () => {
  it.each([
    ['AccessKeyId=LTAI5tExample&x=1', 'AccessKeyId=***&x=1'],
    ['{"accessKeySecret":"hush","a":1}', '{"accessKeySecret":"***","a":1}'],
    ['{"text":"{\\"SecurityToken\\":\\"CAIS\\"}"}', '{"text":"{\\"SecurityToken\\":\\"***\\"}"}'],
    ['authorization: MNS STS.abc123def:Zm9v+/=', 'authorization: MNS ***'],
    ['key STS.NUgYrLnoC was used', 'key *** was used'],
    ['Authorization: Bearer abc.def-123=', 'Authorization: Bearer ***'],
    ['mysql://app:hunter2@10.0.0.5/orders', 'mysql://app:***@10.0.0.5/orders'],
  ])('masks %s', (text, masked) => {
    expect(scrub(text)).toBe(masked);
  });

  it.each([
    'ClientToken=abc',
    'i-bp1web0000000000001 is drained',
    'NextToken=',
    'a signature is missing',
    'https://10.0.0.5:8080/a@b',
  ])('leaves "%s" alone', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('masks the secrets it is told, wherever they stand', () => {
    expect(scrub('x hush-hush y hush-hush', ['hush-hush', ''])).toBe('x *** y ***');
  });
});

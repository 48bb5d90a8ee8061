import { createCaller } from '../../src/cloud/call';
import { scrub } from '../../src/cloud/scrub';
import { createSecrets, variableOf } from '../../src/cloud/secrets';
import { answering, type Answering, type Reply } from '../support/answering';
import { refusalOf } from '../support/failing';

const found = (data: string, more: object = {}) => ({
  body: JSON.stringify({
    RequestId: 'r',
    SecretData: data,
    SecretDataType: 'text',
    VersionId: 'v1',
    ...more,
  }),
});
const missing: Reply = {
  status: 404,
  body: '{"RequestId":"r","Code":"Forbidden.ResourceNotFound","Message":"Resource not found."}',
};

describe('the name of a secret', () => {
  it.each([
    ['pager', 'FAILOVER_SECRET_PAGER'],
    ['failover/pager-url', 'FAILOVER_SECRET_FAILOVER_PAGER_URL'],
    ['Team.X@1+2', 'FAILOVER_SECRET_TEAM_X_1_2'],
  ])('called %s may stand in the environment as %s', (name, variable) => {
    expect(variableOf(name)).toBe(variable);
  });
});

describe('a secret by reference', () => {
  let server: Answering;
  let now = 1_794_899_420_000;
  afterEach(() => server.close());

  async function opened(environment: Record<string, string>, ...replies: readonly Reply[]) {
    server = await answering(...replies);
    const call = createCaller({
      endpointOf: () => server.endpoint,
      credentials: () => Promise.resolve({ accessKeyId: 'LTAIkey', accessKeySecret: 's' }),
      now: () => now,
      timeoutMs: 5000,
    });
    return createSecrets({ call, variable: (name) => environment[name], known: new Map(), now: () => now });
  }
  const asked = () => server.heard.map(({ body }) => new URLSearchParams(body).get('SecretName'));

  it('is taken from the environment first, and nobody else is asked', async () => {
    const secret = await opened({ FAILOVER_SECRET_PAGER: 'from-the-environment' }, found('from-kms'));
    expect(await secret('secret:pager')).toBe('from-the-environment');
    expect(asked()).toEqual([]);
  });

  it('is fetched from KMS Secrets Manager, and kept for five minutes', async () => {
    const secret = await opened({}, found('first-value'), found('second-value'));
    expect([await secret('secret:pager'), await secret('secret:pager')]).toEqual([
      'first-value',
      'first-value',
    ]);
    now += 5 * 60_000;
    expect(await secret('secret:pager')).toBe('second-value');
    expect(asked()).toEqual(['pager', 'pager']);
  });

  it('that is nowhere is an error which names the reference', async () => {
    const secret = await opened({}, missing);
    const refused = await refusalOf(secret('secret:failover/pager-url'));
    expect(refused.message).toBe(
      'secret:failover/pager-url: there is no FAILOVER_SECRET_FAILOVER_PAGER_URL in the environment, and kms GetSecretValue: Forbidden.ResourceNotFound: Resource not found.',
    );
    expect(refused.detail.worthRepeating).toBe(false);
  });

  it('that is binary is an error without its value', async () => {
    const secret = await opened({}, found('aHVudGVyMg==', { SecretDataType: 'binary' }));
    const refused = await refusalOf(secret('secret:pager'));
    expect(refused.message).toBe('secret:pager: it is binary; expected text');
  });

  it('is scrubbed from then on, as it is, quoted, and encoded', async () => {
    const secret = await opened({}, found('p"w/1 wonderful'));
    await secret('secret:pager');
    expect(scrub('p"w/1 wonderful')).toBe('***');
    expect(scrub(JSON.stringify({ text: 'is p"w/1 wonderful' }))).toBe('{"text":"is ***"}');
    expect(scrub(`https://h/?t=${encodeURIComponent('p"w/1 wonderful')}`)).toBe('https://h/?t=***');
  });
});

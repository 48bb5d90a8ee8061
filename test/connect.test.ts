import { connect } from '../src/connect';
import type { FunctionContext } from '../src/connect';
import type { LogEntry } from '../src/engine/ports';
import type { Answering } from './support/answering';
import { answering } from './support/answering';

const environment = {
  FAILOVER_QUEUE: 'failover-runs',
  FAILOVER_BUCKET: 'failover-state',
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIofTheEnvironment',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret-of-the-environment',
};
const context = { requestId: 'r-1', accountId: '1690700000000030', region: 'cn-hangzhou' };

function local(more: Record<string, string | undefined> = {}): NonNullable<FunctionContext['local']> {
  return { now: () => 1794899420000, environment: { ...environment, ...more }, log: () => undefined };
}

describe('connect', () => {
  let server: Answering;
  beforeEach(async () => {
    server = await answering({ body: '{"RequestId":"r","Instances":{"Instance":[]},"NextToken":""}' });
  });
  afterEach(() => server.close());

  const keyUsed = async (given: FunctionContext) => {
    await connect(given).world.cloud.instances.get('i-1');
    const form = new URLSearchParams(server.heard[0]?.body);
    return [form.get('AccessKeyId'), form.get('SecurityToken')];
  };

  it('takes region and account from the invocation, and playbooks from the bucket', () => {
    const connection = connect({ ...context, local: local() });
    expect(connection).toMatchObject({
      region: 'cn-hangzhou',
      account: '1690700000000030',
    });
    expect(connection.playbooksFolder).toBeUndefined();
    expect(connection.world.now()).toBe(1794899420000);
  });

  it('knows how often the sweep comes where the deployment says so', () => {
    const often = (seconds: string) =>
      connect({ ...context, local: local({ FAILOVER_SWEEP_SECONDS: seconds }) });
    expect(often('600').sweepEveryMs).toBe(600_000);
    expect(connect({ ...context, local: local() }).sweepEveryMs).toBeUndefined();
    for (const wrong of ['90', '5m', '-60', '0']) {
      expect(() => often(wrong)).toThrow(
        `FAILOVER_SWEEP_SECONDS: found "${wrong}"; expected the seconds from one sweep to the next, a multiple of 60`,
      );
    }
  });

  it('lets the environment overrule the invocation about region, account and folder', () => {
    const more = { FAILOVER_REGION: 'ap-southeast-1', FAILOVER_ACCOUNT: '42', FAILOVER_PLAYBOOKS: 'mine' };
    expect(connect({ ...context, local: local(more) })).toMatchObject({
      region: 'ap-southeast-1',
      account: '42',
      playbooksFolder: 'mine',
    });
  });

  it("signs with the role's credentials when the invocation carries them", async () => {
    const credentials = {
      accessKeyId: 'STS.ofTheRole',
      accessKeySecret: 's',
      securityToken: 'token-of-role',
    };
    const used = await keyUsed({
      ...context,
      credentials,
      local: local({ FAILOVER_ENDPOINT: server.endpoint, ALIBABA_CLOUD_SECURITY_TOKEN: 'stale' }),
    });
    expect(used).toEqual(['STS.ofTheRole', 'token-of-role']);
  });

  it("signs with the environment's when the invocation's are empty", async () => {
    const credentials = { accessKeyId: '', accessKeySecret: '', securityToken: '' };
    const used = await keyUsed({
      ...context,
      credentials,
      local: local({ FAILOVER_ENDPOINT: server.endpoint }),
    });
    expect(used).toEqual(['LTAIofTheEnvironment', null]);
  });

  it('names every problem of the environment at once', () => {
    const nothing = { now: () => 0, environment: { FAILOVER_ENDPOINT: 'http://example.com' }, log: () => {} };
    expect(() => connect({ requestId: 'r-1', accountId: 'me', local: nothing })).toThrow(
      [
        'environment:',
        '  FAILOVER_QUEUE: found nothing; expected the name of the MNS queue that carries the runs',
        '  FAILOVER_BUCKET: found nothing; expected the name of the OSS bucket that keeps the journals',
        '  FAILOVER_REGION: found nothing; expected a region such as cn-hangzhou; the invocation names none',
        '  FAILOVER_ACCOUNT: found "me"; expected the id of the account in digits',
        '  FAILOVER_ENDPOINT: found "http://example.com"; expected an https:// address; http:// is for 127.0.0.1, localhost and [::1] only',
        '  ALIBABA_CLOUD_ACCESS_KEY_ID: found nothing; expected an access key; the invocation carries no credentials of a role',
        '  ALIBABA_CLOUD_ACCESS_KEY_SECRET: found nothing; expected an access key; the invocation carries no credentials of a role',
      ].join('\n'),
    );
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9', 'https://proxy.example.com'])(
    'accepts the endpoint %s',
    (FAILOVER_ENDPOINT) => {
      expect(() => connect({ ...context, local: local({ FAILOVER_ENDPOINT }) })).not.toThrow();
    },
  );

  it.each(['http://127.0.0.1.example.com', 'ftp://localhost', 'localhost:80', 'nonsense'])(
    'refuses the endpoint %s',
    (FAILOVER_ENDPOINT) => {
      expect(() => connect({ ...context, local: local({ FAILOVER_ENDPOINT }) })).toThrow('FAILOVER_ENDPOINT');
    },
  );

  it('hands entries to the local log as they are', () => {
    const entries: LogEntry[] = [];
    const { world } = connect({ ...context, local: { ...local(), log: (entry) => entries.push(entry) } });
    world.log({ at: 1, kind: 'run', text: 'drained' });
    expect(entries).toEqual([{ at: 1, kind: 'run', text: 'drained' }]);
  });
});

describe('the log of a deployed function', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = before;
    jest.restoreAllMocks();
  });

  it('is one JSON line an entry, without secrets', () => {
    process.env = { ...before, ...environment };
    const lines: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    const credentials = { accessKeyId: 'STS.abcdefgh', accessKeySecret: 'hush', securityToken: 'CAIS/x+y=' };
    const { world } = connect({ ...context, credentials });
    world.log({
      at: 1,
      kind: 'run',
      text: 'key STS.abcdefgh, hush and CAIS/x+y=',
      data: { signature: 'zzz' },
    });
    expect(lines).toEqual([
      '{"at":1,"kind":"run","text":"key ***, *** and ***","data":{"signature":"***"}}\n',
    ]);
  });
});

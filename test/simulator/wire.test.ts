import OSS from 'ali-oss';
import RPC from '@alicloud/pop-core/lib/rpc.js';
import { mnsClient, nameOf } from '../support/mns';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ queues: [{ name: 'runs' }] });
});
afterEach(() => sim.close());

interface SessionKeys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}
const issue = async (seconds: number) =>
  (await sim.knock('POST', '/credentials', { seconds })) as unknown as SessionKeys;

const openApi = (keys: object) => {
  const client = new RPC({ endpoint: sim.endpoint, apiVersion: '2014-05-26', ...(keys as SessionKeys) });
  return sim.codeOf(client.request('DescribeInstances', { RegionId: 'cn-hangzhou' }, { method: 'POST' }));
};
const mns = (keys: object) =>
  nameOf(mnsClient(sim, { securityToken: undefined, ...keys }).getQueueAttributes('runs'));
const oss = ({ securityToken, ...keys }: Partial<SessionKeys>) => {
  const options = { endpoint: sim.endpoint, bucket: sim.bucket, stsToken: securityToken, sldEnable: true };
  const client = new OSS({ ...options, ...(keys as SessionKeys), refreshSTSTokenInterval: 300_000 });
  return sim.codeOf(client.listV2({}, {}));
};

describe('the keys of a role’s session', () => {
  it('are good with their token until their time is over', async () => {
    const keys = await issue(900);
    expect(keys.accessKeyId).toMatch(/^STS\./);
    expect([await openApi(keys), await mns(keys), await oss(keys)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await sim.advance(900_000);
    expect([await openApi(keys), await mns(keys), await oss(keys)]).toEqual([
      'InvalidSecurityToken.Expired',
      'MNSInvalidAccessKeyIdError',
      'SecurityTokenExpired',
    ]);
    const fresh = await issue(900);
    expect([await openApi(fresh), await mns(fresh), await oss(fresh)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are nothing without it, or with another one', async () => {
    const { securityToken, ...bare } = await issue(900);
    expect(await openApi(bare)).toBe('MissingSecurityToken');
    expect([await mns(bare), await oss(bare)]).toEqual(['MNSAccessDeniedError', 'InvalidSecurityToken']);
    const wrong = { ...bare, securityToken: `${securityToken}x` };
    expect(await openApi(wrong)).toBe('InvalidSecurityToken.MismatchWithAccessKey');
    expect([await mns(wrong), await oss(wrong)]).toEqual(['MNSAccessDeniedError', 'InvalidSecurityToken']);
  });
});

describe('a fault of the wire', () => {
  const fault = (name: string, more: object = {}) => sim.knock('POST', '/faults', { name, ...more });
  const send = () => mnsClient(sim).sendMessage('runs', { MessageBody: 'YQ==' });
  const waiting = async () => {
    const { queues } = (await sim.knock('GET', '/state')) as unknown as { queues: { visible: number }[] };
    return queues[0]?.visible;
  };

  it('resets a kept connection only when it was used before', async () => {
    await fault('stale-keep-alive-before', { product: 'mns' });
    expect((await send()).code).toBe(201);
    await expect(send()).rejects.toThrow('ECONNRESET');
    expect(await waiting()).toBe(1);
    expect((await send()).code).toBe(201);
    await fault('stale-keep-alive-after', { product: 'mns' });
    await expect(send()).rejects.toThrow('ECONNRESET');
    expect(await waiting()).toBe(3);
  });

  it('carries a request out twice, unless its signature has a nonce', async () => {
    await fault('duplicate', { times: 2 });
    expect((await send()).code).toBe(201);
    expect(await waiting()).toBe(2);
    expect(await sim.codeOf(sim.call('ecs', 'DescribeInstances'))).toBe('SignatureNonceUsed');
  });

  it('holds an answer back', async () => {
    await fault('delay', { product: 'mns', options: { ms: 300 } });
    const impatient = mnsClient(sim, { readTimeout: 50, connectTimeout: 50 });
    expect(await nameOf(impatient.sendMessage('runs', { MessageBody: 'YQ==' }))).toBe('RequestTimeoutError');
    expect(await waiting()).toBe(1);
    expect((await send()).code).toBe(201);
  });
});

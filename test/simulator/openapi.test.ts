import { createHash, createHmac } from 'node:crypto';
import RPC from '@alicloud/pop-core/lib/rpc.js';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';
import { smallFleet, web1 } from '../support/fleet';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ ...smallFleet, throttle: { DescribeInstances: 2 } });
});
afterEach(() => sim.close());

function client(changes: { accessKeyId?: string; accessKeySecret?: string; apiVersion?: string } = {}): RPC {
  const { endpoint, accessKeyId, accessKeySecret } = sim;
  return new RPC({ endpoint, accessKeyId, accessKeySecret, apiVersion: '2014-05-26', ...changes });
}

describe('the classic signature', () => {
  it('is accepted in the query of a GET and in the form of a POST', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await client().request<{ TotalCount: number }>(
        'DescribeInstanceStatus',
        { RegionId: 'cn-hangzhou' },
        { method },
      );
      expect(answer.TotalCount).toBe(3);
    }
  });

  it('covers special characters in values', async () => {
    const tag = { Key: "it's", Value: 'a b+c*(d)~/é!' };
    await sim.call('ecs', 'TagResources', { ResourceType: 'instance', ResourceId: [web1], Tag: [tag] });
    const answer = await sim.call('ecs', 'ListTagResources', { ResourceType: 'instance', Tag: [tag] });
    expect(JSON.stringify(answer)).toContain('a b+c*(d)~/é!');
  });

  it('is refused with a wrong secret, an unknown key and an unknown version', async () => {
    const region = { RegionId: 'cn-hangzhou' };
    const ask = (rpc: RPC) => sim.codeOf(rpc.request('DescribeInstances', region, { method: 'POST' }));
    expect(await ask(client({ accessKeySecret: 'wrong' }))).toBe('SignatureDoesNotMatch');
    expect(await ask(client({ accessKeyId: 'LTAI5tStranger' }))).toBe('InvalidAccessKeyId.NotFound');
    expect(await ask(client({ apiVersion: '1999-01-01' }))).toBe('InvalidVersion');
  });

  it('does not get an unknown action through', async () => {
    const refused = client().request('DescribeWeather', {}, { method: 'POST' });
    await expect(refused).rejects.toMatchObject({
      code: 'InvalidAction.NotFound',
      data: {
        HostId: expect.stringContaining('127.0.0.1') as string,
        RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as string,
      },
    });
  });
});

describe('the ACS3 signature', () => {
  it('is accepted in the headers, with parameters in the query or in a form', async () => {
    expect(await acs3({}, 'RegionId=cn-hangzhou')).toMatchObject({ status: 200, TotalCount: 3 });
    expect(await acs3({}, '', 'RegionId=cn-hangzhou')).toMatchObject({ status: 200, TotalCount: 3 });
  });

  it('is refused when the body is another one, when it is old, and when its nonce comes again', async () => {
    expect(await acs3({ 'x-acs-content-sha256': 'a'.repeat(64) })).toMatchObject({
      Code: 'SignatureDoesNotMatch',
    });
    expect(await acs3({ 'x-acs-date': '2020-01-01T00:00:00Z' })).toMatchObject({
      Code: 'InvalidTimeStamp.Expired',
    });
    expect(await acs3({ 'x-acs-date': 'yesterday' })).toMatchObject({ Code: 'IllegalTimestamp' });
    const nonce = { 'x-acs-signature-nonce': 'once' };
    expect(await acs3(nonce, 'RegionId=cn-hangzhou')).toMatchObject({ status: 200 });
    expect(await acs3(nonce, 'RegionId=cn-hangzhou')).toMatchObject({
      status: 400,
      Code: 'SignatureNonceUsed',
    });
  });

  it('is missed when there is none', async () => {
    const response = await fetch(`${sim.endpoint}/?Action=DescribeInstances&Version=2014-05-26`);
    expect([response.status, await response.json()]).toMatchObject([400, { Code: 'IncompleteSignature' }]);
  });
});

describe('an API that is called too often', () => {
  const ask = () => sim.codeOf(sim.call('ecs', 'DescribeInstances'));

  it('refuses until the next minute of the cloud, and other APIs go on', async () => {
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
      undefined,
      undefined,
      'Throttling.User',
      'Throttling.User',
    ]);
    expect(await sim.codeOf(sim.call('ecs', 'DescribeInstanceStatus'))).toBeUndefined();
    await sim.advance(59_000);
    expect(await ask()).toBe('Throttling.User');
    await sim.advance(1_000);
    expect(await ask()).toBeUndefined();
  });
});

/** A small signer of our own: another reading of the signature than the simulator's. */
async function acs3(
  changes: Record<string, string>,
  query = '',
  body = '',
): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = {
    host: new URL(sim.endpoint).host,
    'x-acs-action': 'DescribeInstanceStatus',
    'x-acs-version': '2014-05-26',
    'x-acs-date': new Date().toISOString().slice(0, 19) + 'Z',
    'x-acs-signature-nonce': createHash('md5').update(String(Math.random())).digest('hex'),
    'x-acs-content-sha256': createHash('sha256').update(body).digest('hex'),
    ...(body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...changes,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    '/',
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-acs-content-sha256'],
  ].join('\n');
  const toSign = 'ACS3-HMAC-SHA256\n' + createHash('sha256').update(canonical).digest('hex');
  const signature = createHmac('sha256', sim.accessKeySecret).update(toSign).digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${sim.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  // fetch sets the same host itself and does not let others do so.
  const sent = Object.entries(headers).filter(([name]) => name !== 'host');
  const url = `${sim.endpoint}/${query === '' ? '' : `?${query}`}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: [...sent, ['authorization', authorization]],
    body,
  });
  return { status: response.status, ...((await response.json()) as object) };
}

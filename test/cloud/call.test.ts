import * as z from 'zod';
import { createCaller } from '../../src/cloud/call';
import type { Caller } from '../../src/cloud/call';
import type { Answering, Reply } from '../support/answering';
import { answering } from '../support/answering';
import { refusalOf } from '../support/failing';

const Answer = z.object({ RequestId: z.string() });
const good: Reply = { body: '{"RequestId":"r-1"}' };
// 2026-11-17T07:10:20Z
const now = 1794899420000;

let server: Answering;
afterEach(() => server.close());

async function callerOf(...replies: readonly Reply[]): Promise<Caller> {
  server = await answering(...replies);
  return createCaller({
    endpointOf: () => server.endpoint,
    credentials: () =>
      Promise.resolve({ accessKeyId: 'LTAIexample01', accessKeySecret: 'secret-of-example' }),
    now: () => now,
    timeoutMs: 200,
  });
}

function refused(code: string, status = 400, headers = {}): Reply {
  const body = JSON.stringify({ RequestId: 'r-2', HostId: 'h', Code: code, Message: 'It says why.' });
  return { status, headers, body };
}

describe('the OpenAPI caller', () => {
  it('posts a signed form to the root, with the version of the product', async () => {
    const call = await callerOf(good);
    await expect(
      call.read('slb', 'DescribeVServerGroups', { RegionId: 'cn-hangzhou' }, Answer),
    ).resolves.toEqual({
      RequestId: 'r-1',
    });
    const [request] = server.heard;
    const form = new URLSearchParams(request?.body);
    expect([request?.method, request?.url]).toEqual(['POST', '/']);
    expect(form.get('Action')).toBe('DescribeVServerGroups');
    expect(form.get('Version')).toBe('2014-05-15');
    expect(form.get('RegionId')).toBe('cn-hangzhou');
    expect(form.get('Signature')).toMatch(/^[\w+/]{27}=$/);
  });

  it('numbers lists and leaves out what is undefined or null', async () => {
    const call = await callerOf(good);
    const params = { InstanceId: ['i-1', 'i-2'], Tag: [{ Key: 'app', Value: 'web' }], A: undefined, B: null };
    await call.read('ecs', 'DescribeInstances', params, Answer);
    const form = new URLSearchParams(server.heard[0]?.body);
    expect(form.get('InstanceId.2')).toBe('i-2');
    expect(form.get('Tag.1.Key')).toBe('app');
    expect([form.has('A'), form.has('B')]).toEqual([false, false]);
  });

  it('tells a refusal in the words of the cloud', async () => {
    const call = await callerOf(refused('Forbidden.RAM', 403));
    const error = await refusalOf(call.write('ecs', 'RebootInstance', {}, Answer));
    expect(error.message).toBe('ecs RebootInstance: Forbidden.RAM: It says why.');
    expect(error.detail).toEqual({
      worthRepeating: false,
      mayHaveWorked: false,
      product: 'ecs',
      action: 'RebootInstance',
      requestId: 'r-2',
    });
  });

  it.each(['Throttling', 'Throttling.User', 'Throttling.Api', 'ServiceThrottling.x'])(
    'waits for the next minute after %s',
    async (code) => {
      const call = await callerOf(refused(code));
      const error = await refusalOf(call.read('ecs', 'DescribeInstances', {}, Answer));
      expect(error.detail).toMatchObject({
        worthRepeating: true,
        mayHaveWorked: false,
        retryAt: 1794899460000,
      });
      expect(server.heard).toHaveLength(1);
    },
  );

  it('takes the hint of a throttled answer before the rule of the minute', async () => {
    const call = await callerOf(refused('Throttling.User', 429, { 'x-acs-retry-after': '2500' }));
    const error = await refusalOf(call.read('ecs', 'DescribeInstances', {}, Answer));
    expect(error.detail.retryAt).toBe(1794899422500);
  });

  it.each([
    'BackendServer.configuring',
    'VServerGroupProcessing',
    'ServiceIsConfiguring',
    'SystemBusy',
    'OperationBusy',
    'IncorrectInstanceStatus',
    'InvalidSecurityToken.Expired',
  ])('calls %s worth repeating, and sure not to have worked', async (code) => {
    const call = await callerOf(refused(code, 409));
    const error = await refusalOf(call.write('slb', 'SetBackendServers', {}, Answer));
    expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: false });
    expect(server.heard).toHaveLength(1);
  });

  it.each<[string, Reply, string]>([
    ['an HTML page', { status: 503, body: '<html>busy</html>' }, 'UnexpectedAnswer'],
    ['half an answer', { body: '{"RequestId":"r-' }, 'UnexpectedAnswer'],
    ['an answer of another shape', { status: 500, body: '{"Oops":1}' }, 'UnexpectedAnswer'],
    ['a lost connection', 'hang up', 'ConnectionLost'],
    ['no answer at all', 'silence', 'Timeout'],
    ['a breakdown', refused('InternalError', 500), 'InternalError'],
    ['an outage', refused('ServiceUnavailable', 503), 'ServiceUnavailable'],
    ['a nonce already used', refused('SignatureNonceUsed'), 'SignatureNonceUsed'],
  ])('sends a write once, and says that it may have worked after %s', async (_, reply, code) => {
    const call = await callerOf(reply);
    const error = await refusalOf(call.write('ecs', 'RebootInstance', {}, Answer));
    expect(error.code).toBe(code);
    expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: true });
    expect(server.heard).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['an HTML page', { status: 503, body: '<html>busy</html>' }],
    ['half an answer', { body: '{"Requ' }],
    ['a lost connection', 'hang up'],
    ['a breakdown', refused('InternalError', 500)],
    ['a nonce already used', refused('SignatureNonceUsed')],
  ])('asks a read again, at once and at most twice, after %s', async (_, reply) => {
    const patient = await callerOf(reply, reply, good);
    await expect(patient.read('ecs', 'DescribeInstances', {}, Answer)).resolves.toEqual({ RequestId: 'r-1' });
    await server.close();
    const vain = await callerOf(reply);
    const error = await refusalOf(vain.read('ecs', 'DescribeInstances', {}, Answer));
    expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: false });
    expect(server.heard).toHaveLength(3);
  });

  it('knows that a write to a closed door did not work', async () => {
    const call = await callerOf(good);
    await server.close();
    const error = await refusalOf(call.write('ecs', 'RebootInstance', {}, Answer));
    expect(error.message).toBe(
      'ecs RebootInstance: ConnectionLost: no connection could be made (ECONNREFUSED)',
    );
    expect(error.detail.mayHaveWorked).toBe(false);
  });

  it('keeps keys and signatures out of messages', async () => {
    const text = 'bad AccessKeyId=LTAIexample01&Signature=abc%3D for SecurityToken=CAIStoken';
    const call = await callerOf({ status: 400, body: JSON.stringify({ Code: 'Odd', Message: text }) });
    const error = await refusalOf(call.read('ecs', 'DescribeInstances', {}, Answer));
    expect(error.message).toBe(
      'ecs DescribeInstances: Odd: bad AccessKeyId=***&Signature=*** for SecurityToken=***',
    );
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/LTAI|CAIS|abc/);
  });

  it('stops itself before the 91st weight write of a minute', async () => {
    const call = await callerOf(good);
    for (let n = 0; n < 90; n++) await call.write('slb', 'SetBackendServers', {}, Answer);
    const error = await refusalOf(call.write('slb', 'SetBackendServers', {}, Answer));
    expect(error.code).toBe('Paced');
    expect(error.detail).toMatchObject({
      worthRepeating: true,
      mayHaveWorked: false,
      retryAt: 1794899460000,
    });
    expect(server.heard).toHaveLength(90);
    await call.write('slb', 'SetVServerGroupAttribute', {}, Answer);
  });
});

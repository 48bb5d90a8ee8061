import { fc2Client, fcTrust, zipOf, type Fc2Client } from '../support/fc';
import { startSimulator, type Simulator } from '../support/simulator';

const role = 'acs:ram::1690700000000030:role/failover-functions';
let sim: Simulator;
let fc: Fc2Client;

beforeEach(async () => {
  sim = await startSimulator({ roles: [{ name: 'failover-functions', trust: fcTrust }] });
  fc = fc2Client(sim);
});
afterEach(() => sim.close());

const codeOf = (promise: Promise<unknown>) => sim.codeOf(promise);

async function deploy(code: string, more: object = {}): Promise<void> {
  await fc.createService('failover', { role });
  await fc.createFunction('failover', {
    functionName: 'poll',
    handler: 'index.handler',
    runtime: 'nodejs16',
    code: { zipFile: zipOf(code) },
    ...more,
  });
}

describe('the management of FC 2.0', () => {
  it('makes, lists, changes and removes services and functions', async () => {
    await deploy('exports.handler = async () => 1;', { timeout: 60 });
    expect((await fc.getService('failover')).data).toMatchObject({ serviceName: 'failover', role });
    expect((await fc.listServices({ prefix: 'fail' })).data).toMatchObject({
      services: [{ serviceName: 'failover' }],
    });
    await fc.updateFunction('failover', 'poll', { memorySize: 256 });
    expect((await fc.getFunction('failover', 'poll')).data).toMatchObject({
      functionName: 'poll',
      timeout: 60,
      memorySize: 256,
      createdTime: '2026-11-17T07:10:00Z',
    });
    expect((await fc.listFunctions('failover')).data).toMatchObject({
      functions: [{ functionName: 'poll' }],
    });
    expect(await codeOf(fc.deleteService('failover'))).toBe('ServiceNotEmpty');
    await fc.deleteFunction('failover', 'poll');
    await fc.deleteService('failover');
    expect(await codeOf(fc.getService('failover'))).toBe('ServiceNotFound');
  });

  it('keeps triggers with their configuration as an object', async () => {
    await deploy('exports.handler = async () => 1;');
    const triggerConfig = { cronExpression: '@every 5m', enable: true, payload: 'sweep' };
    await fc.createTrigger('failover', 'poll', { triggerName: 'sweep', triggerType: 'timer', triggerConfig });
    expect((await fc.getTrigger('failover', 'poll', 'sweep')).data).toMatchObject({ triggerConfig });
    await fc.updateTrigger('failover', 'poll', 'sweep', {
      triggerConfig: { ...triggerConfig, enable: false },
    });
    expect((await fc.listTriggers('failover', 'poll')).data).toMatchObject({
      triggers: [{ triggerName: 'sweep', triggerConfig: { enable: false } }],
    });
    const strange = { triggerName: 'bus', triggerType: 'eventbridge', triggerConfig: {} };
    expect(await codeOf(fc.createTrigger('failover', 'poll', strange))).toBe('InvalidArgument');
    await fc.deleteTrigger('failover', 'poll', 'sweep');
    expect(await codeOf(fc.getTrigger('failover', 'poll', 'sweep'))).toBe('TriggerNotFound');
  });

  it('keeps how asynchronous invocations are treated', async () => {
    await deploy('exports.handler = async () => 1;');
    expect(await codeOf(fc.getFunctionAsyncConfig('failover', 'poll'))).toBe('AsyncConfigNotExists');
    await fc.putFunctionAsyncConfig('failover', 'poll', 'LATEST', {
      maxAsyncRetryAttempts: 1,
      statefulInvocation: true,
    });
    expect((await fc.getFunctionAsyncConfig('failover', 'poll', 'LATEST')).data).toMatchObject({
      maxAsyncRetryAttempts: 1,
      statefulInvocation: true,
    });
    await fc.deleteFunctionAsyncConfig('failover', 'poll', 'LATEST');
    expect(await codeOf(fc.getFunctionAsyncConfig('failover', 'poll'))).toBe('AsyncConfigNotExists');
  });

  it('answers the account, and whether a package is the one that was uploaded', async () => {
    await deploy('exports.handler = async () => 1;');
    expect((await fc.getAccountSettings()).data).toMatchObject({ defaultRole: '' });
    const { checksum } = (await fc.getFunctionCode('failover', 'poll')).data as { checksum: string };
    expect(checksum).toMatch(/^\d+$/);
  });

  it('refuses a wrong secret, an unknown key and a token that is over', async () => {
    expect(await codeOf(fc2Client(sim, { accessKeySecret: 'wrong' }).listServices())).toBe(
      'SignatureNotMatch',
    );
    expect(await codeOf(fc2Client(sim, { accessKeyID: 'LTAIstranger' }).listServices())).toBe(
      'InvalidAccessKeyID',
    );
    const keys = await sim.knock('POST', '/credentials', { seconds: 60 });
    const ofRole = fc2Client(sim, {
      accessKeyID: keys.accessKeyId,
      accessKeySecret: keys.accessKeySecret,
      securityToken: keys.securityToken,
    });
    expect((await ofRole.listServices()).data).toEqual({ services: [] });
    await sim.advance(60_000);
    expect(await codeOf(ofRole.listServices())).toBe('AccessDenied');
  });

  it('is closed to an account that is not offered it', async () => {
    await sim.knock('PUT', '/switches', { fcOffersGeneration2: false });
    expect(await codeOf(fc.createService('failover'))).toBe('AccessDenied');
  });
});

describe('an invocation of FC 2.0', () => {
  it('hands over the event, the context and the environment, and answers with what comes back', async () => {
    await deploy(
      `exports.handler = async (event, context) => ({
        event: JSON.parse(event.toString()), name: context.function.name, service: context.service.name,
        account: context.accountId, region: context.region, key: context.credentials.accessKeyId,
        now: context.local.now(), environment: Object.keys(process.env).sort(), queue: process.env.QUEUE });`,
      { environmentVariables: { QUEUE: 'failover-runs' } },
    );
    const { data, headers } = await fc.invokeFunction('failover', 'poll', '{"a":1}');
    expect(headers['x-fc-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    const given = JSON.parse(String(data)) as Record<string, unknown>;
    expect(given).toMatchObject({
      event: { a: 1 },
      name: 'poll',
      service: 'failover',
      account: '1690700000000030',
      region: 'cn-hangzhou',
      key: expect.stringMatching(/^STS\./) as string,
      queue: 'failover-runs',
    });
    expect(Number(given['now'])).toBeGreaterThanOrEqual(Date.parse('2026-11-17T07:10:00Z'));
    expect(Number(given['now'])).toBeLessThan(Date.parse('2026-11-17T07:11:00Z'));
    expect(given['environment']).toEqual([
      'ALIBABA_CLOUD_ACCESS_KEY_ID',
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      'ALIBABA_CLOUD_SECURITY_TOKEN',
      'FC_ACCOUNT_ID',
      'FC_FUNCTION_HANDLER',
      'FC_FUNCTION_MEMORY_SIZE',
      'FC_FUNCTION_NAME',
      'FC_FUNC_CODE_PATH',
      'FC_INSTANCE_ID',
      'FC_QUALIFIER',
      'FC_REGION',
      'FC_SERVICE_NAME',
      'FC_VER_ID',
      'PATH',
      'QUEUE',
      'TZ',
    ]);
  });

  it('does not run with a role that Function Compute may not assume', async () => {
    await deploy('exports.handler = async () => 1;');
    await fc.updateService('failover', { role: 'acs:ram::1690700000000030:role/stranger' });
    expect(await codeOf(fc.invokeFunction('failover', 'poll', ''))).toBe('AccessDenied');
  });

  it('stays warm from one to the next, and begins anew with other code', async () => {
    const counting = (step: number) => `let n = 0; exports.handler = async () => (n += ${step});`;
    await deploy(counting(1));
    const ask = async () => String((await fc.invokeFunction('failover', 'poll', '')).data);
    expect([await ask(), await ask()]).toEqual(['1', '2']);
    await fc.updateFunction('failover', 'poll', { code: { zipFile: zipOf(counting(10)) } });
    expect([await ask(), await ask()]).toEqual(['10', '20']);
  });

  it('takes a function that answers by callback', async () => {
    await deploy('exports.handler = (event, context, callback) => callback(null, "called back");');
    expect((await fc.invokeFunction('failover', 'poll', '')).data).toBe('called back');
  });

  it('is accepted asynchronously, runs in a turn, and its task id is taken once', async () => {
    await deploy('exports.handler = async (event) => event;');
    await fc.putFunctionAsyncConfig('failover', 'poll', 'LATEST', { statefulInvocation: true });
    const ask = () =>
      fc.invokeFunction('failover', 'poll', 'go', {
        'x-fc-invocation-type': 'Async',
        'x-fc-stateful-async-invocation-id': 'run-1',
      });
    expect((await ask()).data).toBe('');
    expect(await codeOf(ask())).toBe('StatefulAsyncInvocationAlreadyExists');
    const { ran } = await sim.knock('POST', '/functions/turn');
    expect(ran).toMatchObject([{ function: 'failover/poll', by: 'call', event: 'go', result: 'go' }]);
    expect(await sim.knock('POST', '/functions/turn')).toEqual({ ran: [] });
  });
});

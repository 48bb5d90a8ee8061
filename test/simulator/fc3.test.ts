import { fc3, functionOfThree, zipOf } from '../support/fc';
import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ bucket: 'code', queues: [{ name: 'failover-runs-dead' }] });
});
afterEach(() => sim.close());

const ask = (method: string, path: string, body?: Record<string, unknown> | string, headers = {}) =>
  fc3(sim, method, path, body, headers);
const deploy = (code: string, more: object = {}) =>
  ask('POST', '/functions', functionOfThree('poll', code, more));
const invoke = (event = '', headers = {}) => ask('POST', '/functions/poll/invocations', event, headers);
const turn = async () => (await sim.knock('POST', '/functions/turn'))['ran'] as Record<string, unknown>[];

describe('the management of FC 3.0', () => {
  it('makes, lists, changes and removes functions', async () => {
    const made = await deploy('exports.handler = async () => 1;', { timeout: 60, role: 'acs:ram::1:role/x' });
    expect(made.body).toMatchObject({
      functionName: 'poll',
      functionArn: 'acs:fc:cn-hangzhou:1690700000000030:functions/poll',
      timeout: 60,
      codeSize: expect.any(Number) as number,
    });
    await ask('PUT', '/functions/poll', { memorySize: 512, cpu: 0.35 });
    expect((await ask('GET', '/functions/poll')).body).toMatchObject({
      timeout: 60,
      memorySize: 512,
      cpu: 0.35,
    });
    expect((await ask('GET', '/functions?prefix=po')).body).toMatchObject({
      functions: [{ functionName: 'poll' }],
    });
    expect((await ask('DELETE', '/functions/poll')).status).toBe(204);
    const gone = await ask('GET', '/functions/poll');
    expect(gone.status).toBe(404);
    expect(gone.body).toEqual({
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      Code: 'FunctionNotFound',
      Message: "function 'poll' does not exist",
    });
  });

  it('pages its lists', async () => {
    for (const name of ['a', 'b', 'c']) await ask('POST', '/functions', functionOfThree(name, '1'));
    const first = await ask('GET', '/functions?limit=2');
    expect(first.body).toMatchObject({
      functions: [{ functionName: 'a' }, { functionName: 'b' }],
      nextToken: 'c',
    });
    const second = await ask('GET', '/functions?limit=2&nextToken=c');
    expect(second.body).toMatchObject({ functions: [{ functionName: 'c' }] });
    expect(second.body).not.toHaveProperty('nextToken');
  });

  it('keeps triggers with their configuration as text', async () => {
    await deploy('exports.handler = async () => 1;');
    const triggerConfig = '{"cronExpression":"@every 1m","enable":true}';
    await ask('POST', '/functions/poll/triggers', {
      triggerName: 'tick',
      triggerType: 'timer',
      triggerConfig,
    });
    expect((await ask('GET', '/functions/poll/triggers/tick')).body).toMatchObject({
      triggerConfig: '{"cronExpression":"@every 1m","enable":true,"payload":""}',
      targetArn: 'acs:fc:cn-hangzhou:1690700000000030:functions/poll',
    });
    const wrong = { triggerName: 'x', triggerType: 'timer', triggerConfig: '{"cronExpression":"often"}' };
    expect((await ask('POST', '/functions/poll/triggers', wrong)).body).toMatchObject({
      Code: 'InvalidArgument',
    });
    expect((await ask('DELETE', '/functions/poll')).body).toMatchObject({ Code: 'FunctionNotEmpty' });
    expect((await ask('DELETE', '/functions/poll/triggers/tick')).status).toBe(204);
  });

  it('refuses a wrong secret and an unknown path', async () => {
    expect((await ask('GET', '/functions', undefined, { accessKeySecret: 'wrong' })).body).toMatchObject({
      Code: 'SignatureDoesNotMatch',
    });
    expect((await ask('GET', '/weather')).body).toMatchObject({ Code: 'PathNotSupported' });
  });
});

describe('an invocation of FC 3.0', () => {
  it('answers a function that failed with 200, its error and what it wrote', async () => {
    await deploy('exports.handler = async () => { console.log("before"); throw new TypeError("no"); };');
    const answer = await invoke('', { 'x-fc-log-type': 'Tail' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-fc-error-type')).toBe('HandledInvocationError');
    expect(JSON.parse(answer.text)).toMatchObject({ errorMessage: 'no', errorType: 'TypeError' });
    const log = Buffer.from(answer.headers.get('x-fc-log-result') ?? '', 'base64').toString('utf8');
    expect(log).toMatch(/^\S+ [0-9a-f-]{36} \[info\] before$/);
  });

  it('tells a crash, and begins again afterwards', async () => {
    await deploy(
      'exports.handler = async (event) => { if (String(event) === "crash") process.exit(1); return "well"; };',
    );
    const crashed = await invoke('crash');
    expect(crashed.headers.get('x-fc-error-type')).toBe('UnhandledInvocationError');
    expect(JSON.parse(crashed.text)).toEqual({
      errorMessage: 'Process exited unexpectedly before completing request',
    });
    expect((await invoke('once more')).text).toBe('well');
  });

  it('kills a function at its timeout', async () => {
    await deploy('exports.handler = () => new Promise(() => {});', { timeout: 1 });
    const answer = await invoke();
    expect(answer.headers.get('x-fc-error-type')).toBe('UnhandledInvocationError');
    expect(JSON.parse(answer.text)).toEqual({ errorMessage: 'Function timed out after 1 seconds' });
  });

  it('tells what is missing: the file, or what it exports', async () => {
    await deploy('exports.other = 1;');
    expect((await invoke()).text).toContain("Handler 'handler' is missing on module 'index'");
    await ask('PUT', '/functions/poll', { handler: 'src/main.handler' });
    expect((await invoke()).text).toContain("Module 'src/main' is missing.");
  });

  it('runs code in folders, and ES modules', async () => {
    const zipFile = zipOf('', { 'dist/main.mjs': 'export const handler = async () => "esm";' });
    await deploy('', { handler: 'dist/main.handler', code: { zipFile } });
    expect((await invoke()).text).toBe('esm');
  });

  it('runs two at a time in two instances, and refuses beyond what is reserved', async () => {
    await deploy('const own = Math.random(); exports.handler = async () => own;');
    const both = await Promise.all([invoke(), invoke()]);
    expect(new Set(both.map(({ text }) => text)).size).toBe(2);
    await ask('PUT', '/functions/poll/concurrency', { reservedConcurrency: 0 });
    const refused = await invoke();
    expect([refused.status, refused.body['Code']]).toEqual([429, 'ResourceExhausted']);
    await ask('DELETE', '/functions/poll/concurrency');
    expect((await invoke()).status).toBe(200);
  });

  it('holds payloads to 128 KB when nobody waits', async () => {
    await deploy('exports.handler = async (event) => String(event.length);');
    expect((await invoke('x'.repeat(200_000))).text).toBe('200000');
    const refused = await invoke('x'.repeat(131_073), { 'x-fc-invocation-type': 'Async' });
    expect(refused.body).toMatchObject({ Code: 'EntityTooLarge' });
  });
});

describe('an asynchronous invocation of FC 3.0', () => {
  const asynchronous = (id?: string) =>
    invoke('{"a":1}', {
      'x-fc-invocation-type': 'Async',
      ...(id !== undefined && { 'x-fc-async-task-id': id }),
    });

  it('is tried again as often as it is configured, and then told to the queue of failures', async () => {
    await deploy('let n = 0; exports.handler = async () => { n += 1; throw new Error("attempt " + n); };');
    await ask('PUT', '/functions/poll/async-invoke-config', {
      asyncTask: true,
      maxAsyncRetryAttempts: 1,
      destinationConfig: {
        onFailure: {
          destination: 'acs:mns:cn-hangzhou:1690700000000030:/queues/failover-runs-dead/messages',
        },
      },
    });
    expect((await asynchronous('run-1')).status).toBe(202);
    expect((await asynchronous('run-1')).status).toBe(409);
    expect(await turn()).toMatchObject([{ error: 'HandledInvocationError' }]);
    expect((await ask('GET', '/functions/poll/async-tasks/run-1')).body).toMatchObject({
      status: 'Retrying',
    });
    const { at } = await sim.knock('GET', '/next');
    await sim.knock('PUT', '/clock', { now: at });
    expect(await turn()).toMatchObject([{ error: 'HandledInvocationError' }]);
    expect((await ask('GET', '/functions/poll/async-tasks/run-1')).body).toMatchObject({
      status: 'Failed',
      alreadyRetriedTimes: 1,
    });
    const { queues } = await sim.knock('GET', '/state');
    expect(queues).toEqual([{ name: 'failover-runs-dead', visible: 1, leased: 0, delayed: 0 }]);
  });

  it('that got too old is not tried any more', async () => {
    await deploy('exports.handler = async () => "late";');
    await ask('PUT', '/functions/poll/async-invoke-config', { maxAsyncEventAgeInSeconds: 60 });
    await asynchronous();
    await sim.advance(61_000);
    expect(await turn()).toEqual([]);
    expect((await ask('GET', '/functions/poll/async-tasks')).body).toMatchObject({
      tasks: [{ status: 'Expired' }],
    });
  });

  it('is run once more when a fault says so, also where its instance was killed after its work', async () => {
    await deploy('exports.handler = async () => "done";');
    await sim.knock('POST', '/faults', { name: 'task-repeated', target: 'poll' });
    await asynchronous();
    expect(await turn()).toMatchObject([{ result: 'done' }, { result: 'done' }]);
    await sim.knock('POST', '/faults', { name: 'instance-killed', target: 'poll' });
    await asynchronous();
    expect(await turn()).toMatchObject([{ error: 'UnhandledInvocationError' }]);
    await sim.advance(1000);
    expect(await turn()).toMatchObject([{ result: 'done' }]);
  });

  it('can be stopped before it begins', async () => {
    await deploy('exports.handler = async () => "stopped?";');
    await ask('PUT', '/functions/poll/async-invoke-config', { asyncTask: true });
    await asynchronous('run-1');
    expect((await ask('PUT', '/functions/poll/async-tasks/run-1/stop')).status).toBe(204);
    expect(await turn()).toEqual([]);
    expect((await ask('PUT', '/functions/poll/async-tasks/run-1/stop')).status).toBe(412);
  });
});

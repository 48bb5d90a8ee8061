import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Keys } from '../../src/cloud/keys';
import { createSuccessor } from '../../src/cloud/deployment/successor';
import { theInstallation } from '../../src/cli/deploy/find-installation';
import { toCode } from '../../src/cli/deploy/local-code';
import { updateCode } from '../../src/cli/deploy/update-code';
import { openInstalling, type Installing } from './installing';

let cloud: Installing;
beforeAll(async () => {
  cloud = await openInstalling();
  expect(await cloud.install({ generation: 'fc2' })).toMatchObject({ exit: 0 });
});
afterAll(() => cloud.simulator.close());

const of = { generation: 'fc2', service: 'failover' } as const;

describe('a function of Function Compute 2.0', () => {
  it('is called and waited for, with its answer and the end of its log', async () => {
    const answer = await cloud.deployment.functions.invoke({ ...of, name: 'failover-advance' }, '{}');
    expect(answer.errorType).toBeUndefined();
    expect(answer.body).toBe('{"handled":0}');
    expect(answer.requestId).toMatch(/./);
  });

  it('tells how it failed', async () => {
    const { deployment } = cloud;
    const missing = deployment.functions.invoke({ ...of, name: 'failover-console' }, '{}');
    await expect(missing).rejects.toMatchObject({ code: 'FunctionNotFound' });
  });

  it('gets other code in seconds, and only once', async () => {
    const { deployment, wanted } = cloud;
    const installation = await theInstallation(deployment, 'failover');
    const later = wanted().code.map(({ name, bytes }) => {
      const files = unzipSync(bytes);
      const index = `${strFromU8(files['index.js']!)}\n// a later version\n`;
      return toCode(name, Buffer.from(zipSync({ 'index.js': strToU8(index) })));
    });
    const first = await updateCode(deployment, installation, later);
    expect(first.says).toBe('new code: failover-poll, failover-receive, failover-advance');
    const second = await updateCode(deployment, installation, later);
    expect(second).toEqual({ exit: 0, says: 'every function has this code already' });
  });

  it('hands its work on, with what its role may do, to a fresh invocation that nobody waits for', async () => {
    const { account, region, endpoint, knock } = cloud.simulator;
    const keys = await knock('POST', '/credentials', { role: 'failover-functions' });
    const successor = createSuccessor({
      ...{ account, region, endpoint, now: Date.now, timeoutMs: 5000 },
      ...{ service: 'failover', name: 'failover-advance' },
      keys: async () => keys as unknown as Keys,
    });
    const ranBefore = ((await knock('GET', '/functions/runs')).ran as object[]).length;
    await successor.begin();
    await knock('POST', '/functions/turn');
    const { ran } = await knock('GET', `/functions/runs?from=${ranBefore}`);
    expect(ran).toMatchObject([{ function: 'failover/failover-advance', result: '{"handled":0}' }]);
  });
});

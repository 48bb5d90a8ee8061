import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../support/simulator';

const root = join(__dirname, '..', '..');
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

/** Starts the built command; `heard` comes back when it has printed that, or is over. */
function start(...args: readonly string[]) {
  const { endpoint, region, accessKeyId, accessKeySecret } = simulator;
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...args], {
    env: {
      PATH: process.env['PATH'],
      FAILOVER_ENDPOINT: endpoint,
      FAILOVER_REGION: region,
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    },
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const over = new Promise<number | null>((resolve) => child.once('close', resolve));
  const heard = (words: string) =>
    Promise.race([
      over,
      new Promise((resolve) => child.stdout.on('data', () => text.includes(words) && resolve(undefined))),
    ]);
  return { child, over, heard, text: () => text };
}

describe('ecs-failover deploy, stopped while the stack is made', () => {
  it('leaves a stack that the next call follows to its end, and makes none of its own', async () => {
    const args = ['deploy', '--yes', '--create-roles', '--no-self-test'];
    const first = start(...args);
    await first.heard('CREATE_IN_PROGRESS');
    first.child.kill('SIGINT');
    await first.over;

    const second = start(...args);
    await second.heard('stack failover: CREATE_IN_PROGRESS; followed until it is over');
    await simulator.advance(600_000);
    expect(await second.over).toBe(0);
    expect(second.text()).toContain('stack failover (fc3): nothing to change');
    const { writes } = await simulator.knock('GET', '/writes');
    const made = (writes as { action: string }[]).filter(({ action }) => action === 'CreateStack');
    expect(made).toHaveLength(1);
  });
});

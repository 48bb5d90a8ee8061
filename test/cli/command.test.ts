import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(__dirname, '..', '..');
const command = join(root, 'dist', 'cli.js');
const web2 = 'i-bp1web0000000000002';
const restart = ['--code', 'SystemMaintenance.Reboot', '--instance', web2];

let folder: string;
beforeAll(() => {
  if (!existsSync(command)) throw new Error('no dist/cli.js; run: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'ecs-failover-'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(ALIBABA_CLOUD|FAILOVER)_/.test(name),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: Object.fromEntries(environment),
  });
  const lastLine = stdout.trimEnd().split('\n').at(-1) ?? '';
  return { status, stdout, stderr, json: () => JSON.parse(lastLine) as Record<string, unknown> };
}

describe('ecs-failover check', () => {
  it('accepts the example and says what it read', () => {
    const { status, stdout } = run('check');
    expect(status).toBe(0);
    expect(stdout).toContain(
      '12 files read: 9 playbooks, 1 pool, 1 calendar, mode enforce; 0 errors, 0 warnings',
    );
  });

  it('tells ten mistakes at once, each with file, line, path and suggestion, and exits 2', () => {
    const { status, json } = run('check', 'test/playbook/ten-mistakes', '--json');
    const problems = json()['problems'] as readonly Record<string, unknown>[];
    expect(status).toBe(2);
    expect(problems.length).toBeGreaterThanOrEqual(10);
    for (const problem of problems) {
      expect(problem).toMatchObject({
        file: expect.stringMatching(/\.yml$/) as string,
        line: expect.any(Number) as number,
        column: expect.any(Number) as number,
        message: expect.stringMatching(/./) as string,
        suggestion: expect.stringMatching(/./) as string,
      });
    }
  });

  it('refuses a folder that is not there', () => {
    expect(run('check', 'nowhere')).toMatchObject({
      status: 2,
      stderr: 'nowhere: no such folder; expected a folder of playbooks\n',
    });
  });
});

describe('ecs-failover plan', () => {
  it('exits 3 when it would change something, and shows the page with whole numbers of members (C30)', () => {
    const { status, stdout } = run('plan', ...restart);
    expect(status).toBe(3);
    expect(stdout).toContain('Wed 18 Nov 02:00 (window nights)');
    expect(stdout).toContain('3 members, 3 healthy → 2 while out; minHealthy 60% of 3 = 2');
    expect(stdout).toContain('until step 9 of 14 (restart)');
    expect(stdout).not.toContain('\x1b[');
  });

  it('exits 4 when something stands in the way', () => {
    const { status, json } = run('plan', ...restart, '--not-before', '2026-11-17T10:00:00Z', '--json');
    expect(status).toBe(4);
    expect(json()).toMatchObject({ plans: [{ verdict: 'blocked' }] });
  });

  it('exits 0 when nothing is to be done', () => {
    expect(run('plan', '--code', 'SystemUpgrade.Migrate', '--instance', web2).status).toBe(0);
  });

  it.each([
    [['plan'], 'found no event; expected --event FILE, or --code CODE --instance ID'],
    [['plan', '--code', 'x'], '--code alone; expected --code and --instance together'],
    [
      ['plan', '--code', 'SystemMaintenance.Rebot', '--instance', web2],
      '--code: no system event has the code SystemMaintenance.Rebot; did you mean SystemMaintenance.Reboot?',
    ],
    [['plan', ...restart, '--not-before', 'soon'], '--not-before: found soon; expected a time with its zone'],
    [['plan', '--event', 'nowhere.json'], 'expected a file with a recorded payload'],
    [['plan', ...restart, '--fleet', 'package.json'], 'package.json: '],
    [['plan', '--playbook', 'x'], '(Did you mean --playbooks?)'],
    [['simulator', ...restart], 'found an event, and nobody to play it; expected --play as well'],
    [['simulator', '--play', '--speed', '0'], 'found 0; expected a number from 1 to 99999'],
    [['simulator', '--port', 'x'], 'found x; expected a number from 0 to 65535'],
    [['rehearse', '--fault', 'a=b'], 'found "b"; expected key:value'],
    [['rehearse', '--expect', 'fine'], 'Allowed choices are done, withdrawn'],
    [['nothing'], "unknown command 'nothing'"],
  ])('%j exits 2 and says what would be right', (args, message) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe('ecs-failover rehearse', () => {
  const at = '2026-11-17T07:10:00Z';
  const recorded = {
    id: '2256A988-0B26-4E2B-820A-8A21C3D4E5F6',
    product: 'ECS',
    resourceId: `acs:ecs:cn-hangzhou:1690700000000030:instance/${web2}`,
    level: 'CRITICAL',
    name: 'Instance:SystemMaintenance.Reboot:Scheduled',
    userId: '1690700000000030',
    eventTime: '20261117T151000.922+0800',
    regionId: 'cn-hangzhou',
    content: {
      eventId: 'e-bp1recorded0000001',
      publishTime: at,
      notBefore: '2026-11-18T23:10:00Z',
      instanceId: web2,
      eventType: 'SystemMaintenance.Reboot',
      eventStatus: 'Scheduled',
    },
  };

  it('plays a recorded payload to its end and reports it as one object on the last line', () => {
    const file = join(folder, 'event.json');
    writeFileSync(file, JSON.stringify(recorded));
    const { status, json, stderr } = run('rehearse', '--event', file, '--json');
    expect(stderr).toContain('ECS announces  SystemMaintenance.Reboot (Scheduled) e-bp1recorded0000001');
    expect(json()).toMatchObject({
      runs: [
        {
          id: expect.stringMatching(/^run-/) as string,
          event: 'e-bp1recorded0000001',
          code: 'SystemMaintenance.Reboot',
          instance: web2,
          playbook: 'planned-restart',
          outcome: 'done',
          reason: null,
          startedAt: '2026-11-17T07:10:00.000Z',
          outOfServiceSeconds: expect.any(Number) as number,
        },
      ],
      violations: [],
    });
    const writes = json()['writes'] as readonly { readonly action: string }[];
    expect(writes.filter(({ action }) => action === 'RebootInstance')).toHaveLength(1);
    expect(Object.keys(writes[0] ?? {})).toEqual(['at', 'product', 'action', 'target', 'params']);
    expect(status).toBe(0);
  }, 120_000);

  it('exits 1 when an event leads to no run, unless that is expected', () => {
    const file = join(folder, 'noise.txt');
    writeFileSync(file, 'not a payload');
    expect(run('rehearse', '--event', file).status).toBe(1);
    expect(run('rehearse', '--event', file, '--expect', 'none').status).toBe(0);
  }, 60_000);
});

describe('ecs-failover simulator --play', () => {
  it('plays the functions while its clock runs, and a second terminal can look and speak', async () => {
    const flags = ['simulator', '--play', '--speed', '600', '--json', ...restart];
    const child = spawn(process.execPath, [command, ...flags], { cwd: root });
    const told = createInterface(child.stderr)[Symbol.asyncIterator]();
    const hear = async (words: string) => {
      for (;;) {
        const next = (await told.next()) as IteratorResult<string, undefined>;
        if (next.done === true) throw new Error(`never said: ${words}`);
        if (next.value.includes(words)) return;
      }
    };
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const env = { PATH: process.env['PATH'], ...(JSON.parse(line) as Record<string, string>) };
    const say = (...args: readonly string[]) =>
      spawnSync(process.execPath, [command, ...args], { cwd: root, env, encoding: 'utf8' });
    await hear('waits for nights');
    const [id = ''] = /run-[0-9a-f]+/.exec(say('runs', 'list').stdout) ?? [];
    expect(say('runs', 'pause', id, '--why', 'sale', '--by', 'lin').status).toBe(0);
    await hear('holds: lin paused the run: sale');
    child.kill('SIGTERM');
    await once(child, 'exit');
  }, 120_000);
});

describe('ecs-failover simulator', () => {
  it('prints where it serves as one object on the first line, and ends with the command', async () => {
    const child = spawn(process.execPath, [command, 'simulator', '--json'], { cwd: root });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const facts = JSON.parse(line) as Record<string, string>;
    expect(Object.keys(facts).sort()).toEqual([
      'accessKeyId',
      'accessKeySecret',
      'account',
      'bucket',
      'endpoint',
      'region',
    ]);
    expect((await fetch(`${facts['endpoint']}/_sim`)).status).toBe(200);
    child.kill('SIGTERM');
    await once(child, 'exit');
    await expect(fetch(`${facts['endpoint']}/_sim`)).rejects.toThrow('fetch failed');
  });
});

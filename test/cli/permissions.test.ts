import { execFile } from 'node:child_process';

function ecsFailover(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile('node', ['dist/cli.js', ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe('ecs-failover permissions', () => {
  it('prints for people on what, only where, and which actions', async () => {
    const { code, stdout } = await ecsFailover('permissions');
    expect(code).toBe(0);
    expect(stdout).toContain(
      [
        'acs:ecs:cn-hangzhou:1690700000000030:instance/*  only where ecs:tag/app = storefront and ecs:tag/role = web',
        '  ecs:RebootInstance',
      ].join('\n'),
    );
  });

  it('prints the policy as RAM takes it, with the names of the installation', async () => {
    const { code, stdout } = await ecsFailover(
      'permissions',
      '--json',
      '--prefix',
      'shop',
      '--generation',
      'fc2',
    );
    expect(code).toBe(0);
    const { Version, Statement } = JSON.parse(stdout) as {
      readonly Version: string;
      readonly Statement: readonly {
        readonly Action: readonly string[];
        readonly Resource: readonly string[];
      }[];
    };
    expect(Version).toBe('1');
    const on = (action: string) => Statement.find(({ Action }) => Action.includes(action))?.Resource;
    expect(on('mns:SendMessage')).toEqual([
      'acs:mns:cn-hangzhou:1690700000000030:/queues/shop-runs/messages',
    ]);
    expect(on('oss:PutObject')).toEqual(
      ['journals', 'open', 'config'].map(
        (folder) => `acs:oss:*:*:shop-state-1690700000000030-cn-hangzhou/${folder}/*`,
      ),
    );
    expect(on('fc:InvokeFunction')).toEqual([
      'acs:fc:cn-hangzhou:1690700000000030:services/shop*/functions/shop-advance',
    ]);
    expect(on('log:PostLogStoreLogs')).toEqual([
      'acs:log:cn-hangzhou:1690700000000030:project/shop-logs-1690700000000030/logstore/functions',
    ]);
  });

  it('prints what whoever installs needs, by the names of the installation', async () => {
    const { code, stdout } = await ecsFailover('permissions', '--deployer', '--prefix', 'shop');
    expect(code).toBe(0);
    expect(stdout).toContain('acs:ram:*:*:role/shop-functions\n  ram:PassRole\n');
    expect(stdout).toContain('actions for whoever installs; --json prints the policy for RAM');
    const here = await ecsFailover('permissions', '--deployer', '--playbooks', 'playbooks', '--json');
    expect(here.stdout).toContain('"acs:ram:*:1690700000000030:role/failover-functions"');
  });

  it.each([
    [['--generation', 'fc4'], '--generation: found "fc4"; expected fc3 or fc2'],
    [['--for', 'elsewhere'], '--for: found "elsewhere"; the settings name no role'],
  ])('says what is wrong with %s', async (args, sentence) => {
    const { code, stderr } = await ecsFailover('permissions', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

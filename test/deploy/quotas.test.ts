import { deploy } from '../../src/cli/deploy/deploy';
import type { Keys } from '../../src/cloud/keys';
import { openInstalling, type Installing } from './installing';
import { memoryAccount, reader, wanted } from './memory-account';

const noRoom =
  'the quota of RAM roles is too small: 1000 of 1000 are used, and the installation needs 1 more; remove some, or ask for more: https://www.alibabacloud.com/help/en/ram/product-overview/limits';

describe('quotas before a new installation', () => {
  it('let it be made with the last role and the last stack, and are not mentioned', async () => {
    const { ui, text } = reader();
    expect((await deploy(memoryAccount().deployment, wanted(), ui)).exit).toBe(0);
    expect(text()).not.toContain('quota');
  });

  it('stop it before anything is made when no role is left', async () => {
    const account = memoryAccount();
    account.roleUsage = { used: 1000, limit: 1000 };
    const { exit, problems } = await deploy(account.deployment, wanted(), reader().ui);
    expect({ exit, problems, writes: account.writes }).toEqual({ exit: 4, problems: [noRoom], writes: [] });
  });

  it('tell that the standard number of stacks is reached, and do not stop it: the account may have more', async () => {
    const account = memoryAccount();
    account.stackCount = 200;
    const { ui, text } = reader();
    expect((await deploy(account.deployment, wanted(), ui)).exit).toBe(0);
    expect(text()).toContain(
      'the quota of ROS stacks is too small: 200 of 200 are used, and the installation needs 1 more, unless the account was given more: Quota Center, product ros',
    );
  });

  it('tell that they cannot be asked for, and why, and do not stop it', async () => {
    const account = memoryAccount();
    account.refusals.set('roleUsage', 'NoPermission').set('stackCount', 'InvalidAction.NotFound');
    const { ui, lines } = reader();
    expect((await deploy(account.deployment, wanted(), ui)).exit).toBe(0);
    expect(lines.filter((line) => line.includes('quota'))).toEqual([
      'whether the quota of RAM roles leaves room for 1 more cannot be told: ram:GetAccountSummary is not granted',
      'whether the quota of ROS stacks leaves room for 1 more cannot be told: stackCount: InvalidAction.NotFound',
    ]);
  });

  it('do not matter to an installation that is there', async () => {
    const account = memoryAccount();
    await deploy(account.deployment, wanted(), reader().ui);
    account.roleUsage = { used: 1000, limit: 1000 };
    const { ui, text } = reader();
    expect((await deploy(account.deployment, wanted(), ui)).exit).toBe(0);
    expect(text()).not.toContain('quota');
  });
});

describe('quotas of a simulated cloud', () => {
  let cloud: Installing;
  afterEach(() => cloud.simulator.close());

  it('stop the installation with exit code 4, and nothing was written', async () => {
    cloud = await openInstalling({ settings: { ramRolesQuota: 0 } });
    const { exit, problems } = await cloud.install();
    expect(exit).toBe(4);
    expect(problems.join('\n')).toMatch(
      /^the quota of RAM roles is too small: \d+ of 0 are used, and the installation needs 1 more; /,
    );
    expect(await cloud.simulator.knock('GET', '/writes')).toMatchObject({ writes: [] });
  });

  it('are a doubt, told with the RAM action, for whoever may not ask for them', async () => {
    const trust = {
      Effect: 'Allow' as const,
      Action: 'sts:AssumeRole',
      Principal: { Service: ['ecs.aliyuncs.com'] },
    };
    const grant = { Effect: 'Allow' as const, Action: '*', Resource: '*' };
    const denied = {
      ...grant,
      Effect: 'Deny' as const,
      Action: ['ram:GetAccountSummary', 'ros:ListSummaries'],
    };
    const deployer = {
      name: 'deployer',
      trust: { Version: '1' as const, Statement: [trust] },
      policies: [{ Version: '1' as const, Statement: [grant, denied] }],
    };
    cloud = await openInstalling(
      { roles: [deployer] },
      async ({ knock }) => (await knock('POST', '/credentials', { role: 'deployer' })) as unknown as Keys,
    );
    const { ui, lines } = reader('unasked');
    const { exit } = await deploy(cloud.deployment, cloud.wanted({ dryRun: true }), ui);
    expect(exit).toBe(3);
    expect(lines.filter((line) => line.includes('quota'))).toEqual([
      'whether the quota of RAM roles leaves room for 1 more cannot be told: ram:GetAccountSummary is not granted',
      'whether the quota of ROS stacks leaves room for 1 more cannot be told: ros:ListSummaries is not granted',
    ]);
  });
});

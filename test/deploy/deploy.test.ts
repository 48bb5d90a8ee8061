import { deploy } from '../../src/cli/deploy/deploy';
import { memoryAccount, reader, wanted } from './memory-account';

const codeBucket = 'failover-code-1000000000000001-cn-hangzhou';

describe('ecs-failover deploy', () => {
  it('uploads the code, creates the stack, follows it to its end and tries the installation', async () => {
    const account = memoryAccount();
    const { ui, text } = reader();
    const { exit, problems, trials } = await deploy(account.deployment, wanted(), ui);
    expect({ exit, problems }).toEqual({ exit: 0, problems: [] });
    expect(account.writes).toEqual([
      `bucket ${codeBucket}`,
      'put code/poll-7071',
      'put code/receive-9',
      'put code/advance-e',
      'create failover',
    ]);
    expect(text()).toContain('1 to create');
    expect(text()).toContain('CREATE_COMPLETE');
    expect(trials?.map(({ what, ok }) => [what, ok])).toEqual([
      ['queue failover-runs', true],
      ['queue failover-runs-dead', true],
      ['queue failover-events', true],
      ['queue failover-events-dead', true],
      ['push', true],
      ['delivery', true],
      ['sweep', true],
    ]);
  });

  it('changes nothing the second time, and says so', async () => {
    const account = memoryAccount();
    await deploy(account.deployment, wanted(), reader().ui);
    account.writes.length = 0;
    account.changes = [];
    const { ui, text, questions } = reader();
    expect((await deploy(account.deployment, wanted(), ui)).exit).toBe(0);
    expect(account.writes).toEqual([]);
    expect(questions).toEqual([]);
    expect(text()).toContain('stack failover (fc3): nothing to change');
  });

  it('shows what would change and exits 3 for a dry run, and where nobody can say yes', async () => {
    for (const [asked, answer] of [
      [wanted({ dryRun: true }), 'yes'],
      [wanted(), 'unasked'],
      [wanted(), 'no'],
    ] as const) {
      const account = memoryAccount();
      const { ui, text } = reader(answer);
      expect((await deploy(account.deployment, asked, ui)).exit).toBe(3);
      expect(account.writes).toEqual([]);
      expect(text()).toMatch(/create +RunQueue +ALIYUN::MNS::Queue/);
    }
  });

  it('tells every permission that is missing at once, with its action and what it is for', async () => {
    const account = memoryAccount();
    account.refusals.set('find', 'NoPermission').set('hasRole', 'Forbidden.RAM').set('fc3', 'AccessDenied');
    const { exit, problems } = await deploy(account.deployment, wanted(), reader().ui);
    expect(exit).toBe(4);
    expect(problems).toEqual([
      'acs:ram::1000000000000001:user/ops lacks 3 permissions; nothing was done:',
      '  ros:ListStacks    finds the stack',
      '  ram:GetRole       tells whether the service-linked roles are there',
      '  fc:ListFunctions  tells whether Function Compute 3.0 can be used',
      '  all that installing needs: ecs-failover permissions --deployer --json',
    ]);
  });

  it('says what has to be activated, and where', async () => {
    const account = memoryAccount();
    account.services = [
      { name: 'SLS', status: 'Disabled', activateAt: 'https://common-buy.aliyun.com/?commodityCode=sls' },
    ];
    const { exit, problems } = await deploy(account.deployment, wanted(), reader().ui);
    expect(exit).toBe(4);
    expect(problems).toEqual([
      'SLS is not activated; activate it: https://common-buy.aliyun.com/?commodityCode=sls',
    ]);
  });

  it('finds out which generation of Function Compute the account offers', async () => {
    const account = memoryAccount();
    account.refusals.set('fc3', 'InvalidVersion');
    const { ui, text } = reader();
    expect((await deploy(account.deployment, wanted(), ui)).generation).toBe('fc2');
    expect(account.stack?.parameters).toMatchObject({ Generation: 'fc2' });
    expect(text()).toContain('Function Compute 2.0');
  });

  it('refuses the generation that was asked for and that the account does not offer', async () => {
    const account = memoryAccount();
    account.refusals.set('fc2', 'UserNotInTheWhiteList');
    const { exit, problems } = await deploy(account.deployment, wanted({ generation: 'fc2' }), reader().ui);
    expect(exit).toBe(4);
    expect(problems).toEqual(['Function Compute 2.0 cannot be used: fc2: UserNotInTheWhiteList']);
  });

  it('creates service-linked roles only with consent', async () => {
    const account = memoryAccount();
    account.roles.delete('AliyunServiceRoleForEventBridgeSendToFC');
    const refused = await deploy(account.deployment, wanted(), reader('unasked').ui);
    expect(refused.exit).toBe(3);
    expect(refused.problems[0]).toContain('--create-roles');
    expect(account.writes).toEqual([]);
    expect((await deploy(account.deployment, wanted({ createRoles: true }), reader().ui)).exit).toBe(0);
    expect(account.writes[0]).toBe('role AliyunServiceRoleForEventBridgeSendToFC');
  });

  it('does not take over what belongs to no stack of this name', async () => {
    const account = memoryAccount();
    account.queues.add('failover-runs');
    const { exit, problems } = await deploy(account.deployment, wanted(), reader().ui);
    expect(exit).toBe(4);
    expect(problems).toEqual([
      'failover-runs exists and belongs to no stack failover; remove it, or choose another --prefix',
    ]);
  });

  it('goes on where a call before it was stopped: what is under way is followed, not started again', async () => {
    const account = memoryAccount();
    await deploy(account.deployment, wanted(), reader().ui);
    account.writes.length = 0;
    account.stack!.status = 'CREATE_IN_PROGRESS';
    account.looks = 3;
    account.changes = [];
    const { ui, text } = reader();
    expect((await deploy(account.deployment, wanted(), ui)).exit).toBe(0);
    expect(account.writes).toEqual([]);
    expect(text()).toContain('stack failover: CREATE_IN_PROGRESS; followed until it is over');
  });

  it('removes what is left of a creation that failed before it creates anew', async () => {
    const account = memoryAccount();
    await deploy(account.deployment, wanted(), reader().ui);
    account.writes.length = 0;
    account.stack!.status = 'CREATE_ROLLBACK_COMPLETE';
    account.queues.clear();
    account.functions.clear();
    const { exit } = await deploy(account.deployment, wanted(), reader().ui);
    expect(account.writes).toEqual(['remove, keeping nothing', 'create failover']);
    expect(exit).toBe(0);
  });

  it('explains a failure with the resource and the reason of the cloud', async () => {
    const account = memoryAccount();
    account.ends = 'CREATE_FAILED';
    account.reason = 'QuotaExceeded: at most 1000 queues';
    const { exit, problems } = await deploy(account.deployment, wanted(), reader().ui);
    expect(exit).toBe(1);
    expect(problems).toEqual([
      'stack failover: CREATE_FAILED',
      '  RunQueue (ALIYUN::MNS::Queue): QuotaExceeded: at most 1000 queues',
    ]);
  });

  it('refuses a change that would lose journals or messages', async () => {
    const account = memoryAccount();
    await deploy(account.deployment, wanted(), reader().ui);
    account.writes.length = 0;
    account.changes = [{ resource: 'StateStore', type: 'ALIYUN::OSS::Bucket', act: 'replace' }];
    const { exit, problems } = await deploy(account.deployment, wanted(), reader().ui);
    expect({ exit, problems, writes: account.writes }).toEqual({
      exit: 4,
      problems: ['StateStore (ALIYUN::OSS::Bucket) would lose what it holds'],
      writes: [],
    });
  });

  it('refuses what an update would have to make anew, before anything is changed', async () => {
    const account = memoryAccount();
    await deploy(account.deployment, wanted(), reader().ui);
    account.writes.length = 0;
    account.changes = [{ resource: 'PollEvery', type: 'ALIYUN::FC3::Trigger', act: 'replace' }];
    const { exit, problems } = await deploy(account.deployment, wanted(), reader().ui);
    expect(exit).toBe(4);
    expect(problems).toEqual([
      'PollEvery (ALIYUN::FC3::Trigger) cannot be changed in place, and an update replaces nothing: take the installation down, its journals stay, and deploy anew',
    ]);
    expect(account.writes).toEqual([]);
  });

  it('insists on an installation that is there for an upgrade, and keeps parameters set before', async () => {
    const account = memoryAccount();
    const refused = await deploy(account.deployment, wanted({ mustExist: true }), reader().ui);
    expect(refused).toMatchObject({
      exit: 4,
      problems: ['there is no stack failover to upgrade; expected: ecs-failover deploy'],
    });
    await deploy(account.deployment, wanted({ set: { Memory: '1024' } }), reader().ui);
    await deploy(account.deployment, wanted({ mustExist: true }), reader().ui);
    expect(account.writes.at(-1)).toBe('update');
    expect(account.stack?.parameters).toMatchObject({ Memory: '1024' });
  });

  it('lets the period of the sweep, of its timer and of its alarm follow one word', async () => {
    const given = async (set: Record<string, string>) => {
      const account = memoryAccount();
      await deploy(account.deployment, wanted({ set }), reader().ui);
      const { SweepSchedule, SweepSeconds } = account.stack?.parameters ?? {};
      return [SweepSchedule, SweepSeconds];
    };
    expect(await given({})).toEqual([undefined, undefined]);
    expect(await given({ SweepSchedule: '@every 10m' })).toEqual(['@every 10m', '600']);
    expect(await given({ SweepSchedule: '@every 1h' })).toEqual(['@every 1h', '3600']);
    expect(await given({ SweepSeconds: '180' })).toEqual(['@every 3m', '180']);
    const daily = { SweepSchedule: 'CRON_TZ=UTC 0 0/7 * * * *', SweepSeconds: '420' };
    expect(await given(daily)).toEqual(Object.values(daily));
    await expect(given({ SweepSchedule: '@every 10m', SweepSeconds: '300' })).rejects.toThrow(
      '--set SweepSeconds: found 300, and "@every 10m" as SweepSchedule; expected 600, or one of the two alone',
    );
    await expect(given({ SweepSchedule: '0 0/5 * * * *' })).rejects.toThrow(
      '--set SweepSchedule: found "0 0/5 * * * *"; expected "@every <n>m"',
    );
    for (const wrong of ['90', '5m', '30']) {
      await expect(given({ SweepSeconds: wrong })).rejects.toThrow(
        `--set SweepSeconds: found "${wrong}"; expected a multiple of 60`,
      );
    }
  });

  it('says that no alarm rings without somebody to call', async () => {
    const saidFor = async (set: Record<string, string>) => {
      const { ui, text } = reader();
      await deploy(memoryAccount().deployment, wanted({ set }), ui);
      return text();
    };
    expect(await saidFor({})).toContain(
      'name a contact group of CloudMonitor with --set AlarmContactGroup=NAME',
    );
    expect(await saidFor({ AlarmContactGroup: 'ops' })).not.toContain('AlarmContactGroup');
  });

  it('names the parameter that does not exist, and those that do', async () => {
    const attempt = deploy(memoryAccount().deployment, wanted({ set: { Memroy: '1024' } }), reader().ui);
    await expect(attempt).rejects.toThrow(
      '--set: found Memroy; expected one of NamePrefix, Generation, CodeBucket, StateBucket, MakeStateBucket, PollCode, ReceiveCode, AdvanceCode, Memory',
    );
  });
});

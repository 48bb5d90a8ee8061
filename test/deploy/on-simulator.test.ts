import pc from 'picocolors';
import { deploy } from '../../src/cli/deploy/deploy';
import { destroy } from '../../src/cli/deploy/destroy';
import { theInstallation } from '../../src/cli/deploy/find-installation';
import { readStatus } from '../../src/cli/deploy/status';
import { statusPage } from '../../src/cli/deploy/status-page';
import { readPlaybooks } from '../../src/cli/deploy/push-playbooks';
import type { Keys } from '../../src/cloud/keys';
import { resourceActions } from '../../src/cli/deploy/resource-actions';
import type { Simulator } from '../support/simulator';
import { fc3 } from '../support/fc';
import { healthyDocuments, writeDocuments } from '../support/healthy';
import { openInstalling, type Installing } from './installing';
import { reader } from './memory-account';

const account = '1690700000000030';
let cloud: Installing;
beforeEach(async () => {
  cloud = await openInstalling({ account });
});
afterEach(() => cloud.simulator.close());

const asked = { prefix: 'failover', force: false, deleteJournals: false };

describe.each(['fc3', 'fc2'] as const)('an installation of %s in a simulated cloud', (generation) => {
  it('is made, found the same by a second call, looked at, and taken down', async () => {
    const first = await cloud.install({ generation });
    expect(first.problems).toEqual([]);
    expect(first.exit).toBe(0);
    expect(first.applied?.uploaded).toEqual(['poll', 'receive', 'advance']);

    const { ui, text } = reader();
    const second = await deploy(cloud.deployment, cloud.wanted(), ui);
    expect(second).toMatchObject({ exit: 0, generation });
    expect(text()).toContain(`stack failover (${generation}): nothing to change`);

    const installation = await theInstallation(cloud.deployment, 'failover');
    const status = await readStatus(cloud.deployment, installation, cloud.wanted().code);
    expect(status).toMatchObject({ state: 'CREATE_COMPLETE', generation, openRuns: [] });
    expect(status.functions.map(({ name, code }) => [name, code])).toEqual([
      ['failover-poll', 'same'],
      ['failover-receive', 'same'],
      ['failover-advance', 'same'],
    ]);

    const { exit, problems } = await destroy(cloud.deployment, installation, asked, reader().ui);
    expect({ exit, problems }).toEqual({ exit: 0, problems: [] });
    expect(await cloud.deployment.stacks.find('failover')).toBeUndefined();
    expect(await cloud.deployment.buckets.look(installation.stateBucket)).toBe('ours');
    expect(await cloud.deployment.buckets.look(installation.names.codeBucket)).toBe('absent');

    const again = reader();
    expect(await deploy(cloud.deployment, cloud.wanted({ generation }), again.ui)).toMatchObject({ exit: 0 });
    expect(again.text()).toContain(
      `oss://${installation.stateBucket} is there already: the journals and playbooks in it are carried on`,
    );
  });
});

describe('an installation with playbooks', () => {
  it('is tried: a marked push, an event of CloudMonitor on its whole way, and a sweep', async () => {
    const playbooks = readPlaybooks('playbooks', 0);
    const { problems, trials } = await cloud.install({ playbooks, selfTest: true });
    expect(problems).toEqual([]);
    expect(trials?.map(({ what, says }) => `${what}: ${says}`)).toEqual([
      'queue failover-runs: is there, 0 messages',
      'queue failover-runs-dead: is there, 0 messages',
      'queue failover-events: is there, 0 messages',
      'queue failover-events-dead: is there, 0 messages',
      'push: a marked test of 159 bytes was taken in and let go',
      'delivery: a test event of CloudMonitor arrived, and was refused because ECS does not know it',
      'sweep: written down; 0 messages carried on',
    ]);
  });

  it('that only observe is tried as far as something can be seen', async () => {
    const documents = healthyDocuments();
    documents.settings.spec.mode = 'observe';
    const playbooks = readPlaybooks(writeDocuments(documents), 0);
    const { problems, trials } = await cloud.install({ playbooks, selfTest: true });
    expect(problems).toEqual([]);
    expect(trials?.slice(-2).map(({ says }) => says)).toEqual([
      'not tried: with mode: observe nothing that arrives is written down',
      'poll answered; with mode: observe no sweep is written down',
    ]);
    const installation = await theInstallation(cloud.deployment, 'failover');
    const status = await readStatus(cloud.deployment, installation, cloud.wanted().code);
    const page = statusPage(status, cloud.deployment.now(), pc.createColors(false));
    expect(page.slice(-3)).toEqual([
      'sweeps are not written down while it only observes; the log of poll tells of them',
      'no run is under way',
      expect.stringMatching(
        /^configuration: [0-9a-f]{16}, by acs:ram::1690700000000030:user\/operator, Tue 17 Nov [\d:]+; it only observes$/,
      ),
    ]);
  });

  it('has one period for the timer of the sweep, the function and the alarm', async () => {
    const set = { SweepSchedule: '@every 10m', AlarmContactGroup: 'ops' };
    expect(await cloud.install({ set })).toMatchObject({ exit: 0 });
    const { Alarms } = await cloud.simulator.call('cms', 'DescribeMetricRuleList', {
      RuleName: 'failover-sweep',
    });
    expect(Alarms).toMatchObject({ Alarm: [{ Period: '600', ContactGroups: 'ops' }] });
    const { body: poll } = await fc3(cloud.simulator, 'GET', '/functions/failover-poll');
    expect(poll['environmentVariables']).toMatchObject({ FAILOVER_SWEEP_SECONDS: '600' });
    const timer = await fc3(cloud.simulator, 'GET', '/functions/failover-poll/triggers/every-five-minutes');
    expect(String(timer.body['triggerConfig'])).toContain('"cronExpression":"@every 10m"');
  });

  it('tells when what CloudMonitor announces does not arrive', async () => {
    await cloud.install({ playbooks: readPlaybooks('playbooks', 0) });
    await cloud.simulator.call('cms', 'DisableEventRules', { RuleNames: ['failover-ecs'] });
    const { exit, problems } = await cloud.install({ selfTest: true });
    expect({ exit, problems }).toEqual({
      exit: 1,
      problems: ['delivery: a test event of CloudMonitor did not arrive within 90 s'],
    });
  });
});

const allow = 'Allow' as const;

/** A role of whoever deploys, with these permissions. */
function deployerWith(actions: string[]) {
  const assumed = { Effect: allow, Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } };
  const granted = { Effect: allow, Action: actions, Resource: '*' };
  return {
    name: 'deployer',
    trust: { Version: '1' as const, Statement: [assumed] },
    policies: [{ Version: '1' as const, Statement: [granted] }],
  };
}

const asDeployer = async ({ knock }: Simulator) =>
  (await knock('POST', '/credentials', { role: 'deployer' })) as unknown as Keys;

describe('a caller without the permissions', () => {
  it('hears of all that are missing at once, by the names that RAM has for them', async () => {
    await cloud.simulator.close();
    cloud = await openInstalling(
      { account, roles: [deployerWith(['sts:*', 'oss:*', 'fc:*', 'mns:*'])] },
      asDeployer,
    );
    const { exit, problems } = await cloud.install();
    expect(exit).toBe(4);
    expect(problems).toEqual([
      `acs:ram::${account}:assumed-role/deployer/front-door lacks 3 permissions; nothing was done:`,
      '  ros:ListStacks            finds the stack',
      '  ros:GetServiceProvisions  tells which services are activated',
      '  ram:GetRole               tells whether the service-linked roles are there',
      '  all that installing needs: ecs-failover permissions --deployer --json',
    ]);
  });
});

describe('a caller who may look and not make', () => {
  it('hears of every resource that was refused, with the actions to grant', async () => {
    await cloud.simulator.close();
    const looks = ['sts:*', 'ros:*', 'oss:*', 'fc:Get*', 'fc:List*', 'ram:Get*', 'mns:Get*', 'eventbridge:*'];
    cloud = await openInstalling({ account, roles: [deployerWith(looks)] }, asDeployer);
    const { exit, problems } = await cloud.install();
    expect(exit).toBe(1);
    const said = problems.join('\n');
    expect(said).toMatch(
      /RunDeadLetters .* It needs mns:CreateQueue, mns:SetQueueAttributes, mns:DeleteQueue\./,
    );
    expect(said).toMatch(/LogProject .* It needs log:CreateProject, log:DeleteProject\./);
    expect(said).toMatch(/FunctionRole .* It needs ram:CreateRole, /);
  });

  it('has an entry for every type of the template', () => {
    const types = [...cloud.wanted().template.matchAll(/Type: (ALIYUN::\S+)/g)].map(([, type]) => type!);
    expect(Object.keys(resourceActions).sort()).toEqual([...new Set(types)].sort());
  });
});

describe('a cloud that answers badly', () => {
  it('loses the answer to CreateStack, and the stack is found and followed', async () => {
    const fault = { name: 'drop-after', product: 'ros', action: 'CreateStack', nth: 1 };
    await cloud.simulator.knock('POST', '/faults', fault);
    expect(await cloud.install()).toMatchObject({ exit: 0, problems: [] });
    const { writes } = await cloud.simulator.knock('GET', '/writes');
    const made = (writes as { action: string }[]).filter(({ action }) => action === 'CreateStack');
    expect(made).toHaveLength(1);
  });

  it('refuses a resource, and its name and the reason are told; the next call clears up and goes on', async () => {
    await cloud.simulator.knock('POST', '/faults', {
      name: 'refuse',
      product: 'mns',
      action: 'CreateQueue',
      target: '"failover-runs"',
      times: 1,
      options: { code: 'QueueNumExceededLimit', status: '409', message: 'Too many queues.' },
    });
    const { exit, problems } = await cloud.install();
    expect(exit).toBe(1);
    expect(problems.join('\n')).toContain(
      'RunQueue (ALIYUN::MNS::Queue): QueueNumExceededLimit: Too many queues.',
    );
    expect(await cloud.install()).toMatchObject({ exit: 0, problems: [] });
  });
});

import { fc3 } from '../../support/fc';
import { smallCode } from '../../support/healthy-cloud';
import type { Simulator } from '../../support/simulator';
import { diagnose, named, type Plant, type Sick } from './patients';

const change =
  (path: string, body: Record<string, unknown>): NonNullable<Plant['then']> =>
  ({ simulator }) =>
    fc3(simulator, 'PUT', `/functions/${path}`, body);

/** A trigger with parts of its configuration replaced; functions take it as JSON text. */
const changeTrigger =
  (path: string, parts: object): NonNullable<Plant['then']> =>
  async ({ simulator }) => {
    const { body } = await fc3(simulator, 'GET', `/functions/${path}`);
    const config = JSON.parse(String(body['triggerConfig'])) as object;
    await fc3(simulator, 'PUT', `/functions/${path}`, {
      triggerConfig: JSON.stringify({ ...config, ...parts }),
    });
  };
const remove =
  (path: string): NonNullable<Plant['then']> =>
  ({ simulator }) =>
    fc3(simulator, 'DELETE', `/functions/${path}`);

const rule = { RuleName: 'failover-ecs', EventType: 'SYSTEM', State: 'ENABLED', SilenceTime: 0 };
const everything = { Product: 'ecs', EventTypeList: ['*'], LevelList: ['*'], NameList: ['*'] };
const putRule =
  (more: object, pattern: object = {}): NonNullable<Plant['then']> =>
  ({ simulator }) =>
    simulator.call('cms', 'PutEventRule', {
      ...rule,
      EventPattern: [{ ...everything, ...pattern }],
      ...more,
    });

const roleName = { RoleName: 'failover-functions' };

/** The policy of the functions' role with other statements. */
const rewrite =
  (statements: (before: Statement[]) => readonly Statement[]): NonNullable<Plant['then']> =>
  async ({ simulator }: Sick) => {
    const named = { PolicyName: 'failover-functions', PolicyType: 'Custom' };
    const got = (await simulator.call('ram', 'GetPolicy', named)) as {
      DefaultPolicyVersion: { PolicyDocument: string };
    };
    const document = JSON.parse(got.DefaultPolicyVersion.PolicyDocument) as { Statement: Statement[] };
    await putPolicy(simulator, statements(document.Statement));
  };
interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}
const putPolicy = (simulator: Simulator, Statement: readonly Statement[]) =>
  simulator.call('ram', 'CreatePolicyVersion', {
    PolicyName: 'failover-functions',
    PolicyDocument: JSON.stringify({ Version: '1', Statement }),
    SetAsDefault: true,
  });

const plants: readonly (readonly [string, Plant, readonly string[]])[] = [
  [
    'a function that is not there',
    {
      then: async (sick) => {
        await remove('failover-advance/triggers/every-minute')(sick);
        await remove('failover-advance')(sick);
      },
    },
    ['function-missing failover-advance'],
  ],
  [
    'other code than was built here',
    { built: smallCode.map(({ name }) => ({ name, key: `code/${name}-other.zip` })) },
    ['advance', 'poll', 'receive'].map((name) => `function-other-code failover-${name}`),
  ],
  [
    'a function that may run longer than its lease',
    { then: change('failover-poll', { timeout: 600 }) },
    ['function-outlives-its-lease failover-poll'],
  ],
  [
    'a function that is cut short',
    { then: change('failover-receive', { timeout: 30 }) },
    ['function-cut-short failover-receive'],
  ],
  [
    'a function that works with another queue',
    {
      then: async (sick) => {
        const FAILOVER_BUCKET = sick.bucket;
        const environmentVariables = { TZ: 'UTC', FAILOVER_QUEUE: 'failover-old', FAILOVER_BUCKET };
        await change('failover-advance', { environmentVariables })(sick);
      },
    },
    ['function-misdirected failover-advance'],
  ],
  [
    'a timer that is off',
    { then: changeTrigger('failover-poll/triggers/every-five-minutes', { enable: false }) },
    ['timer-off failover-poll'],
  ],
  [
    'a trigger of EventBridge that is off',
    { then: changeTrigger('failover-receive/triggers/ecs-events', { triggerEnable: false }) },
    ['push-off failover-receive'],
  ],
  [
    'a pattern that lets restarts pass',
    {
      then: changeTrigger('failover-receive/triggers/ecs-events', {
        eventRuleFilterPattern: '{"source":["acs.ecs"],"type":[{"prefix":"ecs:Disk:"}]}',
      }),
    },
    ['push-misses-events failover-receive'],
  ],
  [
    'a push that is tried three times, and has no dead letters',
    { then: changeTrigger('failover-receive/triggers/ecs-events', { runOptions: { mode: 'event-driven' } }) },
    ['push-gives-up failover-receive/ecs-events', 'push-without-dead-letters failover-receive/ecs-events'],
  ],
  [
    'a queue that nobody reads',
    { then: remove('failover-receive/triggers/cloudmonitor-queue') },
    ['queue-not-taken-up failover-events'],
  ],
  [
    'a rule of EventBridge that is off, of functions of 2.0',
    {
      generation: 'fc2',
      then: ({ simulator }) =>
        simulator.call('eventbridge', 'DisableRule', {
          EventBusName: 'default',
          RuleName: 'failover-ecs-events',
        }),
    },
    ['push-off failover-receive'],
  ],
  [
    'no rule of CloudMonitor',
    { then: ({ simulator }) => simulator.call('cms', 'DeleteEventRules', { RuleNames: ['failover-ecs'] }) },
    ['monitor-rule-missing failover-ecs'],
  ],
  [
    'a rule of CloudMonitor that is off',
    { then: ({ simulator }) => simulator.call('cms', 'DisableEventRules', { RuleNames: ['failover-ecs'] }) },
    ['monitor-rule-off failover-ecs'],
  ],
  [
    'a rule of CloudMonitor that keeps silent',
    { then: putRule({ SilenceTime: 86_400 }) },
    ['monitor-rule-silent failover-ecs'],
  ],
  [
    'a rule of CloudMonitor that leaves events out',
    { then: putRule({}, { NameList: ['Instance:SystemMaintenance.Stop:Scheduled'] }) },
    ['monitor-rule-misses-events failover-ecs'],
  ],
  [
    'a rule of CloudMonitor without a target',
    {
      then: ({ simulator }) =>
        simulator.call('cms', 'DeleteEventRuleTargets', { RuleName: 'failover-ecs', Ids: ['1'] }),
    },
    ['monitor-rule-goes-nowhere failover-ecs'],
  ],
  [
    'a role that Function Compute may not assume',
    {
      then: ({ simulator }) =>
        simulator.call('ram', 'UpdateRole', {
          ...roleName,
          NewAssumeRolePolicyDocument: JSON.stringify({
            Version: '1',
            Statement: [
              { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: ['ecs.aliyuncs.com'] } },
            ],
          }),
        }),
    },
    ['role-not-trusted failover-functions'],
  ],
  [
    'a permission that is missing',
    {
      then: rewrite((statements) =>
        statements.map((one) => ({
          ...one,
          Action: one.Action.filter((action) => action !== 'ecs:RebootInstance'),
        })),
      ),
    },
    ['permission-missing failover-functions'],
  ],
  [
    'a permission that is taken away again',
    {
      then: rewrite((statements) => [
        ...statements,
        { Effect: 'Deny', Action: ['slb:Set*'], Resource: ['*'] },
      ]),
    },
    ['permission-missing failover-functions', 'permission-missing failover-functions'],
  ],
  [
    'a permission that nobody needs',
    {
      then: rewrite((statements) => [
        ...statements,
        { Effect: 'Allow', Action: ['ecs:DeleteInstance'], Resource: ['*'] },
      ]),
    },
    ['permission-superfluous failover-functions'],
  ],
];

describe('of functions, permissions and pushes the doctor finds', () => {
  it.each(plants)('%s', async (_what, plant, expected) => {
    expect(named(await diagnose(plant))).toEqual(expected);
  });
});

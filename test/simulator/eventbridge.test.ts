import { startSimulator, type Simulator } from '../support/simulator';

const account = '1690700000000030';
const TemplateBody = JSON.stringify({
  ROSTemplateFormatVersion: '2015-09-01',
  Resources: {
    Rule: {
      Type: 'ALIYUN::EventBridge::Rule',
      Properties: {
        EventBusName: 'default',
        RuleName: 'failover-ecs-events',
        Description: 'ECS',
        FilterPattern: { source: ['acs.ecs'], type: [{ prefix: 'ecs:' }] },
        Targets: [
          {
            Id: '1',
            Type: 'acs.mns.queue',
            Endpoint: `acs:mns:cn-hangzhou:${account}:queues/failover-events`,
            PushRetryStrategy: 'EXPONENTIAL_DECAY_RETRY',
            DeadLetterQueue: { Arn: `acs:mns:cn-hangzhou:${account}:/queues/failover-events-dead` },
            ParamList: [
              { ResourceKey: 'queue', Form: 'CONSTANT', Value: 'failover-events' },
              { ResourceKey: 'Body', Form: 'ORIGINAL' },
            ],
          },
        ],
      },
    },
  },
});

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator();
  await sim.call('ros', 'CreateStack', { StackName: 'failover', TemplateBody });
});
afterEach(() => sim.close());

const named = { EventBusName: 'default', RuleName: 'failover-ecs-events' };
const ask = (action: string, params: object = named) =>
  sim.call('eventbridge', action, params as Record<string, unknown>);
const targets = [
  {
    Id: '1',
    Type: 'acs.mns.queue',
    Endpoint: `acs:mns:cn-hangzhou:${account}:queues/failover-events`,
    PushRetryStrategy: 'EXPONENTIAL_DECAY_RETRY',
    ErrorsTolerance: 'ALL',
    DeadLetterQueue: { Arn: `acs:mns:cn-hangzhou:${account}:/queues/failover-events-dead` },
    ParamList: [
      { ResourceKey: 'queue', Form: 'CONSTANT', Value: 'failover-events' },
      { ResourceKey: 'Body', Form: 'ORIGINAL' },
    ],
  },
];

describe('a rule on a bus', () => {
  it('is shown with its pattern as text, and with its targets', async () => {
    const rule = {
      EventBusName: 'default',
      RuleName: 'failover-ecs-events',
      RuleARN: `acs:eventbridge:cn-hangzhou:${account}:eventbus/default/rule/failover-ecs-events`,
      Status: 'ENABLE',
      Description: 'ECS',
      FilterPattern: '{"source":["acs.ecs"],"type":[{"prefix":"ecs:"}]}',
      CreatedTimestamp: Date.parse('2026-11-17T07:10:00Z'),
      Targets: targets,
    };
    expect(await ask('GetRule')).toMatchObject({ Code: 'Success', Data: rule });
    const list = { EventBusName: 'default', RuleNamePrefix: 'failover' };
    expect((await ask('ListRules', list)).Data).toEqual({ Rules: [rule], Total: 1 });
    expect((await ask('ListRules', { ...list, RuleNamePrefix: 'other' })).Data).toEqual({
      Rules: [],
      Total: 0,
    });
    expect((await ask('ListTargets')).Data).toEqual({ Targets: targets });
  });

  it('is switched off and on, and deleted', async () => {
    await ask('DisableRule');
    expect((await ask('GetRule')).Data).toMatchObject({ Status: 'DISABLE' });
    await ask('EnableRule');
    expect((await ask('GetRule')).Data).toMatchObject({ Status: 'ENABLE' });
    await ask('DeleteRule');
    expect(await sim.codeOf(ask('GetRule'))).toBe('EventRuleNotExisted');
  });

  it('is on the one bus that there is', async () => {
    expect(await sim.codeOf(ask('ListRules', { EventBusName: 'mine' }))).toBe('EventBusNotExist');
  });
});

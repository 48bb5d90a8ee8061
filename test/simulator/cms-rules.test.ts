import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator();
  await put();
});
afterEach(() => sim.close());

const cms = (action: string, params: Record<string, unknown> = {}) => sim.call('cms', action, params);
const put = (more: Record<string, unknown> = {}) =>
  cms('PutEventRule', {
    RuleName: 'failover-ecs',
    SilenceTime: 0,
    EventPattern: [{ Product: 'ecs', NameList: ['*'], LevelList: ['CRITICAL', 'WARN'] }],
    ...more,
  });
const rules = async (params = {}) =>
  ((await cms('DescribeEventRuleList', params)).EventRules as { EventRule: object[] }).EventRule;
const targets = () => cms('DescribeEventRuleTargetList', { RuleName: 'failover-ecs' });

describe('an event rule', () => {
  it('is shown with its lists in lists', async () => {
    expect(await rules()).toEqual([
      {
        Name: 'failover-ecs',
        State: 'ENABLED',
        EventType: 'SYSTEM',
        GroupId: '0',
        SilenceTime: 0,
        Description: '',
        EventPattern: {
          EventPattern: [
            {
              Product: 'ecs',
              EventTypeList: { EventTypeList: [] },
              LevelList: { LevelList: ['CRITICAL', 'WARN'] },
              NameList: { NameList: ['*'] },
              SQLFilter: '',
              CustomFilters: '',
            },
          ],
        },
      },
    ]);
    expect(await rules({ NamePrefix: 'other' })).toEqual([]);
  });

  it('is put again under its name, switched off and on, and deleted', async () => {
    await put({ Description: 'again' });
    expect(await rules()).toMatchObject([{ Description: 'again' }]);
    await cms('DisableEventRules', { RuleNames: ['failover-ecs'] });
    expect(await rules({ IsEnable: 'false' })).toMatchObject([{ State: 'DISABLED' }]);
    await cms('EnableEventRules', { RuleNames: ['failover-ecs'] });
    expect(await rules({ IsEnable: 'false' })).toEqual([]);
    await cms('DeleteEventRules', { RuleNames: ['failover-ecs'] });
    expect(await sim.codeOf(targets())).toBe('ResourceNotFound');
  });

  it('has targets by their ids, functions under a name of their own', async () => {
    const params = {
      RuleName: 'failover-ecs',
      MnsParameters: [{ Id: '1', Region: 'cn-hangzhou', Queue: 'failover-events' }],
      FcParameters: [{ Id: '2', Region: 'cn-hangzhou', ServiceName: 'failover', FunctionName: 'receive' }],
    };
    expect(await cms('PutEventRuleTargets', params)).toMatchObject({ FailedParameterCount: '0' });
    await cms('PutEventRuleTargets', {
      ...params,
      MnsParameters: [{ Id: '1', Region: 'cn-hangzhou', Queue: 'events' }],
    });
    expect(await targets()).toMatchObject({
      MnsParameters: {
        MnsParameter: [
          { Id: '1', Queue: 'events', Arn: 'acs:mns:cn-hangzhou:1690700000000030:/queues/events/messages' },
        ],
      },
      FcParameters: { FCParameter: [{ Id: '2', ServiceName: 'failover', FunctionName: 'receive' }] },
    });
    await put({ Description: 'again' });
    await cms('DeleteEventRuleTargets', { RuleName: 'failover-ecs', Ids: ['2'] });
    expect(await targets()).toMatchObject({
      MnsParameters: { MnsParameter: [{ Id: '1' }] },
      FcParameters: { FCParameter: [] },
    });
  });

  it('wants a pattern, and a rule for its targets', async () => {
    expect(await sim.codeOf(put({ EventPattern: [] }))).toBe('MissingParameter');
    const lost = cms('PutEventRuleTargets', { RuleName: 'nobody' });
    expect(await sim.codeOf(lost)).toBe('ResourceNotFound');
  });
});

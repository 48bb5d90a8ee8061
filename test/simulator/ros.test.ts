import OSS from 'ali-oss';
import { startSimulator, type Keys, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator();
});
afterEach(() => sim.close());

type Row = Record<string, unknown>;
const ros = (action: string, params: Row = {}) => sim.call('ros', action, params);
const queue = (name: string, more: Row = {}) => ({
  Type: 'ALIYUN::MNS::Queue',
  Properties: { QueueName: name, ...more },
});
const templateOf = (resources: Row, more: Row = {}) =>
  JSON.stringify({ ROSTemplateFormatVersion: '2015-09-01', ...more, Resources: resources });
const create = async (resources: Row, more: Row = {}, params: Row = {}) => {
  const TemplateBody = templateOf(resources, more);
  const { StackId } = await ros('CreateStack', { StackName: 'failover', TemplateBody, ...params });
  return String(StackId);
};
const statusOf = async (StackId: string) => (await ros('GetStack', { StackId })).Status;
const resourcesOf = async (StackId: string) => {
  const { Resources } = await ros('ListStackResources', { StackId });
  const rows = (Resources as Row[]).map((row) => [row.LogicalResourceId, row.Status] as const);
  return Object.fromEntries(rows) as Row;
};
const queuesNow = async () => {
  const { queues } = await sim.knock('GET', '/state');
  return (queues as Row[]).map(({ name }) => name);
};
const parameter = (ParameterKey: string, ParameterValue: string) => ({ ParameterKey, ParameterValue });
const twoQueues = { Runs: { ...queue('runs'), DependsOn: 'Dead' }, Dead: queue('dead') };

describe('a stack', () => {
  it('is made in the order of dependence, two seconds for each resource', async () => {
    const StackId = await create(twoQueues);
    expect(await statusOf(StackId)).toBe('CREATE_IN_PROGRESS');
    expect(await resourcesOf(StackId)).toEqual({ Dead: 'CREATE_IN_PROGRESS', Runs: 'INIT_COMPLETE' });
    await sim.advance(2_000);
    expect(await resourcesOf(StackId)).toEqual({ Dead: 'CREATE_COMPLETE', Runs: 'CREATE_IN_PROGRESS' });
    await sim.advance(2_000);
    expect(await statusOf(StackId)).toBe('CREATE_COMPLETE');
    expect((await sim.knock('GET', '/writes')).writes).toMatchObject([
      { product: 'mns', action: 'CreateQueue', target: 'dead', outcome: 'done', params: { by: 'ros' } },
      { product: 'mns', action: 'CreateQueue', target: 'runs', outcome: 'done' },
      { product: 'ros', action: 'CreateStack', target: 'failover', outcome: 'done' },
    ]);
  });

  it('tells what happened, the newest first, in pages', async () => {
    const StackId = await create({ Dead: queue('dead') });
    await sim.advance(2_000);
    const { Events, TotalCount } = await ros('ListStackEvents', { StackId, PageSize: 3 });
    expect(TotalCount).toBe(4);
    expect(Events).toMatchObject([
      {
        LogicalResourceId: 'failover',
        ResourceType: 'ALIYUN::ROS::Stack',
        Status: 'CREATE_COMPLETE',
        CreateTime: '2026-11-17T07:10:02',
      },
      { LogicalResourceId: 'Dead', PhysicalResourceId: 'dead', Status: 'CREATE_COMPLETE' },
      { LogicalResourceId: 'Dead', Status: 'CREATE_IN_PROGRESS', CreateTime: '2026-11-17T07:10:00' },
    ]);
  });

  it('has one name while it lives, and refuses a second operation meanwhile', async () => {
    const StackId = await create(twoQueues);
    expect(await sim.codeOf(create(twoQueues))).toBe('StackExists');
    const changed = templateOf({ Dead: queue('dead') });
    const update = () => ros('UpdateStack', { StackId, TemplateBody: changed });
    expect(await sim.codeOf(update())).toBe('ActionInProgress');
    await sim.advance(4_000);
    await update();
    await sim.advance(10_000);
    await ros('DeleteStack', { StackId });
    await sim.advance(10_000);
    expect(await statusOf(StackId)).toBe('DELETE_COMPLETE');
    expect((await ros('ListStacks')).Stacks).toEqual([]);
    expect(await create(twoQueues)).not.toBe(StackId);
  });

  it('is made once for one ClientToken', async () => {
    const StackId = await create(twoQueues, {}, { ClientToken: 'one' });
    expect(await create(twoQueues, {}, { ClientToken: 'one' })).toBe(StackId);
    const other = create({ Dead: queue('dead') }, {}, { ClientToken: 'one' });
    expect(await sim.codeOf(other)).toBe('IdempotentParameterMismatch');
  });

  it('that cannot be made takes back what it had, and tells why', async () => {
    await sim.knock('POST', '/faults', {
      name: 'refuse',
      product: 'mns',
      action: 'CreateQueue',
      target: '"runs"',
      options: { code: 'AccessDenied', status: '403', message: 'No.' },
    });
    const StackId = await create(twoQueues);
    expect(await queuesNow()).toEqual([]);
    await sim.advance(4_000);
    expect(await statusOf(StackId)).toBe('CREATE_ROLLBACK_IN_PROGRESS');
    await sim.advance(10_000);
    expect(await ros('GetStack', { StackId })).toMatchObject({
      Status: 'CREATE_ROLLBACK_COMPLETE',
      StatusReason: 'Resource CREATE failed: resources.Runs: AccessDenied: No.',
    });
    const failed = await ros('ListStackEvents', { StackId, Status: ['CREATE_FAILED'] });
    expect(failed.Events).toMatchObject([
      { LogicalResourceId: 'failover' },
      { LogicalResourceId: 'Runs', StatusReason: 'AccessDenied: No.' },
    ]);
  });

  it('stays as it failed when no rollback is wanted', async () => {
    await sim.knock('PUT', '/queues', { queues: [{ name: 'runs' }] });
    const StackId = await create(twoQueues, {}, { DisableRollback: 'true' });
    await sim.advance(10_000);
    expect(await statusOf(StackId)).toBe('CREATE_FAILED');
    expect(await resourcesOf(StackId)).toEqual({ Dead: 'CREATE_COMPLETE', Runs: 'CREATE_FAILED' });
    const again = ros('UpdateStack', { StackId, TemplateBody: templateOf({ Dead: queue('dead') }) });
    expect(await sim.codeOf(again)).toBe('NotSupported');
  });
});

describe('an update', () => {
  const three = { ...twoQueues, Events: queue('events', { VisibilityTimeout: 60 }) };
  const start = async (more: Row = {}) => {
    const StackId = await create(three, more);
    await sim.advance(10_000);
    return StackId;
  };
  const changed = {
    Dead: queue('dead'),
    Events: queue('events', { VisibilityTimeout: 90 }),
    More: queue('more'),
  };

  it('is shown before, and adds, changes and removes', async () => {
    const StackId = await start();
    const TemplateBody = templateOf(changed);
    const { Stack } = await ros('PreviewStack', { StackId, TemplateBody });
    const rows = (Stack as { Resources: Row[] }).Resources;
    expect(rows.map((row) => [row.LogicalResourceId, row.Action, row.Replacement])).toEqual([
      ['Dead', 'None', undefined],
      ['Events', 'Modify', 'False'],
      ['More', 'Add', undefined],
      ['Runs', 'Remove', undefined],
    ]);
    expect(await queuesNow()).toEqual(['dead', 'runs', 'events']);
    await ros('UpdateStack', { StackId, TemplateBody });
    expect(await statusOf(StackId)).toBe('UPDATE_IN_PROGRESS');
    await sim.advance(10_000);
    expect(await statusOf(StackId)).toBe('UPDATE_COMPLETE');
    expect(await queuesNow()).toEqual(['dead', 'events', 'more']);
    expect(await resourcesOf(StackId)).toEqual({
      Dead: 'CREATE_COMPLETE',
      Events: 'UPDATE_COMPLETE',
      More: 'CREATE_COMPLETE',
    });
  });

  it('that changes nothing is refused', async () => {
    const StackId = await start();
    const same = ros('UpdateStack', { StackId, TemplateBody: templateOf(three) });
    expect(await sim.codeOf(same)).toBe('NotSupported');
  });

  it('of a name needs another resource, and to be allowed', async () => {
    const StackId = await start();
    const TemplateBody = templateOf({ ...three, Events: queue('pushes', { VisibilityTimeout: 60 }) });
    const { Stack } = await ros('PreviewStack', { StackId, TemplateBody });
    expect((Stack as { Resources: Row[] }).Resources).toContainEqual(
      expect.objectContaining({ LogicalResourceId: 'Events', Action: 'Modify', Replacement: 'True' }),
    );
    await ros('UpdateStack', { StackId, TemplateBody });
    await sim.advance(20_000);
    expect(await statusOf(StackId)).toBe('ROLLBACK_COMPLETE');
    await ros('UpdateStack', { StackId, TemplateBody, ReplacementOption: 'Enabled' });
    await sim.advance(20_000);
    expect(await statusOf(StackId)).toBe('UPDATE_COMPLETE');
    expect(await queuesNow()).toEqual(['dead', 'runs', 'pushes']);
  });

  it('that fails goes back to where it was', async () => {
    const StackId = await start();
    await sim.knock('PUT', '/queues', { queues: [{ name: 'more' }] });
    await ros('UpdateStack', { StackId, TemplateBody: templateOf(changed) });
    await sim.advance(20_000);
    expect(await statusOf(StackId)).toBe('ROLLBACK_COMPLETE');
    expect(await resourcesOf(StackId)).toEqual({
      Dead: 'CREATE_COMPLETE',
      Runs: 'CREATE_COMPLETE',
      Events: 'UPDATE_COMPLETE',
    });
    expect(await queuesNow()).toEqual(['dead', 'runs', 'events', 'more']);
  });

  it('takes parameters of before only when it is told to', async () => {
    const more = { Parameters: { Seconds: { Type: 'Number', Default: 60 } } };
    const timed = { Events: queue('events', { VisibilityTimeout: { Ref: 'Seconds' } }) };
    const StackId = await create(timed, more, { Parameters: [parameter('Seconds', '90')] });
    await sim.advance(10_000);
    const TemplateBody = templateOf({ ...timed, Dead: queue('dead') }, more);
    const preview = async (params: Row) => {
      const { Stack } = await ros('PreviewStack', { StackId, TemplateBody, ...params });
      return (Stack as { Resources: Row[] }).Resources[0]!.Action;
    };
    expect(await preview({ UsePreviousParameters: 'true' })).toBe('None');
    expect(await preview({})).toBe('Modify');
  });
});

describe('a deletion', () => {
  it('leaves what is retained, by the template or by who deletes', async () => {
    const kept = { ...queue('kept'), DeletionPolicy: 'Retain' };
    const StackId = await create({ ...twoQueues, Kept: kept });
    await sim.advance(10_000);
    await ros('DeleteStack', { StackId, RetainResources: ['Dead'] });
    expect(await statusOf(StackId)).toBe('DELETE_IN_PROGRESS');
    await sim.advance(10_000);
    expect(await statusOf(StackId)).toBe('DELETE_COMPLETE');
    expect(await queuesNow()).toEqual(['dead', 'kept']);
    expect(await sim.codeOf(ros('DeleteStack', { StackId }))).toBe('StackNotFound');
  });

  it('fails at a bucket that has something in it, unless it may empty it', async () => {
    const bucket = (DeletionForce: boolean) => ({
      Type: 'ALIYUN::OSS::Bucket',
      Properties: { BucketName: 'failover-journals', AccessControl: 'private', DeletionForce },
    });
    const StackId = await create({ Store: bucket(false) });
    await sim.advance(10_000);
    const { endpoint, accessKeyId, accessKeySecret } = sim;
    const options = { endpoint, accessKeyId, accessKeySecret, bucket: 'failover-journals', sldEnable: true };
    const oss = new OSS(options);
    await oss.put('journals/one', Buffer.from('line'));
    await ros('DeleteStack', { StackId });
    await sim.advance(10_000);
    expect(await ros('GetStack', { StackId })).toMatchObject({
      Status: 'DELETE_FAILED',
      StatusReason: expect.stringContaining('BucketNotEmpty') as string,
    });
    const forced = templateOf({ Store: bucket(true) });
    expect(await sim.codeOf(ros('UpdateStack', { StackId, TemplateBody: forced }))).toBe('NotSupported');
    await oss.delete('journals/one');
    await ros('DeleteStack', { StackId });
    await sim.advance(10_000);
    expect(await statusOf(StackId)).toBe('DELETE_COMPLETE');
    const { StackId: next } = await ros('CreateStack', { StackName: 'failover', TemplateBody: forced });
    await sim.advance(10_000);
    await oss.put('journals/one', Buffer.from('line'));
    await ros('DeleteStack', { StackId: next });
    await sim.advance(10_000);
    expect(await statusOf(String(next))).toBe('DELETE_COMPLETE');
  });
});

describe('a template', () => {
  const validate = (TemplateBody: string) => ros('ValidateTemplate', { TemplateBody });

  it('is taken as YAML and as JSON, and told back', async () => {
    const yaml = [
      "ROSTemplateFormatVersion: '2015-09-01'",
      'Description: Two queues',
      'Parameters: { Secret: { Type: String, NoEcho: true } }',
      'Resources:',
      '  Dead: { Type: ALIYUN::MNS::Queue, Properties: { QueueName: dead } }',
      'Outputs: { Name: { Value: { "Fn::GetAtt": [Dead, QueueName] } } }',
    ].join('\n');
    expect(await validate(yaml)).toMatchObject({
      Description: 'Two queues',
      Parameters: [{ ParameterKey: 'Secret', Type: 'String', NoEcho: 'true' }],
      Resources: [{ LogicalResourceIdPattern: 'Dead', ResourceType: 'ALIYUN::MNS::Queue' }],
      Outputs: [{ OutputKey: 'Name' }],
    });
    const Parameters = [parameter('Secret', 'abc')];
    const { StackId } = await ros('CreateStack', { StackName: 'y', TemplateBody: yaml, Parameters });
    await sim.advance(10_000);
    const got = await ros('GetStack', { StackId });
    expect(got.Parameters).toContainEqual(parameter('Secret', '******'));
    expect(got.Outputs).toEqual([{ OutputKey: 'Name', OutputValue: 'dead', Description: '' }]);
  });

  it.each([
    ['InvalidSchema', '{"ROSTemplateFormatVersion": '],
    ['InvalidTemplateVersion', '{"ROSTemplateFormatVersion":"2010-09-09"}'],
    ['InvalidTemplateSection', '{"ROSTemplateFormatVersion":"2015-09-01","Resource":{}}'],
    ['StackValidationFailed', templateOf({ A: { Type: 'ALIYUN::MNS::Quue', Properties: {} } })],
    ['StackValidationFailed', templateOf({ A: queue('a', { Colour: 'red' }) })],
    ['StackValidationFailed', templateOf({ A: { Type: 'ALIYUN::MNS::Queue', Properties: {} } })],
    ['InvalidTemplateReference', templateOf({ A: queue('a', { DelaySeconds: { Ref: 'Nobody' } }) })],
    ['InvalidTemplateReference', templateOf({ A: { ...queue('a'), DependsOn: 'Nobody' } })],
    ['InvalidTemplateReference', templateOf({ A: { ...queue('a'), Condition: 'Nobody' } })],
    [
      'InvalidTemplateAttribute',
      templateOf({ A: queue('a'), B: queue('b', { DelaySeconds: { 'Fn::GetAtt': ['A', 'Colour'] } }) }),
    ],
    [
      'CircularDependency',
      templateOf({ A: { ...queue('a'), DependsOn: 'B' }, B: { ...queue('b'), DependsOn: 'A' } }),
    ],
  ])('is refused with %s: %s', async (code, body) => {
    expect(await sim.codeOf(validate(body))).toBe(code);
  });

  it.each([
    ['UserParameterMissing', {}, []],
    ['UnknownUserParameter', { Default: 'a' }, [parameter('Other', 'x')]],
    ['StackValidationFailed', { AllowedValues: ['a', 'b'] }, [parameter('One', 'c')]],
    ['StackValidationFailed', { AllowedPattern: '^[a-z]+$' }, [parameter('One', 'A')]],
    ['StackValidationFailed', { Type: 'Number' }, [parameter('One', 'many')]],
    ['StackValidationFailed', { Type: 'Number', MaxValue: 5 }, [parameter('One', '6')]],
    ['StackValidationFailed', { MinLength: 3 }, [parameter('One', 'ab')]],
  ])('has its parameters checked: %s for %j and %j', async (code, spec, Parameters) => {
    const more = { Parameters: { One: { Type: 'String', ...spec } } };
    expect(await sim.codeOf(create({ Dead: queue('dead') }, more, { Parameters }))).toBe(code);
  });

  it('has its functions computed', async () => {
    const more = {
      Parameters: {
        Prefix: { Type: 'String', Default: 'fo' },
        Big: { Type: 'Boolean', Default: false },
        Names: { Type: 'CommaDelimitedList', Default: 'x,y' },
      },
      Mappings: { Sizes: { small: { seconds: 30 } } },
      Conditions: {
        IsBig: { 'Fn::Equals': [{ Ref: 'Big' }, true] },
        IsSmall: { 'Fn::Not': ['IsBig'] },
        Always: { 'Fn::Or': ['IsBig', { 'Fn::And': ['IsSmall', 'IsSmall'] }] },
      },
      Outputs: {
        Joined: {
          Value: { 'Fn::Join': ['-', [{ Ref: 'Prefix' }, { 'Fn::Select': ['1', { Ref: 'Names' }] }]] },
        },
        Where: {
          Value: {
            'Fn::Sub': '${ALIYUN::Region}/${ALIYUN::TenantId}/${ALIYUN::StackName}/${!x}/${A.QueueName}',
          },
        },
        Whoever: { Value: { Ref: 'ALIYUN::AccountId' } },
        Chosen: { Value: { 'Fn::If': ['IsBig', 'big', { 'Fn::FindInMap': ['Sizes', 'small', 'seconds'] }] } },
        Left: { Condition: 'IsBig', Value: 'never' },
      },
    };
    const StackId = await create(
      {
        A: queue('a', {
          DelaySeconds: { 'Fn::If': ['Always', { Ref: 'ALIYUN::NoValue' }, 5] },
          VisibilityTimeout: { 'Fn::FindInMap': ['Sizes', 'small', 'seconds'] },
        }),
        B: { ...queue('b'), Condition: 'IsBig' },
      },
      more,
    );
    await sim.advance(10_000);
    const { Outputs } = await ros('GetStack', { StackId });
    expect(Object.fromEntries((Outputs as Row[]).map((each) => [each.OutputKey, each.OutputValue]))).toEqual({
      Joined: 'fo-y',
      Where: 'cn-hangzhou/1690700000000030/failover/${x}/a',
      Whoever: '2030000000007096',
      Chosen: 30,
    });
    expect(await queuesNow()).toEqual(['a']);
  });
});

describe('a stack of a session', () => {
  it('has what the session may make, and fails at the rest', async () => {
    const allow = (Action: string[], Resource: string[]) => ({ Effect: 'Allow' as const, Action, Resource });
    const policy = {
      Version: '1' as const,
      Statement: [
        allow(['ros:*'], ['*']),
        allow(['mns:CreateQueue', 'mns:DeleteQueue'], ['acs:mns:*:*:/queues/dead']),
      ],
    };
    const trust = {
      Version: '1' as const,
      Statement: [{ Effect: 'Allow' as const, Action: 'sts:AssumeRole', Principal: { RAM: ['*'] } }],
    };
    await sim.close();
    sim = await startSimulator({ roles: [{ name: 'installer', trust, policies: [policy] }] });
    const keys = await sim.knock('POST', '/credentials', { role: 'installer' });
    const call = sim.as(keys as unknown as Keys);
    const { StackId } = await call('ros', 'CreateStack', {
      StackName: 'failover',
      TemplateBody: templateOf(twoQueues),
    });
    await sim.advance(20_000);
    const { Status, StatusReason } = await call('ros', 'GetStack', { StackId });
    expect([Status, StatusReason]).toEqual([
      'CREATE_ROLLBACK_COMPLETE',
      'Resource CREATE failed: resources.Runs: AccessDenied: The specified caller is not authorized to do this action.',
    ]);
    expect(await queuesNow()).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { resourcesOf } from '../../src/cli/rehearse/template';

type Map = Readonly<Record<string, unknown>>;

const text = readFileSync(join(__dirname, '../../template.yml'), 'utf8');
const given = {
  StateBucket: 'state-of-test',
  CodeBucket: 'code-of-test',
  PollCode: 'code/poll-1',
  ReceiveCode: 'code/receive-1',
  AdvanceCode: 'code/advance-1',
  Endpoint: 'https://rehearsal.test',
  VpcId: 'vpc-1',
  VSwitchIds: 'vsw-1,vsw-2',
  SecurityGroupId: 'sg-1',
  AlarmContactGroup: 'operations',
  'ALIYUN::Region': 'cn-hangzhou',
  'ALIYUN::TenantId': '1234567890',
};
const generation = (name: string) => {
  const of = resourcesOf(text, { ...given, Generation: name });
  return (type: string): readonly Map[] => of(type, z.record(z.string(), z.unknown()));
};
const [three, two] = [generation('fc3'), generation('fc2')];

function withoutGeneration(properties: Map): Map {
  const { FAILOVER_GENERATION, ...rest } = properties['EnvironmentVariables'] as Map;
  if (FAILOVER_GENERATION === undefined) return properties;
  expect(FAILOVER_GENERATION).toBe('fc2');
  return { ...properties, EnvironmentVariables: rest };
}

/** What 2.0 says of a service, 3.0 says of each function. */
const ofService = ['Role', 'LogConfig', 'VpcConfig', 'InternetAccess', 'Tags'];

describe('the two generations of Function Compute in template.yml', () => {
  it('have the same functions: code, environment, memory, timeout, network, logs, role and tags', () => {
    const [service] = two('ALIYUN::FC::Service');
    const shared = Object.fromEntries(ofService.map((key) => [key, service![key]]));
    const functions = two('ALIYUN::FC::Function').map(({ ServiceName, ...own }) => {
      expect(ServiceName).toBe('failover');
      return { ...own, ...shared };
    });
    expect(functions).toHaveLength(3);
    expect(functions.map(withoutGeneration)).toEqual(three('ALIYUN::FC3::Function'));
    // Only functions of 2.0 hand over what they have no time left for.
    const told = functions
      .filter((one) => withoutGeneration(one) !== one)
      .map(({ FunctionName }) => FunctionName);
    expect(told).toEqual(['failover-advance']);
    expect(two('ALIYUN::FC3::Function')).toEqual([]);
    expect(three('ALIYUN::FC::Function')).toEqual([]);
  });

  it('give functions the network, the endpoint and the code they are told', () => {
    expect(three('ALIYUN::FC3::Function')[0]).toMatchObject({
      FunctionName: 'failover-poll',
      Handler: 'index.handler',
      Runtime: 'nodejs20',
      MemorySize: 512,
      VpcConfig: { VpcId: 'vpc-1', VSwitchIds: ['vsw-1', 'vsw-2'], SecurityGroupId: 'sg-1' },
      Code: { OssBucketName: 'code-of-test', OssObjectName: 'code/poll-1' },
    });
    expect(three('ALIYUN::FC3::Function')[0]!['EnvironmentVariables']).toMatchObject({
      FAILOVER_QUEUE: 'failover-runs',
      FAILOVER_BUCKET: 'state-of-test',
      FAILOVER_ENDPOINT: 'https://rehearsal.test',
    });
  });

  it('have the same timers', () => {
    const isTimer = ({ TriggerType }: Map) => TriggerType === 'timer';
    const timers = two('ALIYUN::FC::Trigger').map(({ ServiceName: _, ...own }) => own);
    expect(timers.filter(isTimer)).toHaveLength(2);
    expect(three('ALIYUN::FC3::Trigger').filter(isTimer)).toEqual(timers);
  });

  it('take the same events from EventBridge, with the same retries and dead letters', () => {
    const trigger = three('ALIYUN::FC3::Trigger').find(({ TriggerName }) => TriggerName === 'ecs-events')!;
    const config = trigger['TriggerConfig'] as Readonly<Record<string, Map>> & {
      eventRuleFilterPattern: string;
    };
    const { FilterPattern, Targets } = two('ALIYUN::EventBridge::Rule')[0]!;
    const [target, ...others] = Targets as readonly Map[];
    expect(others).toEqual([]);
    expect(JSON.parse(config.eventRuleFilterPattern)).toEqual(FilterPattern);
    expect(trigger['FunctionName']).toBe('failover-receive');
    expect(target!['Endpoint']).toBe(
      'acs:fc:cn-hangzhou:1234567890:services/failover.LATEST/functions/failover-receive',
    );
    expect(config['runOptions']!['retryStrategy']).toEqual({ PushRetryStrategy: 'EXPONENTIAL_DECAY_RETRY' });
    expect(target!['PushRetryStrategy']).toBe('EXPONENTIAL_DECAY_RETRY');
    const deadLetters = { Arn: 'acs:mns:cn-hangzhou:1234567890:/queues/failover-events-dead' };
    expect(config['runOptions']!['deadLetterQueue']).toEqual(deadLetters);
    expect(target!['DeadLetterQueue']).toEqual(deadLetters);
    expect(two('ALIYUN::MNS::Queue').map(({ QueueName }) => QueueName)).toContain('failover-events-dead');
    expect(three('ALIYUN::MNS::Queue').map(({ QueueName }) => QueueName)).toContain('failover-events-dead');
  });

  it('take the same events from CloudMonitor: 2.0 as a function, 3.0 through a queue', () => {
    expect(three('ALIYUN::CMS::EventRule')).toEqual(two('ALIYUN::CMS::EventRule'));
    expect(two('ALIYUN::CMS::EventRuleTargets')).toEqual([
      {
        RuleName: 'failover-ecs',
        FcParameters: [
          { Id: '1', Region: 'cn-hangzhou', ServiceName: 'failover', FunctionName: 'failover-receive' },
        ],
      },
    ]);
    expect(three('ALIYUN::CMS::EventRuleTargets')).toEqual([
      {
        RuleName: 'failover-ecs',
        MnsParameters: [{ Id: '1', Region: 'cn-hangzhou', Queue: 'failover-events' }],
      },
    ]);
    const stream = three('ALIYUN::FC3::Trigger').find(
      ({ TriggerName }) => TriggerName === 'cloudmonitor-queue',
    );
    expect(stream).toMatchObject({
      FunctionName: 'failover-receive',
      TriggerConfig: {
        eventSourceConfig: {
          eventSourceParameters: { sourceMNSParameters: { QueueName: 'failover-events' } },
        },
      },
    });
  });

  it('ring the same alarm when the sweep stands still for two periods, each in its own dimensions', () => {
    const [alarm] = three('ALIYUN::CMS::ResourceMetricRule');
    expect(alarm).toMatchObject({
      Namespace: 'acs_fc',
      MetricName: 'FunctionTotalInvocations',
      Resources: [{ region: 'cn-hangzhou', functionName: 'failover-poll' }],
      ContactGroups: ['operations'],
      Period: 300,
      NoDataPolicy: 'INSUFFICIENT_DATA',
      Escalations: {
        Critical: { ComparisonOperator: 'LessThanOrEqualToThreshold', Threshold: '0', Times: 2 },
      },
    });
    expect(two('ALIYUN::CMS::ResourceMetricRule')).toEqual([
      {
        ...alarm,
        Resources: [{ region: 'cn-hangzhou', serviceName: 'failover', functionName: 'failover-poll' }],
      },
    ]);
  });

  it('have the same role, but that advance of 2.0 may invoke itself', () => {
    const statements = (role: Map | undefined) => {
      const [policy] = role!['Policies'] as readonly { PolicyDocument: { Statement: readonly Map[] } }[];
      return policy!.PolicyDocument.Statement;
    };
    const [of3, of2] = [statements(three('ALIYUN::RAM::Role')[0]), statements(two('ALIYUN::RAM::Role')[0])];
    const more = of2.filter((one) => !of3.some((known) => JSON.stringify(known) === JSON.stringify(one)));
    expect(of3).toEqual(of2.filter((one) => !more.includes(one)));
    expect(more).toEqual([
      {
        Effect: 'Allow',
        Action: ['fc:InvokeFunction'],
        Resource: ['acs:fc:cn-hangzhou:1234567890:services/failover*/functions/failover-advance'],
      },
    ]);
  });

  it.each(['ALIYUN::OSS::Bucket', 'ALIYUN::SLS::Project', 'ALIYUN::SLS::Logstore'])('share %s', (type) => {
    expect(three(type)).toHaveLength(1);
    expect(three(type)).toEqual(two(type));
  });
});

import { readFileSync } from 'node:fs';
import OSS from 'ali-oss';
import { strToU8, zipSync } from 'fflate';
import { fc3 } from '../support/fc';
import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ otherBuckets: ['failover-code'] });
});
afterEach(() => sim.close());

type Row = Record<string, unknown>;
const TemplateBody = readFileSync('template.yml', 'utf8');
const zip = Buffer.from(zipSync({ 'index.js': strToU8('exports.handler = async () => "hello";') }));

async function create(more: Record<string, string> = {}): Promise<string> {
  const { endpoint, accessKeyId, accessKeySecret } = sim;
  const bucket = 'failover-code';
  await new OSS({ endpoint, accessKeyId, accessKeySecret, bucket, sldEnable: true } as OSS.Options).put(
    'code.zip',
    zip,
  );
  const given = {
    CodeBucket: bucket,
    PollCode: 'code.zip',
    ReceiveCode: 'code.zip',
    AdvanceCode: 'code.zip',
    StateBucket: 'failover-state-1690700000000030',
    AlarmContactGroup: 'operators',
    ...more,
  };
  const Parameters = Object.entries(given).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  const { StackId } = await sim.call('ros', 'CreateStack', {
    StackName: 'failover',
    TemplateBody,
    Parameters,
  });
  await sim.advance(60_000);
  return String(StackId);
}

describe('the alarm of the project’s template', () => {
  const stateOf = async () => {
    const { Alarms } = await sim.call('cms', 'DescribeMetricRuleList', { RuleName: 'failover-sweep' });
    return (Alarms as { Alarm: Row[] }).Alarm[0];
  };

  it('has no data when the sweep was not started for two of its periods', async () => {
    await create();
    expect(await stateOf()).toMatchObject({
      AlertState: 'INSUFFICIENT_DATA',
      Period: '300',
      SilenceTime: 3600,
      ContactGroups: 'operators',
      NoDataPolicy: 'INSUFFICIENT_DATA',
      Resources: '[{"region":"cn-hangzhou","functionName":"failover-poll"}]',
    });
    expect((await fc3(sim, 'POST', '/functions/failover-poll/invocations', '{}')).status).toBe(200);
    expect(await stateOf()).toMatchObject({ AlertState: 'OK' });
    await sim.advance(599_000);
    expect(await stateOf()).toMatchObject({ AlertState: 'OK' });
    await sim.advance(1_000);
    expect(await stateOf()).toMatchObject({ AlertState: 'INSUFFICIENT_DATA' });
  });
});

describe('the project’s template in a network', () => {
  it('gives the functions the network, and the role leave to be in it', async () => {
    const network = { VpcId: 'vpc-bp1', VSwitchIds: 'vsw-bp1a,vsw-bp1b', SecurityGroupId: 'sg-bp1' };
    const StackId = await create(network);
    expect(await sim.call('ros', 'GetStack', { StackId })).toMatchObject({ Status: 'CREATE_COMPLETE' });
    const { body } = await fc3(sim, 'GET', '/functions/failover-poll');
    expect(body.vpcConfig).toEqual({
      vpcId: 'vpc-bp1',
      vSwitchIds: ['vsw-bp1a', 'vsw-bp1b'],
      securityGroupId: 'sg-bp1',
    });
    const { Policies } = await sim.call('ram', 'ListPoliciesForRole', { RoleName: 'failover-functions' });
    expect((Policies as { Policy: Row[] }).Policy.map(({ PolicyName }) => PolicyName)).toEqual([
      'failover-functions',
      'AliyunECSNetworkInterfaceManagementAccess',
    ]);
  });
});

describe.each(['fc3', 'fc2'])('the template of the project, for %s', (Generation) => {
  it('is made, stays the same, and goes, but for the journals', async () => {
    const StackId = await create({ Generation });
    expect(await sim.call('ros', 'GetStack', { StackId })).toMatchObject({
      Status: 'CREATE_COMPLETE',
      StatusReason: 'Stack CREATE completed successfully',
    });
    const params = { StackId, TemplateBody, UsePreviousParameters: 'true' };
    const { Stack } = await sim.call('ros', 'PreviewStack', params);
    expect(new Set((Stack as { Resources: Row[] }).Resources.map(({ Action }) => Action))).toEqual(
      new Set(['None']),
    );
    const { Role } = await sim.call('ram', 'GetRole', { RoleName: 'failover-functions' });
    expect(Role).toMatchObject({ Arn: 'acs:ram::1690700000000030:role/failover-functions' });
    const { Alarms } = await sim.call('cms', 'DescribeMetricRuleList', { RuleName: 'failover-sweep' });
    expect(Alarms).toMatchObject({ Alarm: [{ RuleName: 'failover-sweep' }] });
    await sim.call('ros', 'DeleteStack', { StackId });
    await sim.advance(60_000);
    expect(await sim.call('ros', 'GetStack', { StackId })).toMatchObject({ Status: 'DELETE_COMPLETE' });
    const { endpoint, accessKeyId, accessKeySecret } = sim;
    const { buckets } = (await new OSS({ endpoint, accessKeyId, accessKeySecret }).listBuckets(
      {},
    )) as unknown as { buckets: Row[] };
    expect(buckets.map(({ name }) => name)).toContain('failover-state-1690700000000030');
  });
});

import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator();
});
afterEach(() => sim.close());

const trust = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['fc.aliyuncs.com'] } }],
};
const reads = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: ['ecs:DescribeInstances'], Resource: '*' }],
};
const makeRole = (more: Record<string, unknown> = {}) =>
  sim.call('ram', 'CreateRole', {
    RoleName: 'Watcher',
    AssumeRolePolicyDocument: JSON.stringify(trust),
    ...more,
  });
const makePolicy = () =>
  sim.call('ram', 'CreatePolicy', { PolicyName: 'watcher', PolicyDocument: JSON.stringify(reads) });
const attachment = { RoleName: 'Watcher', PolicyType: 'Custom', PolicyName: 'watcher' };

describe('a role', () => {
  it('is shown with its trust policy as text', async () => {
    await makeRole({ Description: 'Looks on', MaxSessionDuration: 7200 });
    expect(await sim.call('ram', 'GetRole', { RoleName: 'watcher' })).toMatchObject({
      Role: {
        RoleName: 'Watcher',
        Arn: 'acs:ram::1690700000000030:role/watcher',
        Description: 'Looks on',
        MaxSessionDuration: 7200,
        CreateDate: '2026-11-17T07:10:00Z',
        AssumeRolePolicyDocument: JSON.stringify(trust),
      },
    });
    expect(await sim.codeOf(makeRole())).toBe('EntityAlreadyExists.Role');
  });

  it('goes only when its policies are off', async () => {
    await makeRole();
    await makePolicy();
    await sim.call('ram', 'AttachPolicyToRole', attachment);
    expect(await sim.codeOf(sim.call('ram', 'AttachPolicyToRole', attachment))).toBe(
      'EntityAlreadyExists.Role.Policy',
    );
    expect(await sim.codeOf(sim.call('ram', 'DeleteRole', { RoleName: 'Watcher' }))).toBe(
      'DeleteConflict.Role.Policy',
    );
    expect(await sim.codeOf(sim.call('ram', 'DeletePolicy', { PolicyName: 'watcher' }))).toBe(
      'DeleteConflict.Policy.Role',
    );
    await sim.call('ram', 'DetachPolicyFromRole', attachment);
    await sim.call('ram', 'DeletePolicy', { PolicyName: 'watcher' });
    await sim.call('ram', 'DeleteRole', { RoleName: 'Watcher' });
    expect(await sim.codeOf(sim.call('ram', 'GetRole', { RoleName: 'Watcher' }))).toBe('EntityNotExist.Role');
    expect((await sim.knock('GET', '/writes')).writes).toMatchObject([
      { product: 'ram', action: 'CreateRole', outcome: 'done' },
      { product: 'ram', action: 'CreatePolicy', outcome: 'done' },
      { action: 'AttachPolicyToRole', outcome: 'done' },
      { action: 'AttachPolicyToRole', outcome: 'refused' },
      { action: 'DeleteRole', outcome: 'refused' },
      { action: 'DeletePolicy', outcome: 'refused' },
      { action: 'DetachPolicyFromRole', outcome: 'done' },
      { action: 'DeletePolicy', outcome: 'done' },
      { action: 'DeleteRole', outcome: 'done' },
    ]);
  });

  it('of a service is made on demand, once, for services that have one', async () => {
    const make = (ServiceName: string) =>
      sim.call('resourcemanager', 'CreateServiceLinkedRole', { ServiceName });
    expect(await make('sendevent-fc.eventbridge.aliyuncs.com')).toMatchObject({
      Role: { RoleName: 'AliyunServiceRoleForEventBridgeSendToFC', IsServiceLinkedRole: true },
    });
    expect(await sim.codeOf(make('sendevent-fc.eventbridge.aliyuncs.com'))).toBe('EntityAlreadyExists.Role');
    expect(await sim.codeOf(make('nobody.aliyuncs.com'))).toBe('InvalidParameter.ServiceName');
  });
});

describe('a policy', () => {
  it('is shown with the version that holds, and with the roles that have it', async () => {
    await makeRole();
    await makePolicy();
    await sim.call('ram', 'AttachPolicyToRole', attachment);
    const { Policies } = await sim.call('ram', 'ListPoliciesForRole', { RoleName: 'Watcher' });
    expect(Policies).toEqual({
      Policy: [
        {
          PolicyName: 'watcher',
          PolicyType: 'Custom',
          Description: '',
          DefaultVersion: 'v1',
          AttachDate: '2026-11-17T07:10:00Z',
        },
      ],
    });
    expect(await sim.call('ram', 'GetPolicy', attachment)).toMatchObject({
      Policy: { PolicyName: 'watcher', AttachmentCount: 1 },
      DefaultPolicyVersion: { VersionId: 'v1', PolicyDocument: JSON.stringify(reads) },
    });
    const version = (VersionId: string) => sim.call('ram', 'GetPolicyVersion', { ...attachment, VersionId });
    expect(await version('v1')).toMatchObject({ PolicyVersion: { IsDefaultVersion: true } });
    expect(await sim.codeOf(version('v2'))).toBe('EntityNotExist.Policy.Version');
  });

  it.each(['{}', 'text', '{"Version":"1","Statement":[{"Effect":"Maybe","Action":"*","Resource":"*"}]}'])(
    'is refused as %s',
    async (PolicyDocument) => {
      const made = sim.call('ram', 'CreatePolicy', { PolicyName: 'odd', PolicyDocument });
      expect(await sim.codeOf(made)).toBe('InvalidParameter.PolicyDocument');
    },
  );
});

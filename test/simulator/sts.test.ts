import { startSimulator, type Keys, type Simulator } from '../support/simulator';

const account = '1690700000000030';
const other = '2690700000000040';
const trusting = (principal: Record<string, string[]>, condition?: object) => ({
  Version: '1' as const,
  Statement: [
    {
      Effect: 'Allow' as const,
      Action: 'sts:AssumeRole',
      Principal: principal,
      ...(condition && { Condition: condition as Record<string, Record<string, string[]>> }),
    },
  ],
});
const everything = {
  Version: '1' as const,
  Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }],
};
const hub = `acs:ram::${account}:role/hub`;

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({
    roles: [
      { name: 'hub', trust: trusting({ RAM: [`acs:ram::${account}:root`] }), policies: [everything] },
      { name: 'functions', trust: trusting({ Service: ['fc.aliyuncs.com'] }) },
      {
        name: 'long',
        trust: trusting({ RAM: [`acs:ram::${account}:user/operator`] }),
        policies: [everything],
        maxSessionSeconds: 7200,
      },
    ],
    others: [
      {
        account: other,
        region: 'cn-beijing',
        instances: [{ id: 'i-2ze0000001', zone: 'cn-beijing-a', privateIp: '10.9.0.1' }],
        roles: [
          {
            name: 'target',
            trust: trusting({ RAM: [hub] }, { StringEquals: { 'sts:ExternalId': ['team-web'] } }),
            policies: [everything],
          },
        ],
      },
      { account: other, region: 'cn-hangzhou' },
    ],
  });
});
afterEach(() => sim.close());

const ask = (params: Record<string, unknown>, call = sim.call) =>
  call('sts', 'AssumeRole', { RoleArn: hub, RoleSessionName: 'fo', ...params });
const keysOf = async (params: Record<string, unknown> = {}, call = sim.call): Promise<Keys> => {
  const { Credentials } = (await ask(params, call)) as { Credentials: Record<string, string> };
  return {
    accessKeyId: Credentials.AccessKeyId!,
    accessKeySecret: Credentials.AccessKeySecret!,
    securityToken: Credentials.SecurityToken!,
  };
};

describe('AssumeRole', () => {
  it('answers keys that last an hour by the cloud, and who they are', async () => {
    expect(await ask({})).toMatchObject({
      AssumedRoleUser: {
        Arn: `acs:ram::${account}:role/hub/fo`,
        AssumedRoleId: expect.stringMatching(/^3\d{16}:fo$/) as string,
      },
      Credentials: {
        AccessKeyId: expect.stringMatching(/^STS\./) as string,
        Expiration: '2026-11-17T08:10:00Z',
      },
    });
    const session = sim.as(await keysOf());
    await session('ecs', 'DescribeInstances');
    await sim.advance(3_600_000);
    expect(await sim.codeOf(session('ecs', 'DescribeInstances'))).toBe('InvalidSecurityToken.Expired');
  });

  it('gives as much time as the role allows and not more', async () => {
    expect(await ask({ DurationSeconds: 900 })).toMatchObject({
      Credentials: { Expiration: '2026-11-17T07:25:00Z' },
    });
    const long = `acs:ram::${account}:role/long`;
    expect(await ask({ RoleArn: long, DurationSeconds: 7200 })).toMatchObject({
      Credentials: { Expiration: '2026-11-17T09:10:00Z' },
    });
    for (const [RoleArn, DurationSeconds] of [
      [hub, 899],
      [hub, 3601],
      [long, 7201],
    ]) {
      expect(await sim.codeOf(ask({ RoleArn, DurationSeconds }))).toBe('InvalidParameter.DurationSeconds');
    }
  });

  it.each([
    ['InvalidParameter.RoleArn', { RoleArn: 'role/hub' }],
    ['EntityNotExist.Role', { RoleArn: `acs:ram::${account}:role/nobody` }],
    ['EntityNotExist.Role', { RoleArn: 'acs:ram::3690700000000050:role/target' }],
    ['InvalidParameter.RoleSessionName', { RoleSessionName: 'a b' }],
    ['InvalidParameter.PolicyGrammar', { Policy: '{"Version":"1"}' }],
    ['MissingParameter', { RoleSessionName: '' }],
    ['NoPermission', { RoleArn: `acs:ram::${account}:role/functions` }],
  ])('answers %s to %j', async (code, params) => {
    expect(await sim.codeOf(ask(params))).toBe(code);
  });

  it('reaches a role of another account that trusts the caller and hears the external id', async () => {
    const session = sim.as(await keysOf());
    const target = { RoleArn: `acs:ram::${other}:role/target`, ExternalId: 'team-web' };
    const there = sim.as(await keysOf(target, session));
    const { Instances } = (await there('ecs', 'DescribeInstances', { RegionId: 'cn-beijing' })) as {
      Instances: { Instance: { InstanceId: string }[] };
    };
    expect(Instances.Instance.map(({ InstanceId }) => InstanceId)).toEqual(['i-2ze0000001']);
    expect(await there('ecs', 'DescribeInstances', { RegionId: 'cn-hangzhou' })).toMatchObject({
      TotalCount: 0,
    });
    expect(await sim.codeOf(ask({ ...target, ExternalId: 'team-db' }, session))).toBe('NoPermission');
    expect(await sim.codeOf(ask({ RoleArn: target.RoleArn }, session))).toBe('NoPermission');
    expect(await sim.codeOf(ask(target))).toBe('NoPermission');
  });
});

describe('GetCallerIdentity', () => {
  it('tells a user from a session of a role', async () => {
    expect(await sim.call('sts', 'GetCallerIdentity')).toMatchObject({
      IdentityType: 'RAMUser',
      AccountId: account,
      Arn: `acs:ram::${account}:user/operator`,
      UserId: '2030000000007096',
      PrincipalId: '2030000000007096',
    });
    const identity = await sim.as(await keysOf())('sts', 'GetCallerIdentity');
    expect(identity).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      AccountId: account,
      Arn: `acs:ram::${account}:assumed-role/hub/fo`,
      PrincipalId: `${String(identity.RoleId)}:fo`,
    });
    expect(identity.UserId).toBeUndefined();
  });
});

describe('another account at the same address', () => {
  it('has its own key, its own things, and the same time', async () => {
    const there = sim.as({ accessKeyId: `LTAI5t${other}`, accessKeySecret: 'simulator-secret-0001' });
    expect(await there('sts', 'GetCallerIdentity')).toMatchObject({ AccountId: other });
    await sim.advance(60_000);
    expect(await sim.knock('GET', `?account=${other}&region=cn-hangzhou`)).toMatchObject({
      account: other,
      region: 'cn-hangzhou',
      now: Date.parse('2026-11-17T07:11:00Z'),
    });
  });
});

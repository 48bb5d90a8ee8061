import OSS from 'ali-oss';
import { mnsClient, nameOf } from '../support/mns';
import { startSimulator, type Keys, type Simulator } from '../support/simulator';
import { smallFleet, web1, web2 } from '../support/fleet';

const account = '1690700000000030';
type Statement = { Effect: 'Allow' | 'Deny'; Action: string[]; Resource: string[]; Condition?: Condition };
type Condition = Record<string, Record<string, string[]>>;

let sim: Simulator;
afterEach(() => sim.close());

/** A session of a role that has these statements. */
async function sessionOf(...Statement: Statement[]): Promise<Keys> {
  const trust = {
    Version: '1' as const,
    Statement: [{ Effect: 'Allow' as const, Action: 'sts:AssumeRole', Principal: { RAM: ['*'] } }],
  };
  const policies = [{ Version: '1' as const, Statement }];
  sim = await startSimulator({
    ...smallFleet,
    queues: [{ name: 'runs' }],
    loadBalancers: [{ id: 'lb-bp1web0000001', defaultGroup: [{ server: web1 }, { server: web2 }] }],
    roles: [{ name: 'watcher', trust, policies }],
  });
  return assume();
}

const callerWith = async (...statements: Statement[]) => {
  const keys = await sessionOf(...statements);
  return sim.as(keys);
};

async function assume(more: object = {}): Promise<Keys> {
  const { Credentials } = await sim.call('sts', 'AssumeRole', {
    RoleArn: `acs:ram::${account}:role/watcher`,
    RoleSessionName: 'fo',
    ...more,
  });
  const { AccessKeyId, AccessKeySecret, SecurityToken } = Credentials as Record<string, string>;
  return { accessKeyId: AccessKeyId!, accessKeySecret: AccessKeySecret!, securityToken: SecurityToken! };
}

const allow = (Action: string[], Resource: string[] = ['*'], Condition?: Condition): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const instance = (id: string) => `acs:ecs:cn-hangzhou:${account}:instance/${id}`;
const stop = (keys: Keys, InstanceId: string) =>
  sim.codeOf(sim.as(keys)('ecs', 'StopInstance', { InstanceId }));

describe('keys of a role’s session', () => {
  it('do what a policy allows, and nothing else', async () => {
    const call = await callerWith(allow(['ecs:Describe*']));
    await call('ecs', 'DescribeInstances');
    await expect(call('ecs', 'StopInstance', { InstanceId: web1 })).rejects.toMatchObject({
      code: 'Forbidden.RAM',
      data: {
        AccessDeniedDetail: {
          AuthAction: 'ecs:StopInstance',
          AuthPrincipalDisplayName: 'watcher:fo',
          NoPermissionType: 'ImplicitDeny',
        },
      },
    });
    expect((await sim.knock('GET', '/writes')).writes).toMatchObject([
      { action: 'StopInstance', outcome: 'refused', code: 'Forbidden.RAM' },
    ]);
  });

  it('are held to the resources of a statement', async () => {
    const keys = await sessionOf(allow(['ecs:StopInstance'], [instance(web1)]));
    expect(await stop(keys, web2)).toBe('Forbidden.RAM');
    expect(await stop(keys, web1)).toBeUndefined();
  });

  it('are held to the tags of an instance', async () => {
    const tagged = { StringEquals: { 'ecs:tag/failover': ['enabled'] } };
    const keys = await sessionOf(allow(['ecs:StopInstance'], [instance('*')], tagged));
    expect(await stop(keys, web1)).toBe('Forbidden.RAM');
    const Tag = [{ Key: 'failover', Value: 'enabled' }];
    await sim.call('ecs', 'TagResources', { ResourceType: 'instance', ResourceId: [web1], Tag });
    expect(await stop(keys, web1)).toBeUndefined();
  });

  it('may not do what is denied anywhere', async () => {
    const keys = await sessionOf(allow(['*']), {
      Effect: 'Deny',
      Action: ['ecs:Stop*'],
      Resource: [instance(web1)],
    });
    expect(await stop(keys, web1)).toBe('Forbidden.RAM');
    expect(await stop(keys, web2)).toBeUndefined();
  });

  it('may do less with a policy of the session’s own, and never more', async () => {
    await sessionOf(allow(['ecs:*']));
    const Policy = JSON.stringify({ Version: '1', Statement: [allow(['ecs:Describe*', 'slb:*'])] });
    const keys = await assume({ Policy });
    const call = sim.as(keys);
    await call('ecs', 'DescribeInstances');
    expect(await stop(keys, web1)).toBe('Forbidden.RAM');
    expect(await sim.codeOf(call('slb', 'DescribeLoadBalancers'))).toBe('Forbidden.RAM');
  });

  it('follow a policy that is changed, and lose all with a role that is gone', async () => {
    const call = await callerWith(allow(['ecs:*']));
    await call('ecs', 'DescribeInstances');
    const attachment = { RoleName: 'watcher', PolicyType: 'Custom', PolicyName: 'watcher-1' };
    await sim.call('ram', 'DetachPolicyFromRole', attachment);
    expect(await sim.codeOf(call('ecs', 'DescribeInstances'))).toBe('Forbidden.RAM');
    await sim.call('ram', 'DeleteRole', { RoleName: 'watcher' });
    expect(await sim.codeOf(call('ecs', 'DescribeInstances'))).toBe('Forbidden.RAM');
  });

  it('need the load balancer and the servers for a write to its backends', async () => {
    const write = {
      LoadBalancerId: 'lb-bp1web0000001',
      BackendServers: JSON.stringify([{ ServerId: web1, Weight: 0 }]),
    };
    const balancer = `acs:slb:*:${account}:loadbalancer/*`;
    const half = await callerWith(allow(['slb:SetBackendServers'], [balancer]));
    expect(await sim.codeOf(half('slb', 'SetBackendServers', write))).toBe('Forbidden.RAM');
    await sim.close();
    const whole = await callerWith(allow(['slb:SetBackendServers'], [balancer, instance('*')]));
    expect(await sim.codeOf(whole('slb', 'SetBackendServers', write))).toBeUndefined();
  });

  it('need the command beside the instance to run one', async () => {
    const command = `acs:ecs:*:${account}:command/*`;
    const run = { Type: 'RunShellScript', CommandContent: 'true', InstanceId: [web1] };
    const half = await callerWith(allow(['ecs:RunCommand'], [instance('*')]));
    expect(await sim.codeOf(half('ecs', 'RunCommand', run))).toBe('Forbidden.RAM');
    await sim.close();
    const whole = await callerWith(allow(['ecs:RunCommand'], [instance('*'), command]));
    expect(await sim.codeOf(whole('ecs', 'RunCommand', run))).toBeUndefined();
  });

  it('know CloudMonitor’s queries under RAM’s own names', async () => {
    const query = { Namespace: 'acs_ecs_dashboard', MetricName: 'net_tcpconnection' };
    const call = await callerWith(allow(['cms:QueryMetricList']));
    await call('cms', 'DescribeMetricList', query);
    expect(await sim.codeOf(call('cms', 'DescribeMetricLast', query))).toBe('AccessForbidden');
  });

  it('may always ask who they are', async () => {
    const call = await callerWith(allow(['ecs:Describe*']));
    expect(await call('sts', 'GetCallerIdentity')).toMatchObject({ IdentityType: 'AssumedRoleUser' });
    expect(await sim.codeOf(call('ros', 'ListStacks'))).toBe('NoPermission');
  });
});

describe('a call that names an event', () => {
  const accept = async (ramKnowsInstanceOfEvent: boolean) => {
    const keys = await sessionOf(allow(['ecs:AcceptInquiredSystemEvent'], [instance('*')]));
    await sim.knock('PUT', '/switches', { ramKnowsInstanceOfEvent });
    const { eventId } = await sim.knock('POST', '/events', {
      instanceId: web1,
      code: 'SystemMaintenance.Redeploy',
      status: 'Inquiring',
    });
    return sim.codeOf(sim.as(keys)('ecs', 'AcceptInquiredSystemEvent', { EventId: eventId }));
  };

  it('touches no instance, or the event’s, as the switch says', async () => {
    expect(await accept(false)).toBe('Forbidden.RAM');
    await sim.close();
    expect(await accept(true)).not.toBe('Forbidden.RAM');
  });
});

describe('MNS and OSS', () => {
  it('let a session have the messages of a queue and not the queue', async () => {
    const messages = `acs:mns:cn-hangzhou:${account}:/queues/runs/messages`;
    const keys = await sessionOf(allow(['mns:SendMessage', 'mns:GetQueueAttributes'], [messages]));
    const client = mnsClient(sim, keys);
    await client.sendMessage('runs', { MessageBody: 'hello' });
    expect(await nameOf(client.getQueueAttributes('runs'))).toBe('MNSAccessDeniedError');
    expect(await nameOf(client.receiveMessage('runs'))).toBe('MNSAccessDeniedError');
  });

  it('let a session have the keys below a prefix', async () => {
    const objects = 'acs:oss:*:*:failover-state/journals/*';
    const keys = await sessionOf(allow(['oss:PutObject', 'oss:GetObject'], [objects]));
    const { accessKeyId, accessKeySecret, securityToken } = keys;
    const client = new OSS({
      endpoint: sim.endpoint,
      bucket: sim.bucket,
      accessKeyId,
      accessKeySecret,
      stsToken: securityToken!,
      sldEnable: true,
      refreshSTSToken: () => Promise.resolve({ accessKeyId, accessKeySecret, stsToken: securityToken! }),
    } as OSS.Options);
    await client.put('journals/one', Buffer.from('line'));
    await client.append('journals/two', Buffer.from('line'));
    await expect(client.put('playbooks/one.yml', Buffer.from(''))).rejects.toMatchObject({
      code: 'AccessDenied',
      status: 403,
    });
    await expect(client.delete('journals/one')).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(client.list({ 'max-keys': 1 }, {})).rejects.toMatchObject({ code: 'AccessDenied' });
  });
});

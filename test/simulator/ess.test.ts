import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const web3 = 'i-bp1web0000000000003';
const group = 'asg-bp1web00000000001';
const start = Date.parse('2026-11-17T07:10:00Z');

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({
    instances: [web1, web2, web3].map((id) => ({ id, zone: 'cn-hangzhou-h' })),
    scalingGroups: [
      { id: group, members: [{ instance: web1 }, { instance: web2, autoCreated: false, protected: true }] },
      { id: 'asg-bp1asleep0000001', lifecycle: 'Inactive', members: [{ instance: web3 }] },
    ],
  });
});
afterEach(() => sim.close());

type Row = Record<string, unknown>;
const instances = async (params: Row = {}) =>
  (await sim.call('ess', 'DescribeScalingInstances', params)).ScalingInstances as Row[];
const activities = async (params: Row = {}) =>
  (await sim.call('ess', 'DescribeScalingActivities', { ScalingGroupId: group, ...params }))
    .ScalingActivities as Row[];
const protect = (id: string, on: boolean, params: Row = {}) =>
  sim.call('ess', 'SetInstancesProtection', {
    ScalingGroupId: group,
    InstanceIds: [id],
    ProtectedFromScaleIn: on,
    ...params,
  });
const memberOf = async (id: string) => {
  const { scalingGroups } = (await sim.knock('GET', '/state')) as { scalingGroups: { members: Row[] }[] };
  return scalingGroups.flatMap(({ members }) => members).find(({ instanceId }) => instanceId === id);
};

describe('DescribeScalingInstances', () => {
  it('tells which group owns an instance and how it stands there', async () => {
    expect(await instances({ InstanceIds: [web2] })).toMatchObject([
      { InstanceId: web2, ScalingGroupId: group, LifecycleState: 'Protected', CreationType: 'Attached' },
    ]);
    expect(await instances({ ScalingGroupId: group, LifecycleState: 'InService' })).toMatchObject([
      { InstanceId: web1, HealthStatus: 'Healthy', CreationType: 'AutoCreated' },
    ]);
  });

  it('leaves out an instance that is in no group', async () => {
    expect(await instances({ InstanceIds: ['i-bp1alone'] })).toEqual([]);
  });

  it('has other names in the version before', async () => {
    const answer = await sim.call('ess-2014', 'DescribeScalingInstances', { InstanceId: [web1] });
    expect(answer).toMatchObject({
      TotalCount: 1,
      ScalingInstances: { ScalingInstance: [{ InstanceId: web1 }] },
    });
  });

  it('does not know other groups', async () => {
    const call = sim.call('ess', 'DescribeScalingInstances', { ScalingGroupId: 'asg-other' });
    expect(await sim.codeOf(call)).toBe('InvalidScalingGroupId.NotFound');
  });
});

describe('a member that is not Running', () => {
  const stop = (id: string) => sim.knock('PATCH', `/instances/${id}`, { status: 'Stopped' });

  it('is given up by its group after half a minute', async () => {
    await stop(web1);
    await sim.advance(29_000);
    expect(await instances({ InstanceIds: [web1] })).toMatchObject([{ HealthStatus: 'Unhealthy' }]);
    await sim.advance(1_000);
    expect(await instances({ InstanceIds: [web1] })).toEqual([]);
    expect(await memberOf(web1)).toMatchObject({ replacedAt: start + 30_000 });
    expect(await sim.codeOf(protect(web1, true))).toBe('InvalidInstanceId.NotFound');
  });

  it('is given up for a restart that takes longer', async () => {
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.advance(600_000);
    expect(await memberOf(web1)).toMatchObject({ replacedAt: start + 30_000 });
  });

  it('stays while it is protected, and is given up when the protection ends too early', async () => {
    await stop(web2);
    await sim.advance(3_600_000);
    expect(await memberOf(web2)).toMatchObject({ lifecycle: 'Protected', replacedAt: null });
    await protect(web2, false);
    await sim.advance(60_000);
    expect(await memberOf(web2)).toMatchObject({ replacedAt: start + 3_630_000 });
  });

  it('stays when it runs again before the protection ends', async () => {
    await sim.call('ecs', 'RebootInstance', { InstanceId: web2 });
    await sim.advance(600_000);
    await protect(web2, false);
    await sim.advance(600_000);
    expect(await memberOf(web2)).toMatchObject({ lifecycle: 'InService', replacedAt: null });
  });

  it('stays in a group that is not active', async () => {
    await stop(web3);
    await sim.advance(3_600_000);
    expect(await memberOf(web3)).toMatchObject({ replacedAt: null });
  });
});

describe('SetInstancesProtection', () => {
  it('protects and lays open, in both versions', async () => {
    await protect(web1, true);
    expect(await memberOf(web1)).toMatchObject({ lifecycle: 'Protected' });
    await sim.call('ess-2014', 'SetInstancesProtection', {
      ScalingGroupId: group,
      InstanceId: [web1],
      ProtectedFromScaleIn: false,
    });
    expect(await memberOf(web1)).toMatchObject({ lifecycle: 'InService' });
    const { writes } = (await sim.knock('GET', '/writes')) as { writes: Row[] };
    expect(writes).toMatchObject([
      { product: 'ess', action: 'SetInstancesProtection', target: web1 },
      { product: 'ess', action: 'SetInstancesProtection', target: web1 },
    ]);
  });

  it.each([
    ['MissingParameter', { ProtectedFromScaleIn: '' }],
    ['InvalidParameter', { InstanceIds: [] }],
    ['InvalidInstanceId.NotFound', { InstanceIds: [web3] }],
    ['InvalidScalingGroupId.NotFound', { ScalingGroupId: 'asg-other' }],
    ['IncorrectScalingGroupStatus', { ScalingGroupId: 'asg-bp1asleep0000001', InstanceIds: [web3] }],
  ])('answers %s to %j', async (code, params) => {
    expect(await sim.codeOf(protect(web1, true, params))).toBe(code);
  });
});

describe('DescribeScalingActivities', () => {
  it('shows an activity from its beginning to its end', async () => {
    expect(await activities()).toEqual([]);
    const { id } = await sim.knock('PUT', `/scaling-groups/${group}/activity`, { seconds: 120 });
    expect((await sim.knock('GET', '/next')).at).toBe(start + 120_000);
    expect(await activities({ StatusCode: 'InProgress' })).toMatchObject([
      {
        ScalingActivityId: id,
        ScalingGroupId: group,
        StatusCode: 'InProgress',
        StartTime: '2026-11-17T07:10Z',
      },
    ]);
    await sim.advance(120_000);
    expect(await activities({ StatusCode: 'InProgress' })).toEqual([]);
    expect(await activities()).toMatchObject([{ StatusCode: 'Successful', EndTime: '2026-11-17T07:12Z' }]);
  });

  it('ends it when the front door says so', async () => {
    await sim.knock('PUT', `/scaling-groups/${group}/activity`, { seconds: 3600 });
    await sim.knock('PUT', `/scaling-groups/${group}/activity`, { seconds: 0 });
    expect(await activities({ StatusCode: 'InProgress' })).toEqual([]);
  });

  it('nests its list in the version before', async () => {
    await sim.knock('PUT', `/scaling-groups/${group}/activity`, { seconds: 60 });
    const answer = await sim.call('ess-2014', 'DescribeScalingActivities', { ScalingGroupId: group });
    expect(answer).toMatchObject({ ScalingActivities: { ScalingActivity: [{ StatusCode: 'InProgress' }] } });
  });
});

describe('Standby', () => {
  const shop = 'asg-bp1shop0000000001';
  beforeEach(async () => {
    await sim.close();
    sim = await startSimulator({
      instances: [web1, web2].map((id) => ({ id, zone: 'cn-hangzhou-h' })),
      loadBalancers: [
        {
          id: 'lb-bp1web0000001',
          healthCheckSeconds: 10,
          listeners: [{ port: 80, backendPort: 8080 }],
          defaultGroup: [
            { server: web1, weight: 70 },
            { server: web2, weight: 100 },
          ],
        },
      ],
      serverGroups: [{ id: 'sgp-bp1web0000000001', servers: [{ server: web1, port: 8080, weight: 30 }] }],
      scalingGroups: [
        {
          id: shop,
          minSize: 1,
          members: [{ instance: web1 }, { instance: web2 }],
          attached: [
            { group: 'clb/lb-bp1web0000001/default', weight: 50 },
            { group: 'alb/sgp-bp1web0000000001', port: 8080, weight: 40 },
          ],
        },
      ],
    });
  });
  const standby = (action: string, params: Row = {}) =>
    sim.call('ess', action, {
      RegionId: 'cn-hangzhou',
      ScalingGroupId: shop,
      InstanceIds: [web1],
      ...params,
    });
  const weightsOf = async (id: string) => {
    const { groups } = (await sim.knock('GET', '/state')) as { groups: Row[] };
    return groups.filter(({ server }) => server === id).map(({ weight }) => weight);
  };
  const groups = async (product: 'ess' | 'ess-2014', params: Row) =>
    sim.call(product, 'DescribeScalingGroups', { RegionId: 'cn-hangzhou', ...params });

  it('takes the weight away in every attached group, and of this member only', async () => {
    expect(await standby('EnterStandby')).toMatchObject({ ScalingActivityId: '' });
    expect(await weightsOf(web1)).toEqual([0, 0]);
    expect(await weightsOf(web2)).toEqual([100]);
    expect(await memberOf(web1)).toMatchObject({ lifecycle: 'Standby' });
  });

  it('keeps a member that stops, and lets go of it when it comes back too early', async () => {
    await standby('EnterStandby');
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Stopped' });
    await sim.advance(3_600_000);
    expect(await memberOf(web1)).toMatchObject({ replacedAt: null });
    await standby('ExitStandby');
    await sim.advance(60_000);
    expect(await memberOf(web1)).toMatchObject({ replacedAt: start + 3_630_000 });
  });

  it('ends with the weight that the scaling group is configured with, not with the one from before', async () => {
    await standby('EnterStandby');
    await sim.knock('PATCH', `/scaling-groups/${shop}`, { group: 'alb/sgp-bp1web0000000001', weight: 45 });
    await standby('ExitStandby');
    expect(await weightsOf(web1)).toEqual([50, 45]);
    expect(await memberOf(web1)).toMatchObject({ lifecycle: 'InService' });
  });

  it('changes nothing when it is asked for again, and answers the same to the same ClientToken', async () => {
    const asked = { ClientToken: 'once', Async: true };
    const first = await standby('EnterStandby', asked);
    expect(await standby('EnterStandby', asked)).toMatchObject({
      ScalingActivityId: first.ScalingActivityId,
    });
    await standby('EnterStandby');
    await standby('ExitStandby');
    await standby('ExitStandby');
    expect(await weightsOf(web1)).toEqual([50, 40]);
  });

  it('leaves an activity behind when it is asked for with Async, which can be asked about by its id', async () => {
    const { ScalingActivityId } = await standby('EnterStandby', { Async: true });
    const named = { RegionId: 'cn-hangzhou', ScalingActivityIds: [ScalingActivityId] };
    expect(await sim.call('ess', 'DescribeScalingActivities', named)).toMatchObject({
      TotalCount: 1,
      ScalingActivities: [
        { ScalingActivityId, ScalingGroupId: shop, StatusCode: 'Successful', Progress: 100 },
      ],
    });
    const none = { ScalingActivityIds: ['asa-other'] };
    expect(await sim.call('ess', 'DescribeScalingActivities', none)).toMatchObject({ TotalCount: 0 });
    expect(await sim.codeOf(sim.call('ess', 'DescribeScalingActivities'))).toBe('MissingParameter');
    expect(
      await sim.call('ess-2014', 'DescribeScalingActivities', { ScalingActivityId: [ScalingActivityId] }),
    ).toMatchObject({ ScalingActivities: { ScalingActivity: [{ ScalingActivityId }] } });
  });

  it('may take its time with Async, and lets no other activity begin meanwhile', async () => {
    await sim.close();
    sim = await startSimulator({
      instances: [web1, web2].map((id) => ({ id, zone: 'cn-hangzhou-h' })),
      scalingGroups: [{ id: shop, members: [{ instance: web1 }, { instance: web2 }] }],
      settings: { essActivitySeconds: 20 },
    });
    await standby('EnterStandby', { Async: true });
    expect(await memberOf(web1)).toMatchObject({ lifecycle: 'Standby' });
    expect(await sim.codeOf(standby('EnterStandby', { InstanceIds: [web2] }))).toBe(
      'ScalingActivityInProgress',
    );
    await sim.advance(20_000);
    expect(await standby('ExitStandby')).toMatchObject({ ScalingActivityId: '' });
  });

  it('waits for a scaling activity, and needs a member', async () => {
    await sim.knock('PUT', `/scaling-groups/${shop}/activity`, { seconds: 60 });
    expect(await sim.codeOf(standby('EnterStandby'))).toBe('ScalingActivityInProgress');
    await sim.advance(60_000);
    expect(await sim.codeOf(standby('EnterStandby', { InstanceIds: [web3] }))).toBe(
      'InvalidInstanceId.NotFound',
    );
  });

  it('shows in the capacities, beside the groups and their weights, flat and nested', async () => {
    await standby('EnterStandby');
    expect(await groups('ess', { ScalingGroupIds: [shop] })).toMatchObject({
      ScalingGroups: [
        {
          ScalingGroupId: shop,
          ActiveCapacity: 1,
          StandbyCapacity: 1,
          TotalCapacity: 2,
          MinSize: 1,
          LoadBalancerIds: ['lb-bp1web0000001'],
          LoadBalancerConfigs: [{ LoadBalancerId: 'lb-bp1web0000001', Weight: 50 }],
          ServerGroups: [{ ServerGroupId: 'sgp-bp1web0000000001', Type: 'ALB', Port: 8080, Weight: 40 }],
        },
      ],
    });
    expect(await groups('ess-2014', { ScalingGroupId: [shop] })).toMatchObject({
      ScalingGroups: {
        ScalingGroup: [
          {
            LoadBalancerIds: { LoadBalancerId: ['lb-bp1web0000001'] },
            ServerGroups: { ServerGroup: [{ Type: 'ALB' }] },
          },
        ],
      },
    });
  });

  it('may bring another instance in its place', async () => {
    await sim.knock('PUT', '/switches', { essReplacesStandby: true });
    await standby('EnterStandby');
    expect(await groups('ess', {})).toMatchObject({
      ScalingGroups: [{ TotalCapacity: 3, ActiveCapacity: 2 }],
    });
  });
});

import { openSimulatedWorld } from '../support/simulated-world';
import type { SimulatedWorld } from '../support/simulated-world';
import { refusalOf } from '../support/failing';
import { instance } from '../support/fleets';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const group = 'asg-bp1web00000000001';

let simulated: SimulatedWorld;
beforeEach(async () => {
  simulated = await openSimulatedWorld({
    instances: [instance(1), instance(2)],
    scalingGroups: [{ id: group, members: [{ instance: web1 }] }],
  });
});
afterEach(() => simulated.close());

const scaling = () => simulated.world.cloud.scaling;

it('tells the group of an instance, or that it has none', async () => {
  expect(await scaling().memberOf(web1)).toEqual({ group, lifecycle: 'InService' });
  expect(await scaling().memberOf(web2)).toBeUndefined();
});

it('protects a member and lays it open again', async () => {
  await scaling().setProtection(group, web1, true);
  expect(await scaling().memberOf(web1)).toEqual({ group, lifecycle: 'Protected' });
  await scaling().setProtection(group, web1, false);
  expect(await scaling().memberOf(web1)).toEqual({ group, lifecycle: 'InService' });
});

it('tells the scaling activity that is under way', async () => {
  expect(await scaling().activityIn(group)).toBeUndefined();
  const { id } = await simulated.simulator.knock('PUT', `/scaling-groups/${group}/activity`, { seconds: 60 });
  expect(await scaling().activityIn(group)).toEqual({ id, description: 'Add "1" ECS instance' });
  await simulated.advance(60);
  expect(await scaling().activityIn(group)).toBeUndefined();
});

it('asks again later when an activity stands in the way, and not when the member is gone', async () => {
  await simulated.simulator.knock('POST', '/faults', {
    name: 'refuse',
    action: 'SetInstancesProtection',
    options: { code: 'ScalingActivityInProgress' },
  });
  const busy = await refusalOf(scaling().setProtection(group, web1, true));
  expect([busy.code, busy.detail.worthRepeating]).toEqual(['ScalingActivityInProgress', true]);
  const gone = await refusalOf(scaling().setProtection(group, web2, true));
  expect([gone.code, gone.detail.worthRepeating]).toEqual(['InvalidInstanceId.NotFound', false]);
});

describe('a scaling group that registers its members', () => {
  const attached = [
    { group: 'clb/lb-bp1web0000001/default', weight: 80 },
    { group: 'clb/lb-bp1web0000001/rsp-bp1web8443', port: 8443, weight: 100 },
    { group: 'alb/sgp-bp1web000000001', port: 8080, weight: 60 },
    { group: 'nlb/sgp-bp1tcp000000001', port: 9000 },
  ];
  const known = {
    minSize: 1,
    inService: 1,
    attached: [
      attached[0],
      attached[1],
      attached[2],
      { group: 'nlb/sgp-bp1tcp000000001', port: 9000, weight: 50 },
    ],
  };
  let other: SimulatedWorld;
  beforeEach(async () => {
    other = await openSimulatedWorld({
      instances: [instance(1), instance(2)],
      scalingGroups: [{ id: group, minSize: 1, members: [{ instance: web1 }], attached }],
    });
  });
  afterEach(() => other.close());
  const told = async () => {
    const { writes } = (await other.simulator.knock('GET', '/writes')) as {
      writes: { action: string; params: object }[];
    };
    return writes.map(({ action, params }) => [
      action,
      Object.keys(params).find((name) => /^InstanceId/.test(name)),
    ]);
  };

  it.each([
    ['in the newer version of the interface', false],
    ['in the older one, at an endpoint that knows no other', true],
  ])(
    'tells where and with which weights, and puts a member into Standby and back, %s',
    async (_how, isOld) => {
      if (isOld) {
        const options = { code: 'InvalidVersion' };
        await other.simulator.knock('POST', '/faults', {
          name: 'refuse',
          action: 'DescribeScalingGroups',
          options,
        });
      }
      const { scaling } = other.world.cloud;
      expect(await scaling.group(group)).toEqual(known);
      expect(await scaling.group('asg-bp1nobody0000001')).toBeUndefined();
      await scaling.enterStandby(group, web1);
      expect(await scaling.memberOf(web1)).toEqual({ group, lifecycle: 'Standby' });
      expect(await scaling.group(group)).toMatchObject({ inService: 0 });
      await scaling.exitStandby(group, web1);
      expect(await scaling.memberOf(web1)).toEqual({ group, lifecycle: 'InService' });
      const name = isOld ? 'InstanceId.1' : 'InstanceIds.1';
      expect(await told()).toEqual([
        ['EnterStandby', name],
        ['ExitStandby', name],
      ]);
    },
  );

  it('keeps to the newer version when a call is refused for another reason', async () => {
    const { scaling } = other.world.cloud;
    const gone = await refusalOf(scaling.enterStandby(group, web2));
    expect([gone.code, gone.detail.product]).toEqual(['InvalidInstanceId.NotFound', 'ess']);
    await scaling.enterStandby(group, web1);
    expect(await told()).toContainEqual(['EnterStandby', 'InstanceIds.1']);
  });
});

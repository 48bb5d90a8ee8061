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

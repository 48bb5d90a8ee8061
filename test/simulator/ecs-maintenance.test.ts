import { smallFleet, store, web1, web2 } from '../support/fleet';
import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ ...smallFleet, bucketTraits: { 'failover-retail': { acl: 'public-read' } } });
});
afterEach(() => sim.close());

interface Attributes {
  MaintenanceAttributes: { MaintenanceAttribute: object[] };
}
async function attributesOf(id: string): Promise<object | undefined> {
  const answer = await sim.call('ecs', 'DescribeInstanceMaintenanceAttributes', { InstanceId: [id] });
  return (answer as unknown as Attributes).MaintenanceAttributes.MaintenanceAttribute[0];
}
const modify = (params: Record<string, unknown>) =>
  sim.call('ecs', 'ModifyInstanceMaintenanceAttributes', { InstanceId: [web1], ...params });

describe('maintenance attributes', () => {
  it('begin with AutoRecover and no window', async () => {
    expect(await attributesOf(web1)).toEqual({
      InstanceId: web1,
      ActionOnMaintenance: {
        Value: 'AutoRecover',
        DefaultValue: 'AutoRecover',
        SupportedValues: { SupportedValue: ['AutoRecover', 'Stop'] },
      },
      MaintenanceWindows: { MaintenanceWindow: [] },
      NotifyOnMaintenance: false,
    });
  });

  it('keep what a call leaves out', async () => {
    await modify({ MaintenanceWindow: [{ StartTime: '02:00:00', EndTime: '06:00:00' }] });
    await modify({ ActionOnMaintenance: 'Stop', NotifyOnMaintenance: true });
    expect(await attributesOf(web1)).toMatchObject({
      ActionOnMaintenance: { Value: 'Stop' },
      MaintenanceWindows: { MaintenanceWindow: [{ StartTime: '02:00:00', EndTime: '06:00:00' }] },
      NotifyOnMaintenance: true,
    });
    expect(await attributesOf(web2)).toMatchObject({ ActionOnMaintenance: { Value: 'AutoRecover' } });
  });

  it('offer AutoRedeploy to instances with local disks alone', async () => {
    expect(await sim.codeOf(modify({ ActionOnMaintenance: 'AutoRedeploy' }))).toBe('InvalidParameter');
    await modify({ InstanceId: [store], ActionOnMaintenance: 'AutoRedeploy' });
    expect(await attributesOf(store)).toMatchObject({ ActionOnMaintenance: { Value: 'AutoRedeploy' } });
  });

  it.each([
    ['has only one end', [{ StartTime: '02:00:00' }]],
    ['is not on the hour', [{ StartTime: '02:30:00', EndTime: '06:00:00' }]],
    ['has no length', [{ StartTime: '02:00:00', EndTime: '02:00:00' }]],
    [
      'is one of two',
      [
        { StartTime: '02:00:00', EndTime: '06:00:00' },
        { StartTime: '12:00:00', EndTime: '13:00:00' },
      ],
    ],
  ])('refuse a window that %s', async (_what, MaintenanceWindow) => {
    expect(await sim.codeOf(modify({ MaintenanceWindow }))).toBe('InvalidParameter');
  });

  it('are not there for an instance that is not', async () => {
    expect(await sim.codeOf(modify({ InstanceId: ['i-nobody'] }))).toBe('InvalidInstanceId.NotFound');
  });
});

describe('DescribeInstanceRamRole', () => {
  it('leaves out instances without a role', async () => {
    const answer = await sim.call('ecs', 'DescribeInstanceRamRole', {
      InstanceIds: JSON.stringify([web1, web2]),
    });
    expect(answer).toMatchObject({
      TotalCount: 1,
      InstanceRamRoleSets: {
        InstanceRamRoleSet: [{ InstanceId: web1, RamRoleName: 'backup-writer' }],
      },
    });
  });

  it('wants instances or a role', async () => {
    expect(await sim.codeOf(sim.call('ecs', 'DescribeInstanceRamRole'))).toBe('MissingParameter');
  });
});

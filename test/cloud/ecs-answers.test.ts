import { refusalOf } from '../support/failing';
import { instance } from '../support/fleets';
import { openSimulatedWorld } from '../support/simulated-world';
import type { SimulatedWorld } from '../support/simulated-world';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';

let simulated: SimulatedWorld;
beforeEach(async () => {
  simulated = await openSimulatedWorld({
    start: '2026-11-17T07:10:00Z',
    instances: [instance(1), instance(2, { dedicatedHost: 'dh-bp1host00000001' })],
    switches: { stopsInEconomicalMode: true, noStockAfterEconomicalStop: true },
  });
});
afterEach(() => simulated.close());

const announce = (instanceId = web1) =>
  simulated.simulator.knock('POST', '/events', { instanceId, code: 'SystemMaintenance.Redeploy' });
const fault = (name: string, more: object = {}) =>
  simulated.simulator.knock('POST', '/faults', { name, ...more });

describe('an instance', () => {
  it('is stopped so that it can be started, whatever the default of the account', async () => {
    const { instances } = simulated.world.cloud;
    await instances.stop(web1, { force: false });
    await simulated.advance(60);
    expect((await instances.get(web1))?.status).toBe('Stopped');
    await instances.start(web1);
    await simulated.advance(120);
    expect(await instances.get(web1)).toMatchObject({ status: 'Running', startTime: '2026-11-17T07:11Z' });
  });

  it('is stopped by force where a stop hangs', async () => {
    const { instances } = simulated.world.cloud;
    await fault('stop-hangs');
    await instances.stop(web1, { force: false });
    await simulated.advance(3600);
    await instances.stop(web1, { force: true });
    await simulated.advance(60);
    expect((await instances.get(web1))?.status).toBe('Stopped');
  });

  it('is redeployed, and its task is found by the instance', async () => {
    const { instances } = simulated.world.cloud;
    await announce();
    const { taskId } = await instances.redeploy(web1, { force: false });
    expect(await instances.redeployments(web1)).toEqual([{ taskId, status: 'Processing' }]);
    expect(await instances.redeployments(web2)).toEqual([]);
    await simulated.advance(300);
    expect(await instances.redeployments(web1)).toEqual([{ taskId, status: 'Finished' }]);
  });

  it('shows the newest of its redeployments first', async () => {
    const { instances } = simulated.world.cloud;
    await fault('redeploy-bounces');
    await announce();
    const first = await instances.redeploy(web1, { force: false });
    await simulated.advance(300);
    const second = await instances.redeploy(web1, { force: false });
    expect(await instances.redeployments(web1)).toEqual([
      { taskId: second.taskId, status: 'Processing' },
      { taskId: first.taskId, status: 'Failed' },
    ]);
  });

  it('whose redeployment was answered by nothing is found to be redeployed', async () => {
    const { instances } = simulated.world.cloud;
    await announce();
    await fault('drop-after', { action: 'RedeployInstance' });
    const lost = await refusalOf(instances.redeploy(web1, { force: false }));
    expect(lost.detail.mayHaveWorked).toBe(true);
    expect(await instances.redeployments(web1)).toMatchObject([{ status: 'Processing' }]);
  });

  it('on a dedicated host is not redeployed, today or later', async () => {
    const { instances } = simulated.world.cloud;
    await announce(web2);
    expect((await instances.get(web2))?.dedicatedHost).toBe(true);
    const refused = await refusalOf(instances.redeploy(web2, { force: false }));
    expect(refused).toMatchObject({
      code: 'InvalidOperation.RedeployInstance',
      detail: { worthRepeating: false, mayHaveWorked: false },
    });
  });

  it('gets tags beside those that it has', async () => {
    const { instances } = simulated.world.cloud;
    await instances.tag(web1, { 'ecs-failover:needs-human': 'run-1' });
    await instances.tag(web1, { 'ecs-failover:needs-human': 'run-2' });
    expect((await instances.get(web1))?.tags).toEqual({
      app: 'storefront',
      role: 'web',
      'ecs-failover:needs-human': 'run-2',
    });
  });
});

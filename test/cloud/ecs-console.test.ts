import type { Instances } from '../../src/engine/ports';
import { web1, web2, smallFleet } from '../support/fleet';
import { openSimulatedWorld, type SimulatedWorld } from '../support/simulated-world';

const fleet = {
  ...smallFleet,
  instances: (smallFleet.instances ?? []).map((each) =>
    each.id === web2 ? { ...each, system: 'windows' as const } : each,
  ),
};

let simulated: SimulatedWorld;
let instances: Instances;
beforeAll(async () => {
  simulated = await openSimulatedWorld(fleet);
  ({ instances } = simulated.world.cloud);
});
afterAll(() => simulated.close());

describe('what an instance shows', () => {
  it('is its console, decoded and without secrets, and when it printed last', async () => {
    const text = '\u001b[0mapi_token=abc123secret\r\nKernel panic - not syncing: x';
    await simulated.simulator.knock('PUT', `/instances/${web1}/console`, {
      text,
      lastUpdate: '2026-03-02T02:04:57Z',
    });
    expect(await instances.console(web1)).toEqual({
      log: 'api_token=***\nKernel panic - not syncing: x',
      updated: '2026-03-02 10:04:57',
    });
  });

  it('is its screen, as the picture that it is; a second one comes too soon', async () => {
    expect(await instances.screenshot(web1)).toMatchObject({ extension: 'png', type: 'image/png' });
    expect(await instances.screenshot(web1)).toEqual({
      none: 'ECS takes no two screenshots within ten seconds; ask once more',
    });
    await simulated.advance(10);
    await simulated.simulator.knock('PUT', '/switches', { screenshotIsJpeg: true });
    expect(await instances.screenshot(web1)).toMatchObject({ extension: 'jpg', type: 'image/jpeg' });
  });

  it('is said in words where there is none, and asked for once', async () => {
    const said = 'ECS has no console output of this instance: of Windows there is no console output';
    expect(await instances.console(web2)).toEqual({ none: expect.stringContaining(said) as string });
    expect(await instances.console('i-none')).toEqual({ none: 'ECS knows no such instance' });
    await simulated.simulator.knock('PATCH', `/instances/${web1}`, { status: 'Stopped' });
    expect(await instances.screenshot(web1)).toEqual({
      none: "ECS shows no screenshot in the instance's present status; a screenshot needs Running",
    });
    const { calls } = await simulated.simulator.knock('GET', '/calls');
    expect(calls).toContainEqual({ product: 'ecs', action: 'GetInstanceConsoleOutput', count: 3 });
  });

  it('is its disks, by what the cloud calls them', async () => {
    const [system] = await simulated.world.cloud.disks.of(web1);
    expect(system).toMatchObject({ device: '/dev/xvda', kind: 'system', category: 'cloud_essd' });
  });
});

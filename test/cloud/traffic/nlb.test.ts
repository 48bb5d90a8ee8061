import { openSimulatedWorld } from '../../support/simulated-world';
import { keepsTheContract } from './contract';
import { groupsFleet, web, web1, web2, worksInServerGroups } from './server-groups';

keepsTheContract('nlb');

describe('server groups of the Network Load Balancer', () => {
  worksInServerGroups('nlb');
});

describe('what is special about the Network Load Balancer', () => {
  const place = { kind: 'nlb', serverGroup: web } as const;

  it.each([true, false])('understands a failed job in either spelling (lower case: %s)', async (lower) => {
    const simulated = await openSimulatedWorld({
      ...groupsFleet('nlb'),
      switches: { nlbFailedInLowerCase: lower },
    });
    const { traffic } = simulated.world.cloud;
    await simulated.simulator.knock('POST', '/faults', { name: 'job-fails', product: 'nlb' });
    const servers = [{ port: 8080, weight: 0 }];
    const jobs = await traffic.write(web1, [{ group: `nlb/${web}`, how: 'weights', servers }]);
    await simulated.advance(5);
    expect(await traffic.job(`nlb/${web}`, jobs[`nlb/${web}`]!)).toBe('failed');
    await simulated.close();
  });

  it.each([
    [true, 'abnormal'],
    [false, 'unknown'],
  ])('never takes silence about a server at weight 0 for health (told of: %s)', async (told, health) => {
    const simulated = await openSimulatedWorld({
      ...groupsFleet('nlb'),
      switches: { nlbReportsWeightZeroHealth: told },
    });
    const { traffic } = simulated.world.cloud;
    const servers = [{ port: 8080, weight: 0 }];
    await traffic.write(web2, [{ group: `nlb/${web}`, how: 'weights', servers }]);
    await simulated.simulator.knock('PATCH', `/instances/${web2}`, { status: 'Stopped' });
    await simulated.advance(60);
    expect((await traffic.survey([web2], [place])).at(-1)).toMatchObject({ instanceId: web2, health });
    await simulated.close();
  });

  it('waits out either word for a busy group', async () => {
    const simulated = await openSimulatedWorld({ ...groupsFleet('nlb'), switches: { nlbBusyIsLock: true } });
    const { traffic } = simulated.world.cloud;
    const change = { group: `nlb/${web}`, how: 'weights', servers: [{ port: 8080, weight: 0 }] } as const;
    await traffic.write(web1, [change]);
    await expect(traffic.write(web1, [change])).rejects.toMatchObject({
      code: 'Conflict.Lock',
      detail: { worthRepeating: true, mayHaveWorked: false },
    });
    await simulated.close();
  });
});

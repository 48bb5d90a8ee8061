import { openSimulatedWorld } from '../../support/simulated-world';
import { keepsTheContract } from './contract';
import { cards, groupsFleet, web, web1, worksInServerGroups } from './server-groups';

keepsTheContract('alb');

describe('server groups of the Application Load Balancer', () => {
  worksInServerGroups('alb');
});

describe('what is special about the Application Load Balancer', () => {
  it('finds the groups one by one where the question without a group finds nothing', async () => {
    const simulated = await openSimulatedWorld({
      ...groupsFleet('alb'),
      switches: { albListsServersAcrossGroups: false },
    });
    const found = await simulated.world.cloud.traffic.memberships(web1, 'discover');
    expect(found.map(({ weight }) => weight)).toEqual([100, 50, 30, 40, 20]);
    await simulated.close();
  });

  it('counts a job that is not listed yet as one that nothing is told of', async () => {
    const simulated = await openSimulatedWorld({
      ...groupsFleet('alb'),
      settings: { albJobHiddenSeconds: 10 },
    });
    const { traffic } = simulated.world.cloud;
    const servers = [{ port: 8080, weight: 0 }];
    const jobs = await traffic.write(web1, [{ group: `alb/${web}`, how: 'weights', servers }]);
    expect(await traffic.job(`alb/${web}`, jobs[`alb/${web}`]!)).toBeUndefined();
    await simulated.advance(10);
    expect(await traffic.job(`alb/${web}`, jobs[`alb/${web}`]!)).toBe('succeeded');
    await simulated.close();
  });

  it('tells the health of a group that only rules use, and by which rule it is used', async () => {
    const simulated = await openSimulatedWorld(groupsFleet('alb'));
    const { traffic } = simulated.world.cloud;
    const place = { kind: 'alb', serverGroup: cards } as const;
    expect((await traffic.survey([web1], [place])).map(({ health }) => health)).toEqual(['normal', 'normal']);
    expect(await traffic.about(web1, [place, { ...place, serverGroup: web }])).toMatchObject([
      { group: `alb/${web}`, name: 'web', usedBy: ['listener 80 http'], drainSeconds: 120 },
      { group: `alb/${cards}`, name: 'cards', usedBy: ['rule rule-bp1cards of listener 80 http'] },
    ]);
    await simulated.close();
  });
});

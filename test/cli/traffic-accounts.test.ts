import { healthyDocuments, healthyFleet, writeDocuments } from '../support/healthy';
import { inRetail, retail, withRetail } from '../support/retail';
import { startSimulator, type Simulator } from '../support/simulator';
import { web1 } from '../support/story-fleet';
import { commandOn, type Ran } from './on-account';

const cart1 = 'i-bp1cart00000000001';
/** To look wherever an instance may take traffic, beyond the places of its pool. */
const more = ['slb', 'alb', 'nlb', 'alidns', 'pvtz', 'ess'].flatMap((name) => [
  `${name}:List*`,
  `${name}:Describe*`,
]);

describe('ecs-failover traffic where the settings name several accounts', () => {
  let simulator: Simulator;
  let traffic: (...args: readonly string[]) => Promise<Ran>;
  beforeAll(async () => {
    const fleet = healthyFleet();
    const others = [inRetail(fleet, { more })] as NonNullable<typeof fleet.others>;
    simulator = await startSimulator({ ...fleet, others });
    const documents = healthyDocuments();
    withRetail(documents);
    const folder = writeDocuments(documents);
    const run = commandOn(simulator);
    traffic = (...args) => run('traffic', ...args, '--playbooks', folder);
  });
  afterAll(() => simulator.close());

  it('finds the instance in the one that knows it', async () => {
    const { status, json } = await traffic(cart1, '--json');
    expect(status).toBe(0);
    expect(json()).toMatchObject({ pools: ['cart-retail'], places: [{}, {}, {}] });
  });

  it.each([
    [['--account', 'retail']],
    [['--account', retail, '--region', 'cn-hangzhou']],
    [['--region', 'cn-hangzhou']],
  ])('looks where it is told to: %s', async (flags) => {
    const { status, stdout } = await traffic(cart1, ...flags);
    expect(status).toBe(0);
    expect(stdout).toContain('clb/lb-bp1web0000001/default');
  });

  it.each([
    [[web1, '--account', 'retail'], `there is no instance ${web1}; looked in ${retail} in cn-hangzhou`],
    [[cart1, '--account', 'hub'], `there is no instance ${cart1}; looked in 1690700000000030 in cn-hangzhou`],
    [
      [cart1, '--account', 'wholesale'],
      `the settings do not name wholesale; expected one of 1690700000000030 in cn-hangzhou, ${retail} in cn-hangzhou`,
    ],
    [
      [cart1, '--account', 'retail', '--region', 'cn-beijing'],
      'the settings do not name retail in cn-beijing',
    ],
  ])('exits 2 and says where it looked: %s', async (args, sentence) => {
    const { status, stderr } = await traffic(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

import { once, openStory, reached, web2, type Story } from '../support/story';
import { commandOn, type Ran } from './on-account';

jest.setTimeout(120_000);

const restart = {
  eventId: 'e-bp1people00000000002',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const lin = ['--by', 'lin'];

describe('ecs-failover freeze', () => {
  let story: Story;
  let run: (...args: readonly string[]) => Promise<Ran>;
  beforeEach(async () => {
    story = await openStory();
    run = commandOn(story.simulator);
  });
  afterEach(() => story.close());

  it('stops planned work, says so wherever one looks, and unfreeze lets it go on (C68)', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T18:00:00Z') });
    await story.play({ until: once('waits until the instance is quiet') });
    const frozen = await run('freeze', '--until', '3h', '--why', 'sale', ...lin);
    const [id = ''] = /run-[0-9a-f]+/.exec(frozen.stdout) ?? [];
    const now = story.world.now();
    expect(frozen.stdout).toMatch(/^planned work of every pool is frozen until Wed 18 Nov 05:0\d\ntold run-/);
    await story.play({ until: ({ ends }) => ends()[0]?.end === 'held' });
    expect(await story.weights(web2)).toMatchObject({ default: 100 });
    const [list, explained, plan] = [
      await run('runs', 'list', '--held'),
      await run('explain', web2),
      await run('plan', '--code', restart.code, '--instance', 'i-bp1web0000000000001', '--json'),
    ];
    expect(list.stdout).toMatch(/^frozen by lin \(every pool\) until Wed 18 Nov 05:0\d: sale\nrun /);
    expect(list.stdout).toContain('lin froze it: sale');
    expect(explained.stdout).toContain('lin froze it: sale');
    expect(explained.stdout).toContain(`ecs-failover runs resume ${id} --why …   lets this run go on alone`);
    expect(plan.stdout).toContain('frozen by lin (every pool)');
    expect(plan.status).toBe(4);
    const lifted = await run('unfreeze', '--why', 'sale is over', '--json', ...lin);
    expect(lifted.json()).toMatchObject({ lifted: [{ by: 'lin', why: 'sale' }], runs: [id] });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const done = story.logged.findLast(({ data }) => data?.['outcome'] === 'done');
    expect(done?.at).toBeLessThan(now + 3_600_000);
  });

  it('says what is wrong with a pool, an end or a freeze that cannot be, and exits 2', async () => {
    await run('freeze', '--pool', 'web-hangzhou', '--why', 'audit', ...lin);
    const complaints = [
      await run('freeze', '--pool', 'web-hangzu', '--why', 'x'),
      await run('freeze', '--until', 'tomorrow', '--why', 'x'),
      await run('freeze', '--until', '2026-11-17T07:00:00Z', '--why', 'x'),
      await run('unfreeze', '--why', 'x'),
      await run('reset-pool', 'web-hangzhou', '--why', 'x'),
    ];
    expect(complaints.map(({ status, stderr }) => [status, stderr.trim()])).toEqual([
      [2, '--pool: there is no pool web-hangzu in playbooks; did you mean web-hangzhou?'],
      [2, '--until: found tomorrow; expected a time with its zone, such as 2026-11-19T07:10:00Z'],
      [2, '--until: found 2026-11-17T07:00:00Z, which has passed: it is 2026-11-17T07:10:00.000Z now'],
      [2, 'no freeze of every pool holds; frozen are others; expected unfreeze --pool web-hangzhou'],
      [2, 'web-hangzhou is not stopped; nothing is to be reset'],
    ]);
    const closed = await run('close-breaker', '--why', 'the bad image is gone', ...lin);
    expect(closed.stdout).toBe('the breaker is closed; failures count from now on\n');
    expect(await story.journal('failures')).toMatchObject([{ kind: 'closed', by: 'lin' }]);
  });
});

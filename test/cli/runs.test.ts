import { userInfo } from 'node:os';
import { once, openStory, reached, web2, type Story } from '../support/story';
import { commandOn, type Ran } from './on-account';

const restart = {
  eventId: 'e-bp1people00000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};

jest.setTimeout(120_000);

describe('ecs-failover runs', () => {
  let story: Story;
  let run: (...args: readonly string[]) => Promise<Ran>;
  let runId: string;
  beforeEach(async () => {
    story = await openStory();
    run = commandOn(story.simulator);
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    const [name = ''] = await story.world.journals.names('runs/');
    runId = name.slice('runs/'.length);
  });
  afterEach(() => story.close());

  it('pause and resume stand in the journal with who and why, and the run goes on afterwards (C69)', async () => {
    const paused = await run('runs', 'pause', runId, '--why', 'sale until noon', '--by', 'lin', '--json');
    expect(paused).toMatchObject({ status: 0, stderr: '' });
    expect(paused.json()).toEqual({
      run: runId,
      at: Date.parse('2026-11-17T10:00:00Z'),
      word: { kind: 'pause', by: 'lin', why: 'sale until noon' },
      foreseen: 'holds: lin paused the run: sale until noon',
    });
    await story.play({ hours: 1 });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'paused' }]);
    expect(story.callsForSomeone()).toEqual([]);
    const resumed = await run('runs', 'resume', runId.slice(4, 10), '--why', 'sale is over');
    expect(resumed.stdout).toBe(
      [
        `told ${runId}: ${userInfo().username} lets it go on: sale is over`,
        `it takes the word within a minute; see: ecs-failover runs show ${runId}`,
        '',
      ].join('\n'),
    );
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const words = (await story.journal(`runs/${runId}`)).filter(({ kind }) => kind === 'signal');
    expect(words.map(({ signal }) => signal)).toEqual([
      { kind: 'pause', by: 'lin', why: 'sale until noon' },
      { kind: 'resume', by: userInfo().username, why: 'sale is over' },
      { kind: 'event-changed', event: expect.objectContaining({ status: 'Avoided' }) as unknown },
    ]);
  });

  it('cancel puts back what was done (C69)', async () => {
    await story.play({ until: once('waits until the instance is quiet') });
    await run('runs', 'cancel', runId, '--why', 'wrong night', '--by', 'lin');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'cancelled' }]);
    expect(await story.weights(web2)).toEqual({
      default: 100,
      'rsp-bp1web8443/8443': 100,
      'rsp-bp1web8443/8444': 100,
    });
    const late = await run('runs', 'cancel', runId, '--why', 'once more');
    expect(late).toMatchObject({
      status: 2,
      stderr: `${runId} has ended, withdrawn; nothing can change it any more\n`,
    });
  });

  it('skip leaves out the step at which the run stands, and no other (C69)', async () => {
    await story.play({ until: once('waits until the instance is quiet') });
    const other = await run('runs', 'skip', runId, 'save', '--why', 'no data', '--by', 'lin');
    expect(other.stdout).toContain('lin wants to skip: it stands at drain-quiet, not at save');
    const skipped = await run('runs', 'skip', runId, 'drain-quiet', '--why', 'no users', '--by', 'lin');
    expect(skipped.stdout).toContain(`told ${runId}: lin skips drain-quiet: no users`);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(story.notes().join()).toContain('lin skips drain-quiet: no users');
  });

  it('list, show and explain say where a run stands, what it waits for and what it was before', async () => {
    const waiting = await run('explain', restart.eventId);
    expect(waiting.stdout).toMatch(/why not now {3}waits for nights, Wed 18 Nov 02:00/);
    expect(waiting.stdout).toMatch(/next opening {2}nights, Wed 18 Nov 02:00/);
    expect(waiting.stdout).toMatch(
      /in line {7}1 of 1\n {2}then {10}takes a slot of web-hangzhou: 3 members, 3 healthy/,
    );
    expect(waiting.stdout).toMatch(/last safe {5}Thu 19 Nov 11:00/);
    await story.play({ until: once('waits until the instance is quiet') });
    const [list, show, json] = [
      await run('runs', 'list'),
      await run('runs', 'show', runId),
      await run('runs', 'show', runId, '--json'),
    ];
    expect(list.stdout).toMatch(
      new RegExp(
        `^run .*\\n${runId} +${web2} +SystemMaintenance.Reboot +web-hangzhou +forward +\\d+/14 drain-quiet`,
      ),
    );
    expect(show.stdout).toContain(`rsp-bp1web8443/8443/${web2} 100`);
    expect(show.stdout).toMatch(/✓ drain +Wed 18 Nov 02:00 {2}weight 0 in all 3 places/);
    expect(show.stdout).toMatch(/▶ drain-quiet/);
    expect(show.stdout).toMatch(/· restart\n/);
    expect(show.stdout).toContain('times in        Asia/Shanghai\n');
    expect(json.json()).toMatchObject({
      id: runId,
      state: 'forward',
      weightsBefore: [{ weight: 100 }, { weight: 100 }, { weight: 100 }],
      advice: [],
    });
    await story.play();
    const [none, all, watched] = [
      await run('runs', 'list'),
      await run('runs', 'list', '--all', '--json'),
      await run('runs', 'watch', runId),
    ];
    expect(none.stdout).toContain('no run is under way');
    expect(all.json()).toMatchObject({ runs: [{ id: runId, state: 'done' }] });
    expect(watched.stdout.split('\n')[0]).toBe(`Tue 17 Nov 15:10  ${runId}  the run begins`);
    expect(watched.stdout).toContain('every weight is what it was');
  });

  it('show what can be said to a run that holds', async () => {
    await run('runs', 'pause', runId, '--why', 'sale', '--by', 'lin');
    await story.play({ hours: 1 });
    const show = await run('runs', 'show', runId);
    expect(show.stdout).toContain('state      held  lin paused the run: sale');
    expect(show.stdout).toContain(`ecs-failover runs resume ${runId} --why …   goes on where it stood`);
    expect(show.stdout).toMatch(/Tue 17 Nov 18:00 {2}lin {2}pause: sale/);
  });

  it('say what is wrong with a run, a step, a name or a reason that cannot be, and exit 2', async () => {
    const complaints = await Promise.all([
      run('runs', 'pause', 'run-ffff', '--why', 'x'),
      run('runs', 'pause', `${runId.slice(0, -1)}x`, '--why', 'x'),
      run('runs', 'skip', runId, 'restrat', '--why', 'x'),
      run('runs', 'pause', runId, '--why', ' '),
      run('runs', 'pause', runId, '--why', 'x', '--by', ''),
      run('runs', 'pause', runId),
      run('approve', runId, '--digest', 'abc', '--why', 'x'),
      run('explain', 'i-bp1web0000000000009'),
      run('explain', 'i-bp1web0000000000001'),
    ]);
    expect(complaints.map(({ status, stderr }) => [status, stderr.split('\n')[0]])).toEqual([
      [2, `there is no run run-ffff; known: ${runId}`],
      [2, `there is no run ${runId.slice(0, -1)}x; did you mean ${runId}?`],
      [2, 'step: the plan has no step restrat; did you mean restart?'],
      [2, '--why: found nothing; expected the reason, for whoever reads it'],
      [2, '--by: found no name; expected who speaks, such as --by storefront-lead'],
      [2, "error: required option '--why <text>' not specified"],
      [2, expect.stringMatching(/^--digest: found abc; the plan of run-[0-9a-f]+ is [0-9a-f]+: look at it/)],
      [2, 'there is no instance i-bp1web0000000000009; expected an instance, an event or a run'],
      [2, 'ECS has no pending event for i-bp1web0000000000001, and no run works on it; nothing will happen'],
    ]);
    expect((await story.journal(`runs/${runId}`)).filter(({ kind }) => kind === 'signal')).toEqual([]);
  });
});

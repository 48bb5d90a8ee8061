import { planOf, readTail } from '../../src/engine/run-journal';
import { tell } from '../../src/engine/tell';
import {
  changedConfiguration,
  nothingLeft,
  once,
  openStory,
  reached,
  web2,
  type Story,
} from '../support/story';

const people = [{ name: 'leads', ramUsers: ['lead', 'deputy'] }];
const approval = {
  when: 'always' as const,
  from: ['leads'],
  need: 1,
  noAnswer: { after: 2 * 3_600_000, then: 'hold' as const },
};
const eventId = 'e-bp1approval0000001';
const restartAt = (notBefore: string) => ({
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore,
});
const onThursday = '2026-11-19T06:00:00Z';
/** Tuesday 23:00 in Hangzhou, before which there is no night. */
const beforeAnyNight = '2026-11-17T15:00:00Z';

/** The example team, with people who are asked. */
const asking = (change: object = {}) =>
  openStory({
    configuration: changedConfiguration({
      playbook: { approval: { ...approval, ...change } },
      settings: { people },
    }),
  });

async function say(story: Story, kind: 'approve' | 'reject', by: string, digest?: string): Promise<void> {
  const runId = String(story.logged.findLast(({ run }) => run !== undefined)?.run);
  const plan = planOf(await readTail(story.world.journals, runId, 0));
  const word = { kind, by, why: 'seen and understood', digest: digest ?? plan?.digest ?? '' };
  expect(await tell(story.world, runId, word)).toEqual({ kind: 'told' });
}

const notices = (story: Story) =>
  story.logged.filter(({ kind }) => kind === 'notice').map(({ text }) => text);
const firstActAt = async (story: Story) => {
  const [first] = await story.acts();
  return first && new Date(first.at).toISOString();
};

describe('a playbook that asks people', () => {
  let story: Story;
  afterEach(() => story.close());

  it('goes ahead in its window once somebody who was asked says yes (C66)', async () => {
    story = await asking();
    await story.announce(restartAt(onThursday));
    await story.play({ until: once('asks lead, deputy') });
    expect(notices(story)).toEqual([
      expect.stringMatching(
        /^asks lead, deputy \(1 of them\) to approve plan [0-9a-f]{12} of run-[0-9a-f]{16} for SystemMaintenance\.Reboot on i-bp1web0000000000002 \(the playbook always asks\) until Tue 17 Nov 17:1\d; without an answer the run holds$/,
      ) as string,
    ]);
    await say(story, 'approve', 'trainee');
    await say(story, 'approve', 'lead', 'another-plan');
    await story.play({ until: once('that is plan another-plan') });
    expect(story.notes()).toContainEqual(
      expect.stringContaining('trainee wants to approve: was not asked; asked are lead, deputy'),
    );
    expect(await story.acts()).toEqual([]);
    await say(story, 'approve', 'deputy');
    await say(story, 'approve', 'deputy');
    await story.play();
    expect(story.notes()).toContainEqual(
      expect.stringContaining('deputy wants to approve: has approved before'),
    );
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T18:00:00.000Z');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is withdrawn by a no (C66)', async () => {
    story = await asking();
    await story.announce(restartAt(onThursday));
    await story.play({ until: once('asks lead, deputy') });
    await say(story, 'reject', 'lead');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'rejected' }]);
    expect(await story.acts()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('holds without an answer and calls someone; a late yes lets it go on (C66)', async () => {
    story = await asking();
    await story.announce(restartAt(onThursday));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-answer' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    await say(story, 'approve', 'lead');
    await story.play({ until: ({ ends }) => ends()[0]?.end !== 'held' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T18:00:00.000Z');
  });

  it('is withdrawn without an answer, and somebody is called, where the playbook says so (C66)', async () => {
    story = await asking({ noAnswer: { after: 2 * 3_600_000, then: 'withdraw' } });
    await story.announce(restartAt(onThursday));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'no-answer' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('goes ahead without an answer where the playbook says so (C66)', async () => {
    story = await asking({ noAnswer: { after: 2 * 3_600_000, then: 'proceed' } });
    await story.announce(restartAt(onThursday));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
  });

  it('for a missing window works at once after the yes, before the deadline (C66)', async () => {
    story = await asking({ when: 'noWindow' });
    await story.announce(restartAt(beforeAnyNight));
    await story.play({ until: once('asks lead, deputy') });
    expect(notices(story)[0]).toContain('(there is no window: ');
    await story.play({ until: reached('2026-11-17T08:00:00Z') });
    await say(story, 'approve', 'lead');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T08:00:00.000Z');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('for a missing window is of no use after the last safe moment: the run holds (C66)', async () => {
    story = await asking({ when: 'noWindow', noAnswer: { after: 6 * 3_600_000, then: 'hold' } });
    await story.announce(restartAt(beforeAnyNight));
    await story.play({ until: reached('2026-11-17T12:05:00Z') });
    await say(story, 'approve', 'lead');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
    expect(await story.acts()).toEqual([]);
  });

  it('asks anew when the provider moves its time after the yes (C67, C9)', async () => {
    story = await asking();
    await story.announce(restartAt(onThursday));
    await story.play({ until: once('asks lead, deputy') });
    await say(story, 'approve', 'lead');
    await story.play({ until: once('waits for nights') });
    await story.simulator.knock('PATCH', `/events/${eventId}`, { notBefore: '2026-11-19T08:00:00Z' });
    await story.play({ until: once('asks lead, deputy (1 of them) for approval') });
    await story.play({ until: () => notices(story).length === 3 });
    expect(notices(story)[1]).toBe(
      'the provider moved its planned time for SystemMaintenance.Reboot on i-bp1web0000000000002 from Thu 19 Nov 14:00 to Thu 19 Nov 16:00; when the run works is computed anew',
    );
    expect(notices(story)[2]).toMatch(/^asks lead, deputy/);
    await say(story, 'approve', 'deputy');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

import { stepTypes } from '../../../src/steps';
import type { Reach, Scene } from '../../../src/steps/define-step';
import {
  eventThatIs,
  hourMs,
  instanceThatIs,
  inWords,
  membership,
  minuteMs,
  moveOf,
  places,
  sceneOf,
  t0,
} from '../at-a-scene';

const parameters = {
  places,
  forceStop: false,
  restartAnswers: true,
  slot: 'slot',
  drain: 'drain',
  requireBackup: 'save',
};
const ready = {
  event: eventThatIs('Scheduled'),
  instance: instanceThatIs('Running'),
  memberships: [membership('g/80', 0)],
};
const saved = { slot: { mustActBy: t0 + 3 * hourMs }, save: { manifest: 'oss://b/manifest.txt' } };
const asked = { claimedAt: t0, asked: 'Scheduled', startTime: '2026-10-02T03:04Z' };

function judge(seen: object, scene: Partial<Scene> = {}, more: object = {}) {
  return moveOf('answer-event').judge(
    { ...ready, ...seen },
    { ...parameters, ...more },
    sceneOf({ allFacts: saved, ...scene }),
  );
}

describe('answer-event, before anything was asked', () => {
  it.each<[string, object, Partial<Scene>, object, string]>([
    ['restarts when all is ready', {}, {}, {}, 'needed'],
    ['accepts an Inquiring event', { event: eventThatIs('Inquiring') }, {}, {}, 'needed'],
    [
      'accepts an Inquiring event that a restart would not answer',
      { event: eventThatIs('Inquiring') },
      {},
      { restartAnswers: false },
      'needed',
    ],
    [
      'does not restart for an event that no restart answers',
      {},
      {},
      { restartAnswers: false },
      'impossible no-answer',
    ],
    [
      'does not agree to what would empty local disks that nothing saves (C43)',
      { event: eventThatIs('Inquiring'), instance: instanceThatIs('Running', { localDisks: 1 }) },
      {},
      { requireBackup: undefined, unsaved: true },
      'impossible no-backup',
    ],
    [
      'agrees to it where there are no local disks',
      { event: eventThatIs('Inquiring') },
      {},
      { requireBackup: undefined, unsaved: true },
      'needed',
    ],
    ['is done when the provider acts already', { event: eventThatIs('Executing') }, {}, {}, 'done'],
    ['is done when the provider has acted', { event: eventThatIs('Executed') }, {}, {}, 'done'],
    ['is done when the platform tried and failed', { event: eventThatIs('Failed') }, {}, {}, 'done'],
    [
      'withdraws from a Canceled event',
      { event: eventThatIs('Canceled') },
      {},
      {},
      'impossible event-canceled, withdraw',
    ],
    [
      'withdraws from an Avoided event',
      { event: eventThatIs('Avoided') },
      {},
      {},
      'impossible event-avoided, withdraw',
    ],
    [
      'withdraws from an event that ECS has forgotten',
      { event: undefined },
      {},
      {},
      'impossible event-gone, withdraw',
    ],
    [
      'puts back what it can when the instance is gone',
      { instance: undefined },
      {},
      {},
      'impossible instance-gone, withdraw',
    ],
    ['waits while the instance starts', { instance: instanceThatIs('Starting') }, {}, {}, 'pending 10s'],
    ['waits while the instance stops', { instance: instanceThatIs('Stopping') }, {}, {}, 'pending 10s'],
    [
      'does not restart a stopped instance',
      { instance: instanceThatIs('Stopped') },
      {},
      {},
      'impossible not-running',
    ],
    [
      'does not try what a security lock refuses',
      { instance: instanceThatIs('Running', { locks: ['security'] }) },
      {},
      {},
      'impossible instance-locked',
    ],
    [
      'minds no other lock',
      { instance: instanceThatIs('Running', { locks: ['financial'] }) },
      {},
      {},
      'needed',
    ],
    [
      'holds when somebody gave the instance traffic again',
      { memberships: [membership('g/80', 0), membership('h/443', 5)] },
      {},
      {},
      'impossible traffic-came-back, hold',
    ],
    [
      'does not restart under traffic where the playbook drains nothing',
      { memberships: [membership('h/443', 5)] },
      {},
      { drain: undefined },
      'impossible takes-traffic',
    ],
    ['restarts an instance that is in no group', { memberships: [] }, {}, {}, 'needed'],
    [
      'wants the backup that the playbook requires',
      {},
      { allFacts: { slot: saved.slot } },
      {},
      'impossible no-backup',
    ],
    [
      'is not content with a backup that was begun',
      {},
      { allFacts: { slot: saved.slot, save: { invokeId: 't-1' } } },
      {},
      'impossible no-backup',
    ],
    [
      'wants no backup that nobody requires',
      {},
      { allFacts: { slot: saved.slot } },
      { requireBackup: undefined },
      'needed',
    ],
    ['still acts at the very end of the window', {}, { now: t0 + 3 * hourMs }, {}, 'needed'],
    [
      'does not act once the window has closed',
      {},
      { now: t0 + 3 * hourMs + 1 },
      {},
      'impossible window-closed',
    ],
    [
      'does not act behind a deadline that the provider moved closer since the slot was taken (C9)',
      { event: eventThatIs('Scheduled', { notBefore: t0 + 3 * hourMs }) },
      {
        now: t0 + hourMs + 1,
        allFacts: { ...saved, slot: { ...saved.slot, finishBeforeMs: 2 * hourMs } },
      },
      {},
      'impossible window-closed',
    ],
  ])('%s', (_name, seen, scene, more, expected) => {
    expect(inWords(judge(seen, scene, more), scene.now)).toBe(expected);
  });

  it('says when the window closed, in the zone of the calendar', () => {
    expect(judge({}, { now: t0 + 4 * hourMs })).toMatchObject({
      reason: { sentence: 'the window closed at Thu 19 Nov 05:00' },
    });
  });
});

describe('answer-event, where the playbook names the call', () => {
  const asksFor = (only: string, status: 'Inquiring' | 'Scheduled', more: object = {}) =>
    judge({ event: eventThatIs(status) }, {}, { only, ...more });

  it.each([
    ['restart', 'Scheduled', 'needed'],
    ['accept', 'Inquiring', 'needed'],
    ['restart', 'Inquiring', 'impossible wrong-answer'],
    ['accept', 'Scheduled', 'impossible wrong-answer'],
  ] as const)('%s for a %s one: %s', (only, status, expected) => {
    expect(inWords(asksFor(only, status))).toBe(expected);
  });

  it('says what would be right', () => {
    expect(asksFor('accept', 'Scheduled')).toMatchObject({
      reason: {
        sentence:
          'an acceptance does not answer SystemMaintenance.Reboot while it is Scheduled; right would be action: fromEvent or restart or redeploy or stopStart',
      },
    });
  });

  it.each([
    ['restart', 'ecs:AcceptInquiredSystemEvent'],
    ['accept', 'ecs:RebootInstance'],
  ])('%s does not need %s', (only, action) => {
    const needed = stepTypes
      .get('answer-event')
      ?.needs?.({ ...parameters, only }, 'SystemMaintenance.Reboot');
    expect(needed).not.toContain(action);
  });
});

describe('answer-event, after its call', () => {
  it('is done when the call answered, whatever is seen so soon after it', () => {
    expect(inWords(judge({}, { facts: { ...asked, actedAt: t0 } }))).toBe('done');
  });

  it.each<[string, object, string]>([
    [
      'knows its restart by a later time of start',
      { instance: instanceThatIs('Running', { startTime: '2026-11-18T18:01Z' }) },
      'done',
    ],
    ['knows its restart by the instance starting', { instance: instanceThatIs('Starting') }, 'done'],
    ['knows its restart by the instance stopping', { instance: instanceThatIs('Stopping') }, 'done'],
    ['knows its restart by the event having left Scheduled', { event: eventThatIs('Avoided') }, 'done'],
    ['asks again when nothing shows', {}, 'needed'],
    [
      'asks again, and not sooner than the traffic is away',
      { memberships: [membership('g/80', 100)] },
      'impossible traffic-came-back, hold',
    ],
  ])('when the answer was lost, %s', (_name, seen, expected) => {
    expect(inWords(judge(seen, { facts: asked }))).toBe(expected);
  });

  it('when the answer to accepting was lost, knows it by the event being Scheduled', () => {
    expect(inWords(judge({}, { facts: { ...asked, asked: 'Inquiring' } }))).toBe('done');
  });

  it('when a restart of the same minute is all that shows, believes the event', () => {
    const sameMinute = { ...asked, startTime: '2026-11-18T18:00Z' };
    const instance = instanceThatIs('Running', { startTime: '2026-11-18T18:00Z' });
    expect(inWords(judge({ instance, event: eventThatIs('Avoided') }, { facts: sameMinute }))).toBe('done');
    expect(inWords(judge({ instance }, { facts: sameMinute }))).toBe('needed');
  });
});

describe('answer-event, where the platform is asked to act earlier', () => {
  const pulls = { restartAnswers: false, waits: true, pulls: true };
  const planned = eventThatIs('Scheduled', { code: 'SystemMaintenance.Stop' });
  const pulled = { ...planned, notBefore: t0 + 2 * minuteMs };
  const claimed = { ...asked, plannedAt: t0 + 40 * hourMs };

  it.each<[string, object, object, string]>([
    ['moves the planned time', { event: planned }, {}, 'needed'],
    ['waits once that was answered', { event: planned }, { ...claimed, pulledAt: t0 }, 'pending 143940s'],
    [
      'knows its call by an earlier time though its answer was lost',
      { event: pulled },
      claimed,
      'pending 60s',
    ],
    ['asks again when nothing shows', { event: planned }, claimed, 'needed'],
    [
      'asks again where somebody else has moved it later',
      { event: { ...planned, notBefore: t0 + 41 * hourMs } },
      claimed,
      'needed',
    ],
    ['is done when the platform acts', { event: { ...pulled, status: 'Executing' } }, claimed, 'done'],
    [
      'does not ask for a stop under traffic',
      { event: planned, memberships: [membership('g/80', 100)] },
      {},
      'impossible traffic-came-back, hold',
    ],
    [
      'asks nothing without the backup that the playbook requires',
      { event: planned },
      { withoutBackup: true },
      'impossible no-backup',
    ],
  ])('%s', (_name, seen, { withoutBackup, ...facts }: { withoutBackup?: boolean }, expected) => {
    const allFacts = withoutBackup === true ? { slot: saved.slot } : saved;
    expect(inWords(judge(seen, { facts, allFacts }, pulls))).toBe(expected);
  });

  it('remembers the planned time from before, through every claim', () => {
    const claim = (seen: object, facts: Scene['facts']) =>
      moveOf('answer-event').claim?.({ ...ready, ...seen }, { ...parameters, ...pulls }, sceneOf({ facts }));
    expect(claim({ event: planned }, {})).toMatchObject({ plannedAt: t0 + 40 * hourMs });
    expect(claim({ event: pulled }, claimed)).toMatchObject({ plannedAt: t0 + 40 * hourMs });
  });
});

describe('answer-event, claim and act', () => {
  it('remembers the time of start and the status from before', () => {
    expect(moveOf('answer-event').claim?.(ready, parameters, sceneOf())).toEqual({
      startTime: '2026-10-02T03:04Z',
      asked: 'Scheduled',
    });
  });

  it('keeps what an earlier claim saw', () => {
    const later = { ...ready, instance: instanceThatIs('Running', { startTime: '2026-11-18T18:01Z' }) };
    expect(moveOf('answer-event').claim?.(later, parameters, sceneOf({ facts: asked }))).toEqual({
      startTime: '2026-10-02T03:04Z',
      asked: 'Scheduled',
    });
  });

  it.each([
    ['Scheduled', false, [['reboot', 'i-1', { force: false }]]],
    ['Scheduled', true, [['reboot', 'i-1', { force: true }]]],
    ['Inquiring', true, [['accept', 'e-bp1reboot000000001']]],
  ] as const)('answers a %s event (forceStop %s) by one call', async (status, forceStop, calls) => {
    const made: unknown[] = [];
    const cloud = {
      instances: { reboot: async (...call: unknown[]) => void made.push(['reboot', ...call]) },
      events: {
        acceptInquired: async (...call: unknown[]) => {
          made.push(['accept', ...call]);
          return { switched: false };
        },
      },
    };
    const reach = { cloud } as unknown as Reach;
    const seen = { ...ready, event: eventThatIs(status) };
    const facts = await moveOf('answer-event').act({ ...parameters, forceStop }, reach, sceneOf(), seen);
    expect([made, facts]).toEqual([calls, { actedAt: t0 + minuteMs }]);
  });
});

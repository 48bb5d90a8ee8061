import type { Facts } from '../../../src/run/run';
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

const parameters = { places, forceStop: false, drain: 'drain' };
const now = t0 + minuteMs;
const ready = {
  event: eventThatIs('Scheduled'),
  instance: instanceThatIs('Running'),
  memberships: [membership('g/80', 0)],
};
const stopClaimed = { claimedAt: t0, startTime: '2026-10-02T03:04Z', stopAt: t0 };
const stopped = { ...stopClaimed, answered: 'stop' };
const startClaimed = { ...stopped, startAt: now };
const is = (status: string, more: object = {}) => ({ instance: instanceThatIs(status, more) });

function judge(seen: object, scene: Partial<Scene> = {}, more: object = {}) {
  return moveOf('stop-start-instance').judge(
    { ...ready, ...seen },
    { ...parameters, ...more },
    sceneOf(scene),
  );
}

describe('stop-start-instance, stopping', () => {
  it.each<[string, object, Facts, string]>([
    ['stops a running instance', {}, {}, 'needed'],
    [
      'never under traffic',
      { memberships: [membership('g/80', 1)] },
      {},
      'impossible traffic-came-back, hold',
    ],
    ['not under a security lock', is('Running', { locks: ['security'] }), {}, 'impossible instance-locked'],
    ['not what is gone', { instance: undefined }, {}, 'impossible instance-gone, withdraw'],
    ['not while the provider acts', { event: eventThatIs('Executing') }, {}, 'pending 10s'],
    ['not while it starts', is('Starting'), {}, 'pending 10s'],
    ['waits while it is Stopping', is('Stopping'), stopped, 'pending 10s'],
    ['waits until an answered stop shows', {}, stopped, 'pending 10s'],
    ['asks again when a stop without an answer left no trace', {}, stopClaimed, 'needed'],
    ['knows a stop without an answer by Stopping', is('Stopping'), stopClaimed, 'pending 10s'],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(judge(seen, { facts }))).toBe(expected);
  });
});

describe('stop-start-instance, when a stop hangs (C51)', () => {
  const late = t0 + 11 * minuteMs;
  it.each<[string, Facts, object, string]>([
    ['holds when force is not allowed', stopped, { forceStop: false }, 'impossible stopping-too-long, hold'],
    ['forces when force is allowed', stopped, { forceStop: true }, 'needed'],
    [
      'waits anew once it has forced',
      { ...stopped, forceAt: late - minuteMs },
      { forceStop: true },
      'pending 10s',
    ],
    [
      'holds when force did not help either',
      { ...stopped, forceAt: t0, answered: 'force' },
      { forceStop: true },
      'impossible stopping-too-long, hold',
    ],
    ['gives as much time as the plan says', stopped, { stopAtMostMs: 20 * minuteMs }, 'pending 10s'],
    [
      'counts from when it first saw somebody else stopping',
      { seenStoppingAt: t0 },
      { forceStop: true },
      'needed',
    ],
  ])('%s', (_name, facts, more, expected) => {
    expect(inWords(judge(is('Stopping'), { facts, now: late }, more), late)).toBe(expected);
  });

  it('never forces under traffic', () => {
    const seen = { ...is('Stopping'), memberships: [membership('g/80', 1)] };
    const verdict = judge(seen, { facts: stopped, now: late }, { forceStop: true });
    expect(inWords(verdict, late)).toBe('impossible traffic-came-back, hold');
  });

  it('remembers since when somebody else has been stopping it', () => {
    expect(judge(is('Stopping'))).toMatchObject({ kind: 'pending', facts: { seenStoppingAt: now } });
  });

  it('says for how long', () => {
    expect(judge(is('Stopping'), { facts: stopped, now: late })).toMatchObject({
      reason: { sentence: 'the instance is Stopping for more than 10 min and may not be forced' },
    });
  });
});

describe('stop-start-instance, starting', () => {
  const again = is('Running', { startTime: '2026-11-18T18:05Z' });
  it.each<[string, object, Facts, string]>([
    ['starts what it stopped', is('Stopped'), stopped, 'needed'],
    ['starts what it stopped although the answer was lost', is('Stopped'), stopClaimed, 'needed'],
    ['asks again when a start without an answer left no trace', is('Stopped'), startClaimed, 'needed'],
    [
      'waits until an answered start shows',
      is('Stopped'),
      { ...startClaimed, answered: 'start' },
      'pending 10s',
    ],
    ['waits while it starts', is('Starting'), startClaimed, 'pending 10s'],
    ['is done when it runs with a later time of start', again, startClaimed, 'done'],
    ['is done when somebody else started it', again, stopped, 'done'],
    ['is done when both starts were in one minute', is('Running'), startClaimed, 'done'],
    ['leaves what somebody else has stopped', is('Stopped'), {}, 'impossible stopped-by-somebody, hold'],
    [
      'starts what the platform stopped for its event',
      { ...is('Stopped'), event: eventThatIs('Executed', { code: 'SystemFailure.Stop' }) },
      {},
      'needed',
    ],
    [
      'leaves what was stopped before the platform came to it',
      { ...is('Stopped'), event: eventThatIs('Scheduled', { code: 'SystemMaintenance.Stop' }) },
      {},
      'impossible stopped-by-somebody, hold',
    ],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(judge(seen, { facts }))).toBe(expected);
  });
});

describe('stop-start-instance, as the first answer', () => {
  const slot = { mustActBy: t0 + 3 * hourMs };
  const first = (seen: object, facts: Facts = {}, at = now) =>
    judge(seen, { facts, now: at, allFacts: { slot } }, { slot: 'slot' });

  it.each<[string, object, Facts, string]>([
    ['stops a running instance', {}, {}, 'needed'],
    ['is done when the provider acts', { event: eventThatIs('Executing') }, {}, 'done'],
    [
      'is done when the provider stops it',
      { ...is('Stopping'), event: eventThatIs('Executing') },
      {},
      'done',
    ],
    [
      'withdraws from a Canceled event',
      { event: eventThatIs('Canceled') },
      {},
      'impossible event-canceled, withdraw',
    ],
    [
      'withdraws from an Avoided event',
      { event: eventThatIs('Avoided') },
      {},
      'impossible event-avoided, withdraw',
    ],
    ['withdraws from a forgotten event', { event: undefined }, {}, 'impossible event-gone, withdraw'],
    ['is none to one that asks', { event: eventThatIs('Inquiring') }, {}, 'impossible wrong-answer'],
    [
      'starts what it stopped, whatever became of the event',
      { ...is('Stopped'), event: eventThatIs('Canceled') },
      stopped,
      'needed',
    ],
    ['asks again when a stop without an answer left no trace', {}, stopClaimed, 'needed'],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(first(seen, facts))).toBe(expected);
  });

  it('does not stop once the window has closed, and starts what it stopped all the same', () => {
    const late = t0 + 3 * hourMs + 1;
    expect(inWords(first({}, {}, late), late)).toBe('impossible window-closed');
    expect(inWords(first({}, stopClaimed, late), late)).toBe('impossible window-closed');
    expect(inWords(first(is('Stopped'), stopped, late), late)).toBe('needed');
  });

  it('wants the backup that the playbook requires', () => {
    const more = { slot: 'slot', requireBackup: 'save' };
    expect(inWords(judge({}, { allFacts: { slot } }, more))).toBe('impossible no-backup');
    const saved = { slot, save: { manifest: 'oss://b/manifest.txt' } };
    expect(inWords(judge({}, { allFacts: saved }, more))).toBe('needed');
  });
});

describe('stop-start-instance, claims and acts', () => {
  it.each<[string, unknown[], object]>([
    ['Running', ['stop', 'i-1', { force: false }], { startTime: '2026-10-02T03:04Z', stopAt: now }],
    ['Stopping', ['stop', 'i-1', { force: true }], { startTime: '2026-10-02T03:04Z', forceAt: now }],
    ['Stopped', ['start', 'i-1'], { startTime: '2026-10-02T03:04Z', startAt: now }],
  ])('of an instance that is %s', async (status, call, claimed) => {
    const made: unknown[] = [];
    const instances = {
      stop: async (...given: unknown[]) => void made.push(['stop', ...given]),
      start: async (...given: unknown[]) => void made.push(['start', ...given]),
    };
    const reach = { cloud: { instances } } as unknown as Reach;
    const move = moveOf('stop-start-instance');
    const seen = { ...ready, ...is(status) };
    expect(move.claim?.(seen, parameters, sceneOf())).toEqual(claimed);
    await move.act(parameters, reach, sceneOf(), seen);
    expect(made).toEqual([call]);
  });

  it('keep the time of start from before the stop', () => {
    const seen = is('Stopped', { startTime: '2026-11-18T18:05Z' });
    const claimed = moveOf('stop-start-instance').claim?.(seen, parameters, sceneOf({ facts: stopped }));
    expect(claimed).toEqual({ startTime: '2026-10-02T03:04Z', startAt: now });
  });
});

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

const parameters = { places, forceStop: false, drain: 'drain', answer: 'restart' };
const ready = {
  event: eventThatIs('Scheduled'),
  instance: instanceThatIs('Running'),
  memberships: [membership('g/80', 0)],
};
const noon = t0 + 13 * hourMs;
const atNoon = { now: noon, allFacts: { restart: { claimedAt: t0 - 1000, actedAt: t0 } } };
const claimed = { claimedAt: noon, startTime: '2026-10-02T03:04Z' };

function judge(seen: object, scene: Partial<Scene> = {}, more: object = {}) {
  return moveOf('restart-instance').judge(
    { ...ready, ...seen },
    { ...parameters, ...more },
    sceneOf({ ...atNoon, ...scene }),
  );
}

describe('restart-instance, before its call', () => {
  it.each<[string, object, Partial<Scene>, object, string]>([
    [
      'restarts once more half a day after the first answer (C48)',
      {},
      { now: t0 + 12 * hourMs },
      {},
      'needed',
    ],
    ['waits until then (C48)', {}, { now: t0 + 12 * hourMs - minuteMs }, {}, 'pending 60s'],
    ['waits as long as the plan says', {}, { now: t0 + minuteMs }, { afterMs: 3 * minuteMs }, 'pending 120s'],
    [
      'counts from the claim when the answer to the first call was lost',
      {},
      { now: t0 + 12 * hourMs - minuteMs, allFacts: { restart: { claimedAt: t0 } } },
      {},
      'pending 60s',
    ],
    ['does not wait for an answer that was never given', {}, { now: t0, allFacts: {} }, {}, 'needed'],
    ['is done when the event was cleared meanwhile (C63)', { event: eventThatIs('Avoided') }, {}, {}, 'done'],
    ['is done when ECS has forgotten the event', { event: undefined }, {}, {}, 'done'],
    ['leaves the provider alone while it acts', { event: eventThatIs('Executing') }, {}, {}, 'pending 15s'],
    [
      'does not try what no restart answers',
      { event: eventThatIs('Inquiring') },
      {},
      {},
      'impossible no-answer',
    ],
    ['cannot restart what is gone', { instance: undefined }, {}, {}, 'impossible instance-gone, withdraw'],
    ['waits while the instance starts', { instance: instanceThatIs('Starting') }, {}, {}, 'pending 10s'],
    [
      'restarts no stopped instance',
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
      'does not restart under traffic',
      { memberships: [membership('g/80', 100)] },
      {},
      {},
      'impossible traffic-came-back, hold',
    ],
    [
      'does not restart under traffic where nothing was drained',
      { memberships: [membership('g/80', 100)] },
      {},
      { drain: undefined },
      'impossible takes-traffic',
    ],
  ])('%s', (_name, seen, scene, more, expected) => {
    expect(inWords(judge(seen, scene, more), scene.now ?? noon)).toBe(expected);
  });

  it('says when it will restart, in the zone of the calendar', () => {
    expect(judge({}, { now: t0 + minuteMs })).toMatchObject({ note: 'restarts again Thu 19 Nov 14:00' });
  });
});

describe('restart-instance, after its claim', () => {
  it.each<[string, object, Facts, string]>([
    ['asks again when nothing shows', {}, claimed, 'needed'],
    ['waits for a restart that was answered', {}, { ...claimed, actedAt: noon }, 'pending 15s'],
    ['waits while the instance starts', { instance: instanceThatIs('Starting') }, claimed, 'pending 15s'],
    [
      'is done when it runs with a later time of start',
      { instance: instanceThatIs('Running', { startTime: '2026-11-19T07:01Z' }) },
      claimed,
      'done',
    ],
    ['is done when the event says so', { event: eventThatIs('Avoided') }, claimed, 'done'],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(judge(seen, { facts }), noon)).toBe(expected);
  });

  it('remembers the time of start from before the first call', () => {
    const claim = (facts: Facts) => moveOf('restart-instance').claim?.(ready, parameters, sceneOf({ facts }));
    expect(claim({})).toEqual({ startTime: '2026-10-02T03:04Z' });
    expect(claim({ startTime: '2026-01-01T00:00Z' })).toEqual({ startTime: '2026-01-01T00:00Z' });
  });

  it('makes one call', async () => {
    const made: unknown[] = [];
    const instances = { reboot: async (...call: unknown[]) => void made.push(call) };
    const reach = { cloud: { instances } } as unknown as Reach;
    const facts = await moveOf('restart-instance').act(parameters, reach, sceneOf(atNoon), ready);
    expect([made, facts]).toEqual([[['i-1', { force: false }]], { actedAt: noon }]);
  });
});

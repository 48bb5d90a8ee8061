import type { Scene } from '../../../src/steps/define-step';
import {
  eventThatIs,
  hourMs,
  inWords,
  membership,
  minuteMs,
  moveOf,
  sceneOf,
  secondMs,
  t0,
} from '../at-a-scene';

/** Nights from 02:00, which is `t0`, to 05:00 in Shanghai; half an hour before them weights are lowered. */
const window = {
  calendar: {
    zone: 'Asia/Shanghai',
    allow: [
      {
        name: 'nights',
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
        from: 120,
        to: 300,
      },
    ],
    deny: [],
  },
  neededMs: hourMs,
  finishBeforeMs: 2 * hourMs,
  ifNoWindow: 'ask',
};
const behind = { step: 'soften', slot: 'slot', beforeMs: 30 * minuteMs };
const soften = { snapshot: [membership('g', 100)], percent: 20, written: ['g'], drained: ['g'] };
const taken = (claimedAt: number, more: object = {}): Partial<Scene> => ({
  since: claimedAt + 10 * secondMs,
  allFacts: { slot: { claimedAt }, soften, ...more },
});
const early = taken(t0 - 30 * minuteMs);
const inside = taken(t0 + hourMs);
const atTheEdge = taken(t0 + 90 * minuteMs);
const lessTime = { event: eventThatIs('Scheduled', { notBefore: t0 + 3 * hourMs }) };
const noTime = { event: eventThatIs('Scheduled', { notBefore: t0 + 4 * hourMs }) };

const wait = (scene: Partial<Scene>) => moveOf('await-window').judge([], { window, behind }, sceneOf(scene));

describe('await-window, behind a soft drain', () => {
  it.each<[string, Partial<Scene>, string]>([
    ['waits for its opening', { ...early, now: t0 - 20 * minuteMs }, 'pending 1200s'],
    ['is done at its opening', { ...early, now: t0 }, 'done'],
    [
      'keeps weights lowered for as long when the slot came late',
      { ...inside, now: t0 + 61 * minuteMs },
      'pending 1740s',
    ],
    ['is done when they were', { ...inside, now: t0 + 90 * minuteMs }, 'done'],
    ['is done a little late at the edge of the window', { ...atTheEdge, now: t0 + 121 * minuteMs }, 'done'],
    [
      'goes at once where waiting as long would be too late',
      { ...inside, ...noTime, now: t0 + 59 * minuteMs },
      'done',
    ],
    [
      'waits for the opening alone where there was no time for all of it',
      { ...taken(t0 - 5 * minuteMs), ...lessTime, now: t0 - 4 * minuteMs },
      'pending 240s',
    ],
    [
      'waits for nothing but the opening where no weight was lowered',
      { ...taken(t0 + hourMs, { soften: { ...soften, written: [] } }), now: t0 + 61 * minuteMs },
      'done',
    ],
    [
      'begins anew when its window was missed',
      { ...early, now: t0 + 5 * hourMs },
      'impossible window-missed, again',
    ],
    [
      'asks when its window was missed and none comes any more',
      { ...early, ...noTime, now: t0 + 3 * hourMs },
      'impossible no-window, hold',
    ],
    ['waits for nothing when the provider acts', { ...early, event: eventThatIs('Executing') }, 'done'],
  ])('%s (C41)', (_name, scene, expected) => {
    expect(inWords(wait(scene), scene.now)).toBe(expected);
  });

  it('remembers by when the event must be answered, whichever window it came to be (C41)', () => {
    expect(wait({ ...early, now: t0 })).toEqual({
      kind: 'done',
      note: 'nights is open',
      facts: { mustActBy: t0 + 3 * hourMs, finishBeforeMs: 2 * hourMs },
    });
  });

  it('says what it waits for', () => {
    expect(wait({ ...early, now: t0 - 20 * minuteMs })).toMatchObject({
      note: 'lowered until Thu 19 Nov 02:00, when the work begins in nights',
    });
    const ahead = moveOf('await-window').judge(
      [],
      { window: { ...window, aheadMs: 30 * minuteMs } },
      sceneOf({ now: t0 - hourMs }),
    );
    expect(ahead).toMatchObject({
      note: 'waits for nights, Thu 19 Nov 01:30: a soft drain, 30m ahead of it',
      again: t0 - 30 * minuteMs,
    });
  });
});

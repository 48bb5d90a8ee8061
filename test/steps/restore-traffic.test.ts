import type { Facts } from '../../src/run/run';
import type { Scene } from '../../src/steps/define-step';
import {
  actOnWeights,
  inWords,
  membership,
  minuteMs,
  moveOf,
  places,
  sceneOf,
  secondMs,
  t0,
} from './at-a-scene';

const ramp = [
  { percent: 10, holdMs: 2 * minuteMs },
  { percent: 50, holdMs: 3 * minuteMs },
  { percent: 100, holdMs: 0 },
];
const parameters = { drain: 'drain', places, ramp, requireHealth: true, atMostMs: 15 * minuteMs };
const before = [membership('g/80', 100), membership('h/80', 40)];
const drained = (snapshot: unknown = before): Partial<Scene> => ({
  allFacts: { drain: { snapshot, written: ['g', 'h'], drained: ['g', 'h'] } },
});
const at = (g: number, h: number, health: string | undefined = 'normal') => ({
  memberships: [membership('g/80', g), membership('h/80', h)],
  health,
});

function judge(seen: unknown, scene: Partial<Scene>, more: object = {}) {
  return moveOf('restore-traffic').judge(
    seen,
    { ...parameters, ...more },
    sceneOf({ ...drained(), ...scene }),
  );
}
const act = (seen: unknown, facts: Facts, scene: Partial<Scene> = {}) =>
  actOnWeights('restore-traffic', { seen, parameters, scene: sceneOf({ ...drained(), facts, ...scene }) });
/** Facts of a stage whose last write was made at `t0`. */
const stage = (number: number) => ({ stage: number, stageAt: t0 });

describe('restore-traffic', () => {
  it.each<[string, unknown, Partial<Scene>, string]>([
    ['begins with the first share', at(0, 0), {}, 'needed'],
    [
      'gives no share to an instance that somebody stopped meanwhile',
      { ...at(10, 4), status: 'Stopped' },
      { facts: stage(0), now: t0 + 120 * secondMs },
      'pending 15s',
    ],
    [
      'holds when it stays down',
      { ...at(10, 4), status: 'Stopped' },
      { facts: stage(0), now: t0 + 15 * minuteMs + 1 },
      'impossible not-healthy, hold',
    ],
    [
      'gives no share to one that was started anew and not heard from since',
      { ...at(10, 4), status: 'Running', heard: false },
      { facts: stage(0), now: t0 + 120 * secondMs },
      'pending 15s',
    ],
    ['gives the next share to one that runs', { ...at(0, 0), status: 'Running' }, {}, 'needed'],
    ['brings the second group to the same share', at(10, 0), { facts: stage(0) }, 'needed'],
    ['holds the share', at(10, 4), { facts: stage(0), now: t0 + 119 * secondMs }, 'pending 15s'],
    ['goes on after the hold', at(10, 4), { facts: stage(0), now: t0 + 120 * secondMs }, 'needed'],
    [
      'does not go on while a check fails',
      at(10, 4, 'abnormal'),
      { facts: stage(0), now: t0 + 5 * minuteMs },
      'pending 15s',
    ],
    [
      'does not go on while the checks are silent',
      { ...at(10, 4), health: undefined },
      { facts: stage(0), now: t0 + 5 * minuteMs },
      'pending 15s',
    ],
    [
      'holds when the checks stay bad',
      at(10, 4, 'abnormal'),
      { facts: stage(0), now: t0 + 15 * minuteMs + 1 },
      'impossible not-healthy, hold',
    ],
    [
      'finishes its holds, however late, while the checks are good',
      at(50, 20),
      { facts: { stage: 1, stageAt: t0 + 15 * minuteMs }, now: t0 + 16 * minuteMs },
      'pending 15s',
    ],
    ['brings back all of it', at(50, 20), { facts: stage(1), now: t0 + 3 * minuteMs }, 'needed'],
    ['is done when all is back and good', at(100, 40), { facts: stage(2) }, 'done'],
    ['waits for good checks at full weight', at(100, 40, 'unknown'), { facts: stage(2) }, 'pending 15s'],
    ['has nothing to do when nothing was taken out', at(0, 0), { allFacts: {} }, 'done'],
    [
      'leaves a member at 0 that was there before',
      { memberships: [membership('g/80', 0)], health: 'unknown' },
      drained([membership('g/80', 0)]),
      'done',
    ],
    ['leaves a member that was in no group', { memberships: [], health: undefined }, drained([]), 'done'],
    [
      'goes on without a place that is gone',
      { memberships: [membership('h/80', 0)], health: 'normal' },
      {},
      'needed',
    ],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene), scene.now)).toBe(expected);
  });

  it('asks a pool without load-balancer checks only that none fails', () => {
    const scene = { facts: stage(0), now: t0 + 2 * minuteMs };
    expect(inWords(judge(at(10, 4, 'unknown'), scene, { requireHealth: false }))).toBe('needed');
    expect(inWords(judge(at(10, 4, 'abnormal'), scene, { requireHealth: false }), scene.now)).toBe(
      'pending 15s',
    );
  });

  it('rounds a share up, so that a small weight is not a share of nothing', async () => {
    const snapshot = drained([membership('g/80', 3), membership('g/443', 1), membership('g/9', 0)]);
    const seen = { memberships: [membership('g/80', 0), membership('g/443', 0), membership('g/9', 0)] };
    expect((await act(seen, {}, snapshot)).told).toEqual([
      {
        group: 'g',
        weights: [
          { port: 80, weight: 1 },
          { port: 443, weight: 1 },
        ],
      },
    ]);
  });

  it('goes past shares that are the same for a small weight', async () => {
    const snapshot = drained([membership('g/80', 2)]);
    const seen = { memberships: [membership('g/80', 1)], health: 'normal' };
    const scene = { ...snapshot, facts: stage(0), now: t0 + 2 * minuteMs };
    expect(judge(seen, scene)).toEqual({ kind: 'needed', note: 'sets 100% of the weight in g' });
    const { told } = await act(seen, stage(0), scene);
    expect(told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 2 }] }]);
  });

  it('is done after the first share when that is the whole of a weight of 1', () => {
    const seen = { memberships: [membership('g/80', 1)], health: 'normal' };
    const scene = { ...drained([membership('g/80', 1)]), facts: stage(0), now: t0 + 2 * minuteMs };
    expect(judge(seen, scene)).toEqual({ kind: 'done', note: 'every weight is what it was' });
  });

  it('goes past a first share of nothing', () => {
    const ramp = [
      { percent: 0, holdMs: minuteMs },
      { percent: 100, holdMs: 0 },
    ];
    expect(inWords(judge(at(0, 0), {}, { ramp }))).toBe('needed');
  });
});

describe('restore-traffic and a person who sets a weight', () => {
  it('leaves that weight and goes on with the others', async () => {
    const seen = at(70, 4);
    const { told } = await act(seen, stage(0), { now: t0 + 2 * minuteMs });
    expect(told).toEqual([{ group: 'h', weights: [{ port: 80, weight: 20 }] }]);
  });

  it('ends, and reports it, when no other weight is left to bring back', () => {
    expect(judge(at(70, 40), { facts: stage(0), now: t0 + 2 * minuteMs })).toEqual({
      kind: 'done',
      note: 'g/80 left at 70, as a person set it',
    });
  });

  it('does not take a weight set before the ramp for a share of it', () => {
    expect(judge(at(10, 4), {})).toEqual({
      kind: 'done',
      note: 'g/80 left at 10, as a person set it; h/80 left at 4, as a person set it',
    });
  });

  it('reports a place that is gone', () => {
    const seen = { memberships: [membership('g/80', 100)], health: 'normal' };
    expect(judge(seen, { facts: stage(2) })).toEqual({ kind: 'done', note: 'h/80 is gone' });
  });
});

describe('restore-traffic, after a lost answer', () => {
  const claim = (seen: unknown, facts: Facts, now: number) =>
    moveOf('restore-traffic').claim?.(seen, parameters, sceneOf({ ...drained(), facts, now }));

  it('has remembered the share and the moment in its claim', () => {
    expect(claim(at(10, 4), stage(0), t0 + 2 * minuteMs)).toEqual({ stage: 1, stageAt: t0 + 2 * minuteMs });
  });

  it('still holds the first share of the only group', () => {
    const snapshot = drained([membership('g/80', 100)]);
    const seen = { memberships: [membership('g/80', 10)], health: 'normal' };
    const facts = { stage: 0, stageAt: t0 };
    expect(inWords(judge(seen, { ...snapshot, facts, now: t0 + minuteMs }))).toBe('pending 15s');
    expect(inWords(judge(seen, { ...snapshot, facts, now: t0 + 2 * minuteMs }))).toBe('needed');
  });

  it('writes the share again when the call had not worked', () => {
    expect(inWords(judge(at(10, 4), { facts: stage(1) }))).toBe('needed');
  });
});

describe('restore-traffic, behind a step that only lowered weights', () => {
  const lowered = { drain: undefined, lowered: [{ step: 'soft', percent: 20 }] };
  const softened: Partial<Scene> = {
    allFacts: { soft: { snapshot: before, percent: 20, written: ['g', 'h'], drained: ['g', 'h'] } },
  };
  const actOn = (seen: unknown, facts: Facts, more: object = lowered, scene: Partial<Scene> = softened) =>
    actOnWeights('restore-traffic', {
      seen,
      parameters: { ...parameters, ...more },
      scene: sceneOf({ ...scene, facts }),
    });

  it('goes on from the share that is left: the ramp never goes down (C38, C41)', async () => {
    const { told } = await actOn(at(20, 8), {});
    expect(told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 50 }] }]);
    const { told: second } = await actOn(at(50, 8), {});
    expect(second).toEqual([{ group: 'h', weights: [{ port: 80, weight: 20 }] }]);
  });

  it.each<[string, unknown, Facts, string]>([
    ['begins with the first share above the one that is left', at(20, 8), {}, 'needed'],
    ['holds it', at(50, 20), stage(0), 'pending 15s'],
    ['is done at the weights that were there', at(100, 40), stage(1), 'done'],
    ['is done where a person brought all of it back', at(100, 40), {}, 'done'],
    ['leaves weights that a person set', at(70, 3), {}, 'done'],
  ])('%s (C38, C41)', (_name, seen, facts, expected) => {
    expect(inWords(judge(seen, { ...softened, facts }, lowered))).toBe(expected);
  });

  it('counts from nothing where a step behind it took the rest away (C41)', async () => {
    const both = { ...drained().allFacts, ...softened.allFacts };
    const { told } = await actOn(at(0, 0), {}, { ...lowered, drain: 'drain' }, { allFacts: both });
    expect(told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 10 }] }]);
  });

  it('brings back what was lowered where the drain had nothing to do any more (C21, C41)', async () => {
    const { told } = await actOn(at(20, 8), {}, { ...lowered, drain: 'drain' });
    expect(told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 50 }] }]);
  });
});

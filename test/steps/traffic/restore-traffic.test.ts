import type { Membership } from '../../../src/engine/ports';
import type { Facts } from '../../../src/run/run';
import type { Scene } from '../../../src/steps/define-step';
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
} from '../at-a-scene';

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
  memberships: [
    { ...membership('g/80', g), health },
    { ...membership('h/80', h), health },
  ],
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
      { ...at(0, 0), status: 'Stopped' },
      { now: t0 + 120 * secondMs },
      'pending 15s',
    ],
    [
      'holds when it stays down',
      { ...at(0, 0), status: 'Stopped' },
      { now: t0 + 15 * minuteMs + 1 },
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
      'holds when the checks stay silent',
      at(10, 4, 'unknown'),
      { facts: stage(0), now: t0 + 17 * minuteMs + 1 },
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
    const now = t0 + 2 * minuteMs;
    expect(claim(at(10, 4), stage(0), now)).toMatchObject({ stage: 1, stageAt: now, begunAt: now });
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

/** Facts of a stage that this version began at `t0`. */
const begun = (number: number, more: object = {}) => ({
  stage: number,
  stageAt: t0,
  begunAt: t0,
  written: ['g', 'h'],
  tries: { g: 1, h: 1 },
  sickOthers: 0,
  ...more,
});
const guarded = { alarms: ['storefront-5xx-high'] };
const firing = { alarms: { firing: ['storefront-5xx-high'], unknown: [] } };
const quiet = { alarms: { firing: [], unknown: [] } };
const unknown = { alarms: { firing: [], unknown: ['storefront-5xx-high'] } };
const running = { status: 'Running', startTime: '2026-11-18T17:50Z' };

describe('restore-traffic, where something stands in the way of the first share', () => {
  const late = { now: t0 + 15 * minuteMs + 1 };
  it.each<[string, unknown, Partial<Scene>, string]>([
    ['waits while an alarm is firing', { ...at(0, 0), ...firing }, {}, 'pending 15s'],
    ['begins once it is quiet', { ...at(0, 0), ...quiet }, late, 'needed'],
    ['holds when it goes on firing', { ...at(0, 0), ...firing }, late, 'impossible alarm-firing, hold'],
    [
      'holds at once for a name that guards nothing',
      { ...at(0, 0), ...unknown },
      {},
      'impossible alarm-unknown, hold',
    ],
    ['waits while a check fails', at(0, 0, 'abnormal'), {}, 'pending 15s'],
    ['holds when it goes on failing', at(0, 0, 'abnormal'), late, 'impossible not-healthy, hold'],
    ['minds no others that were ill before', { ...at(0, 0), sickOthers: 2 }, {}, 'needed'],
  ])('%s (C56)', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene, guarded), scene.now)).toBe(expected);
  });

  it('says what did not happen', () => {
    expect(judge({ ...at(0, 0), ...unknown }, {}, guarded)).toEqual({
      kind: 'impossible',
      reason: {
        code: 'alarm-unknown',
        sentence:
          'CloudMonitor knows no alarm rule "storefront-5xx-high"; abortIf names it; the instance gets no traffic',
      },
      then: 'hold',
      facts: { stage: 0 },
    });
  });
});

describe('restore-traffic and the health of a member that has a share', () => {
  const now = t0 + minuteMs;
  const sick = { flaps: 1, sickSince: t0 };

  it('notes that it turned bad (C55)', () => {
    expect(judge(at(10, 4, 'abnormal'), { facts: begun(0), now })).toEqual({
      kind: 'pending',
      again: now + 15 * secondMs,
      note: 'its checks turned bad at 10% of the weight (1 of at most 3 times)',
      facts: { flaps: 1, sickSince: now },
    });
  });

  it('holds the share anew once it is well (C55)', () => {
    expect(judge(at(10, 4), { facts: begun(0, sick), now })).toEqual({
      kind: 'pending',
      again: now,
      note: 'well again: 10% of the weight is held from the beginning',
      facts: { sickSince: null, stageAt: now },
    });
  });

  it.each<[string, unknown, Partial<Scene>, object, string]>([
    [
      'gives nothing more while it is bad',
      at(10, 4, 'abnormal'),
      { facts: begun(0, sick) },
      {},
      'pending 15s',
    ],
    [
      'is not well while the checks are silent',
      at(10, 4, 'unknown'),
      { facts: begun(0, sick) },
      {},
      'pending 15s',
    ],
    ['gives no share to a second group', at(10, 0, 'abnormal'), { facts: begun(0, sick) }, {}, 'pending 15s'],
    [
      'bears it as often as the playbook says',
      at(10, 4, 'abnormal'),
      { facts: begun(0, { flaps: 2 }) },
      {},
      'pending 15s',
    ],
    [
      'turns round when it turns bad once more',
      at(10, 4, 'abnormal'),
      { facts: begun(0, { flaps: 3 }) },
      {},
      'turns round: health-flaps',
    ],
    [
      'turns round at once where the playbook bears none',
      at(10, 4, 'abnormal'),
      { facts: begun(0) },
      { mostFlaps: 0 },
      'turns round: health-flaps',
    ],
    [
      'turns round when it stays bad',
      at(10, 4, 'abnormal'),
      { facts: begun(0, sick), now: t0 + 15 * minuteMs + 1 },
      {},
      'turns round: not-healthy',
    ],
    [
      'turns round when the instance stops',
      { ...at(10, 4), status: 'Stopping' },
      { facts: begun(0) },
      {},
      'turns round: not-running',
    ],
    [
      'turns round when an alarm fires',
      { ...at(10, 4), ...firing },
      { facts: begun(0) },
      guarded,
      'turns round: alarm-firing',
    ],
    [
      'turns round at the full weight, while it is held',
      { ...at(100, 40), ...firing },
      { facts: begun(2) },
      guarded,
      'turns round: alarm-firing',
    ],
    [
      'has nothing to take back where a person set every weight',
      { ...at(70, 3), ...firing },
      { facts: begun(0), now: t0 + 2 * minuteMs },
      guarded,
      'done',
    ],
    [
      'gives nothing more while others have turned bad',
      { ...at(10, 4), sickOthers: 1 },
      { facts: begun(0), now: t0 + 2 * minuteMs },
      {},
      'pending 15s',
    ],
    [
      'keeps the share and calls someone when they stay bad',
      { ...at(10, 4), sickOthers: 1 },
      { facts: begun(0), now: t0 + 17 * minuteMs + 1 },
      {},
      'impossible pool-unhealthy, hold',
    ],
    [
      'is done all the same when nothing is left to give',
      { ...at(100, 40), sickOthers: 1 },
      { facts: begun(2) },
      {},
      'done',
    ],
  ])('%s (C55, C56)', (_name, seen, scene, more, expected) => {
    const verdict = judge(seen, scene, more);
    const retreat = 'facts' in verdict && (verdict.facts?.['retreat'] as { code: string } | undefined);
    expect(retreat ? `turns round: ${retreat.code}` : inWords(verdict, scene.now)).toBe(expected);
  });

  it('writes down what it saw before it takes anything back, and tells people (C56)', () => {
    const note = 'the alarm "storefront-5xx-high" is firing: takes the traffic back';
    expect(judge({ ...at(50, 4), ...running, ...firing }, { facts: begun(1), now }, guarded)).toEqual({
      kind: 'pending',
      again: now,
      note,
      notice: note,
      facts: {
        tries: {},
        retreat: {
          at: now,
          code: 'alarm-firing',
          sentence: 'the alarm "storefront-5xx-high" is firing',
          percent: 50,
          places: [
            { key: 'g/80', weight: 50, health: 'normal' },
            { key: 'h/80', weight: 4, health: 'normal' },
          ],
          firing: ['storefront-5xx-high'],
          ...running,
        },
      },
    });
  });
});

describe('restore-traffic, while it takes the traffic back', () => {
  const now = t0 + 2 * minuteMs;
  const retreat = {
    at: now,
    code: 'alarm-firing',
    sentence: 'the alarm "storefront-5xx-high" is firing',
    percent: 10,
    places: [{ key: 'g/80', weight: 10, health: 'normal' }],
    firing: ['storefront-5xx-high'],
  };
  const back = (more: object = {}) => ({ facts: begun(0, { retreat, tries: {}, ...more }), now });
  const late = { now: now + 15 * minuteMs + 1 };
  const atWork = { jobs: { g: 'processing' } };

  it.each<[string, unknown, Partial<Scene>, string]>([
    ['sets weight 0 in every group that it had written', at(10, 4), back(), 'needed'],
    ['goes on though the alarm is quiet again', { ...at(10, 4), ...quiet }, back(), 'needed'],
    ['goes on in the second group', at(0, 4), back(), 'needed'],
    ['waits for a write that is still on its way', { ...at(0, 0), ...atWork }, back(), 'pending 5s'],
    ['writes where a job has failed', { ...at(10, 0), jobs: { g: 'failed' } }, back(), 'needed'],
    ['holds when everything is back', { ...at(0, 0), ...running }, back(), 'impossible ramp-failed, hold'],
    [
      'holds without a place that a person set',
      { ...at(70, 0), ...running },
      back(),
      'impossible ramp-failed, hold',
    ],
    ['goes on after an outage', at(10, 4), { ...back(), ...late }, 'needed'],
    [
      'does not repeat for ever what fails',
      at(10, 4),
      { ...back({ tries: { g: 2 } }), ...late },
      'impossible not-taken-back, hold',
    ],
    [
      'does not wait for ever for a job',
      { ...at(0, 0), ...atWork },
      { ...back(), ...late },
      'impossible not-taken-back, hold',
    ],
    [
      'has its full time once more after a retry',
      at(10, 4),
      { ...back({ tries: { g: 2 } }), ...late, since: late.now },
      'needed',
    ],
  ])('%s (C56)', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene, guarded), scene.now)).toBe(expected);
  });

  it('leaves the weight that a person set, and a place that was at 0 before (C54, C56, C57)', async () => {
    const places = [membership('g/80', 100), membership('g/443', 0), membership('h/80', 40)];
    const memberships = [membership('g/80', 10), membership('g/443', 5), membership('h/80', 33)];
    const { told } = await act({ memberships }, back().facts, drained(places));
    expect(told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 0 }] }]);
  });

  it('takes back a first group at the new share and a second one at the old one (C56)', async () => {
    const facts = begun(1, { retreat });
    expect((await act(at(50, 4), facts)).told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 0 }] }]);
    expect((await act(at(0, 4), facts)).told).toEqual([{ group: 'h', weights: [{ port: 80, weight: 0 }] }]);
  });

  it('says what was seen, and forgets the ramp, so that a retry begins with the first share (C56)', () => {
    const seen = { ...at(0, 33), ...running, agent: { online: true } };
    const verdict = judge(seen, back(), guarded);
    expect(verdict).toMatchObject({
      kind: 'impossible',
      reason: {
        code: 'ramp-failed',
        sentence:
          'the alarm "storefront-5xx-high" is firing; its traffic was taken back at 10% of the weight; ' +
          'g/80 had 10, checks normal; the instance is Running, started 2026-11-18T17:50Z, Cloud Assistant online; ' +
          'h/80 left at 33, as a person set it; retry begins with the first share, skip leaves it at weight 0',
      },
    });
    const { facts } = verdict as { facts: Facts };
    expect(facts).toMatchObject({ failed: { firing: ['storefront-5xx-high'], agent: { online: true } } });
    const anew = { facts: { ...back().facts, ...facts }, since: now, now };
    expect(judge({ ...at(0, 33), ...quiet }, anew, guarded)).toEqual({
      kind: 'needed',
      note: 'sets 10% of the weight in g',
    });
  });

  it('begins a retry at nothing, though a drain had only lowered the weights (C38, C56)', () => {
    const lowered = { drain: undefined, lowered: [{ step: 'soft', percent: 20 }] };
    const softened = { soft: { snapshot: before, percent: 20, written: ['g', 'h'], drained: ['g', 'h'] } };
    const scene = { ...back({ written: ['g'] }), allFacts: softened };
    expect(inWords(judge(at(0, 8), scene, lowered))).toBe('needed');
    const verdict = judge(at(0, 0), scene, lowered);
    const facts = { ...scene.facts, ...(verdict as { facts: Facts }).facts };
    expect(judge(at(0, 0), { ...scene, facts }, lowered)).toEqual({
      kind: 'needed',
      note: 'sets 10% of the weight in g',
    });
  });
});

describe('restore-traffic and writes that are only taken on', () => {
  const failing = (tries: number) => ({ facts: begun(0, { tries: { g: tries } }) });
  const late = { now: t0 + 15 * minuteMs + 1 };

  it.each<[string, unknown, Partial<Scene>, string]>([
    ['waits for a job', { ...at(0, 4), jobs: { g: 'processing' } }, failing(1), 'pending 5s'],
    ['makes the write again where it failed', { ...at(0, 4), jobs: { g: 'failed' } }, failing(1), 'needed'],
    [
      'also late, after an outage',
      { ...at(0, 4), jobs: { g: 'failed' } },
      { ...failing(1), ...late },
      'needed',
    ],
    [
      'does not make it for ever',
      { ...at(0, 4), jobs: { g: 'failed' } },
      { ...failing(2), ...late },
      'impossible weight-not-set, hold',
    ],
    [
      'does not wait for ever for a job',
      { ...at(0, 4), jobs: { g: 'processing' } },
      { ...failing(1), now: t0 + 17 * minuteMs + 1 },
      'impossible weight-not-set, hold',
    ],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene), scene.now)).toBe(expected);
  });
});

describe('restore-traffic and an instance that came back as somebody else', () => {
  const card = (id: string, type: string, ip?: string) => ({
    ...membership('g/80', 100),
    key: `g/80/${id}`,
    server: { id, type, ...(ip !== undefined && { ip }) },
  });
  const other = membership('h/80', 40);
  const seen = { memberships: [membership('h/80', 0)], ips: ['192.168.3.9'], enis: ['eni-9'] };

  it.each<[string, Membership, string | undefined]>([
    [
      'an address',
      card('192.168.3.5', 'Ip', '192.168.3.5'),
      '192.168.3.5, which it no longer has (it has 192.168.3.9)',
    ],
    ['a network card', card('eni-1', 'eni', '192.168.3.9'), 'eni-1, which it no longer has (it has eni-9)'],
    [
      'a network card, as ALB writes it',
      card('eni-1', 'Eni'),
      'eni-1, which it no longer has (it has eni-9)',
    ],
    ['its own id', card('i-1', 'ecs'), undefined],
    ['a card that it still has', card('eni-9', 'Eni', '192.168.3.9'), undefined],
  ])('is told where it was known by %s (C58)', (_name, place, expected) => {
    const verdict = judge(seen, drained([place, other]));
    if (expected === undefined) return expect(verdict.kind).toBe('needed');
    expect(verdict).toMatchObject({
      reason: {
        code: 'address-changed',
        sentence: `g knew the instance as ${expected}; register it there anew, with the weight that it had (100), and take out what is left of the old; then retry brings the other groups back`,
      },
      then: 'hold',
    });
  });

  it('comes back in the other groups once a person knows (C58)', () => {
    const scene = drained([card('eni-1', 'eni'), other]);
    const { facts } = judge(seen, scene) as { facts: Facts };
    expect(judge(seen, { ...scene, facts })).toEqual({ kind: 'needed', note: 'sets 10% of the weight in h' });
  });
});

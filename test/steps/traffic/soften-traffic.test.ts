import type { Facts } from '../../../src/run/run';
import type { Scene } from '../../../src/steps/define-step';
import { actOnWeights, eventThatIs, inWords, membership, moveOf, places, sceneOf, t0 } from '../at-a-scene';

const parameters = { places, percent: 20 };
const both = [membership('g/80', 100), membership('g/443', 7), membership('h/80', 1), membership('d', 0)];
const softened = [membership('g/80', 20), membership('g/443', 2), membership('h/80', 1), membership('d', 0)];
const byUs = { snapshot: both, percent: 20, written: ['g'], drained: ['g'] };
const unclear = { snapshot: both, percent: 20, written: ['g'] };
const gByHand = [membership('g/80', 70), membership('g/443', 2), membership('h/80', 1)];
const gBack = [membership('g/80', 100), membership('g/443', 2), membership('h/80', 1)];
const busyG = (weight: number) => [{ ...membership('g/80', weight), busy: 'Configuring' }];

function judge(memberships: unknown, scene: Partial<Scene> = {}, more: object = {}, jobs: object = {}) {
  return moveOf('soften-traffic').judge({ memberships, jobs }, { ...parameters, ...more }, sceneOf(scene));
}
const act = (memberships: unknown, facts: Facts = {}) =>
  actOnWeights('soften-traffic', {
    seen: { memberships, jobs: {} },
    parameters,
    scene: sceneOf({ facts }),
  });

describe('soften-traffic', () => {
  it.each<[string, unknown, Facts, object, string]>([
    ['lowers what stands at its whole weight', both, {}, {}, 'needed'],
    ['is done at the share', softened, byUs, {}, 'done'],
    ['is done at the share although the answer was lost', softened, unclear, {}, 'done'],
    ['writes again what an unclear call may have left', both, unclear, {}, 'needed'],
    ['has nothing to do where nothing is', [], {}, {}, 'done'],
    ['has nothing to do where one is the least already', [membership('g', 1)], {}, {}, 'done'],
    ['leaves a weight that a person set instead', gByHand, byUs, {}, 'done'],
    ['leaves a weight that a person set instead of an unclear write', gByHand, unclear, {}, 'done'],
    ['leaves a weight that a person set back', gBack, byUs, {}, 'done'],
    ['waits while what was asked is being applied', busyG(100), {}, {}, 'pending 5s'],
    ['waits until the share that is shown is also applied', busyG(20), unclear, {}, 'pending 5s'],
    ['waits for a job that goes on', both, unclear, { g: 'processing' }, 'pending 5s'],
    ['writes again when a job failed', both, unclear, { g: 'failed' }, 'needed'],
    [
      'leaves what only a health check can move',
      [{ ...membership('m', 9), fixed: 'master' }],
      {},
      {},
      'done',
    ],
    ['leaves what is on or off', [{ ...membership('r', 100), onOff: true }], {}, {}, 'done'],
  ])('%s (C38, C41)', (_name, seen, facts, jobs, expected) => {
    expect(inWords(judge(seen, { facts }, {}, jobs))).toBe(expected);
  });

  it('rounds a share up, and never takes anything to 0 (C41)', async () => {
    expect((await act(both)).told).toEqual([
      {
        group: 'g',
        weights: [
          { port: 80, weight: 20 },
          { port: 443, weight: 2 },
        ],
      },
    ]);
    expect((await act([membership('g/80', 3)])).told).toEqual([
      { group: 'g', weights: [{ port: 80, weight: 1 }] },
    ]);
  });

  it('says what it does and what it did', () => {
    expect(judge(both)).toEqual({ kind: 'needed', note: 'lowers the weight to 20% in g' });
    expect(judge(softened, { facts: byUs })).toEqual({
      kind: 'done',
      note: 'at 20% of the weight in 4 places',
    });
  });

  it('claims the weights that were there, and to which share they go', () => {
    const seen = { memberships: both, jobs: {} };
    expect(moveOf('soften-traffic').claim?.(seen, parameters, sceneOf({ now: t0 }))).toEqual({
      snapshot: both,
      percent: 20,
      written: ['g'],
      drained: [],
      writtenAt: t0,
    });
  });

  it.each(['Executed', 'Canceled', 'Avoided', 'Failed'] as const)(
    'does not begin when the event is %s',
    (status) => {
      expect(inWords(judge(both, { event: eventThatIs(status) }))).toBe('done');
    },
  );

  it('lowers while the provider acts, unless all of the weight is taken away at once', () => {
    const scene = { event: eventThatIs('Executing') };
    expect(inWords(judge(both, scene))).toBe('needed');
    expect(inWords(judge(both, scene, { ahead: true }))).toBe('done');
  });
});

describe('soften-traffic, undone', () => {
  const undo = (memberships: unknown, facts: Facts) =>
    moveOf('soften-traffic', 'undo').judge(memberships, parameters, sceneOf({ facts }));

  it.each<[string, unknown, Facts, string]>([
    ['restores what stands at the share', softened, byUs, 'needed'],
    ['restores after an unclear call that had worked', softened, unclear, 'needed'],
    ['has nothing to do after an unclear call that had not', both, unclear, 'done'],
    ['has nothing to do where it did nothing', softened, {}, 'done'],
    ['leaves a weight that a person set', [membership('g/80', 70), membership('g/443', 7)], byUs, 'done'],
    ['leaves what is not registered any more', [membership('h/80', 1)], byUs, 'done'],
    ['leaves what the drain took, which puts it back itself', [membership('g/80', 0)], byUs, 'done'],
    ['waits while what was asked is being applied', busyG(20), byUs, 'pending 5s'],
  ])('%s (C41)', (_name, seen, facts, expected) => {
    expect(inWords(undo(seen, facts))).toBe(expected);
  });

  it('sets the weights that were there (C41)', async () => {
    const scene = sceneOf({ facts: byUs });
    const { told } = await actOnWeights('soften-traffic', {
      seen: softened,
      parameters,
      scene,
      direction: 'undo',
    });
    expect(told).toEqual([
      {
        group: 'g',
        weights: [
          { port: 80, weight: 100 },
          { port: 443, weight: 7 },
        ],
      },
    ]);
  });
});

import type { Facts } from '../../src/run/run';
import { actOnWeights, eventThatIs, inWords, membership, moveOf, places, sceneOf } from './at-a-scene';

const parameters = { places };
const both = [membership('g/80', 100), membership('g/443', 50), membership('h/80', 100), membership('d', 0)];
const gOut = [membership('g/80', 0), membership('g/443', 0), membership('h/80', 100), membership('d', 0)];
const allOut = [membership('g/80', 0), membership('g/443', 0), membership('h/80', 0), membership('d', 0)];
const gDrained = { snapshot: both, written: ['g'], drained: ['g'] };
const gUnclear = { snapshot: both, written: ['g'] };

function judge(seen: unknown, facts: Facts = {}, event = eventThatIs('Scheduled')) {
  return moveOf('drain-traffic').judge(seen, parameters, sceneOf({ facts, event }));
}
const act = (seen: unknown, facts: Facts) =>
  actOnWeights('drain-traffic', { seen, parameters, scene: sceneOf({ facts }) });

describe('drain-traffic', () => {
  it.each<[string, unknown, Facts, string]>([
    ['begins with the first group that has a weight', both, {}, 'needed'],
    ['goes on with the next group', gOut, gDrained, 'needed'],
    ['is done at weight 0 everywhere', allOut, gDrained, 'done'],
    ['has nothing to do where nothing is', [], {}, 'done'],
    ['writes again what an unclear call may have left', both, gUnclear, 'needed'],
    ['goes on behind an unclear call that had worked', gOut, gUnclear, 'needed'],
    ['holds when a weight comes back that it had set', both, gDrained, 'impossible traffic-came-back, hold'],
  ])('%s', (_name, seen, facts, expected) => {
    expect(inWords(judge(seen, facts))).toBe(expected);
  });

  it('says who came back, so that a person finds it', () => {
    expect(judge(both, gDrained)).toMatchObject({
      reason: { sentence: 'somebody set the weight in g/80 back to 100 during the run' },
    });
  });

  it('remembers the weights of a member that was out before, so that it stays out', () => {
    expect(judge([membership('d', 0)])).toEqual({
      kind: 'done',
      note: 'weight 0 in all 1 places',
      facts: { snapshot: [membership('d', 0)] },
    });
  });

  it.each(['Executed', 'Failed', 'Canceled', 'Avoided'] as const)(
    'takes nobody out for an event that is %s',
    (status) => {
      expect(inWords(judge(both, {}, eventThatIs(status)))).toBe('done');
    },
  );

  it('takes the member out while the provider acts, and finishes what it began', () => {
    expect(inWords(judge(both, {}, eventThatIs('Executing')))).toBe('needed');
    expect(inWords(judge(gOut, gDrained, eventThatIs('Executed')))).toBe('needed');
  });

  it('writes one group a call, all of its ports together', async () => {
    expect(await act(both, {})).toEqual({
      told: [
        {
          group: 'g',
          weights: [
            { port: 80, weight: 0 },
            { port: 443, weight: 0 },
          ],
        },
      ],
      facts: { drained: ['g'] },
    });
    expect(await act(gOut, gDrained)).toEqual({
      told: [{ group: 'h', weights: [{ port: 80, weight: 0 }] }],
      facts: { drained: ['g', 'h'] },
    });
  });
});

describe('drain-traffic, its claims', () => {
  const claim = (seen: unknown, facts: Facts) =>
    moveOf('drain-traffic').claim?.(seen, parameters, sceneOf({ facts }));

  it('keep the weights from before the first write', () => {
    expect(claim(both, {})).toEqual({ snapshot: both, written: ['g'] });
    expect(claim(gOut, gDrained)).toEqual({ snapshot: both, written: ['g', 'h'] });
  });

  it('keep a group whose answer was lost among those that were written', () => {
    expect(claim(gOut, gUnclear)).toEqual({ snapshot: both, written: ['g', 'h'] });
  });
});

describe('drain-traffic, undone', () => {
  const written = { snapshot: both, written: ['g', 'h'], drained: ['h'] };
  const undo = moveOf('drain-traffic', 'undo');
  const judgeUndo = (seen: unknown, facts: Facts) =>
    inWords(undo.judge(seen, parameters, sceneOf({ facts })));
  const put = (seen: unknown, facts: Facts) =>
    actOnWeights('drain-traffic', { seen, parameters, scene: sceneOf({ facts }), direction: 'undo' });

  it.each<[string, unknown, Facts, string]>([
    ['puts back what is at 0', allOut, written, 'needed'],
    ['puts back a group whose answer was lost', gOut, gUnclear, 'needed'],
    ['is done when every weight is as it was', both, written, 'done'],
    ['is done when nothing was written', allOut, { snapshot: both }, 'done'],
    ['is done when it never began', allOut, {}, 'done'],
    [
      'leaves a group alone that it never wrote',
      [membership('g/80', 100), membership('g/443', 50), membership('h/80', 0)],
      gDrained,
      'done',
    ],
    [
      'leaves a weight alone that a person set',
      [membership('g/80', 7), membership('g/443', 7), membership('h/80', 100)],
      written,
      'done',
    ],
    ['leaves a place alone that is gone', [membership('h/80', 100)], written, 'done'],
  ])('%s', (_name, seen, facts, expected) => {
    expect(judgeUndo(seen, facts)).toBe(expected);
  });

  it('writes one group a call with the weights that were there', async () => {
    const { told } = await put(allOut, written);
    expect(told).toEqual([
      {
        group: 'g',
        weights: [
          { port: 80, weight: 100 },
          { port: 443, weight: 50 },
        ],
      },
    ]);
  });

  it('writes only the ports that are still at 0: a person has set the other', async () => {
    const { told } = await put(
      [membership('g/80', 0), membership('g/443', 7), membership('h/80', 100)],
      written,
    );
    expect(told).toEqual([{ group: 'g', weights: [{ port: 80, weight: 100 }] }]);
  });
});

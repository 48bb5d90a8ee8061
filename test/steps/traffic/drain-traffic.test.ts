import type { Facts } from '../../../src/run/run';
import type { Reach, Scene } from '../../../src/steps/define-step';
import {
  actOnWeights,
  eventThatIs,
  inWords,
  membership,
  minuteMs,
  moveOf,
  places,
  sceneOf,
  t0,
} from '../at-a-scene';

const parameters = { places };
const both = [membership('g/80', 100), membership('g/443', 50), membership('h/80', 100), membership('d', 0)];
const gOut = [membership('g/80', 0), membership('g/443', 0), membership('h/80', 100), membership('d', 0)];
const allOut = [membership('g/80', 0), membership('g/443', 0), membership('h/80', 0), membership('d', 0)];
const gDrained = { snapshot: both, written: ['g'], drained: ['g'] };
const gUnclear = { snapshot: both, written: ['g'] };

const seenAs = (memberships: unknown, more: object = {}) => ({ memberships, jobs: {}, ...more });

function judge(seen: unknown, facts: Facts = {}, event = eventThatIs('Scheduled')) {
  return moveOf('drain-traffic').judge(seenAs(seen), parameters, sceneOf({ facts, event }));
}
const act = (seen: unknown, facts: Facts) =>
  actOnWeights('drain-traffic', { seen: seenAs(seen), parameters, scene: sceneOf({ facts }) });

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

  it.each<[string, unknown, object, Facts, string]>([
    [
      'waits while a load balancer applies what was asked',
      [{ ...membership('g/80', 100), busy: 'Configuring' }],
      {},
      {},
      'pending 5s',
    ],
    [
      'waits until the weight 0 that is shown is also applied',
      [{ ...membership('g/80', 0), busy: 'Configuring' }],
      {},
      gUnclear,
      'pending 5s',
    ],
    ['waits for a job that goes on', [membership('g/80', 100)], { g: 'processing' }, gUnclear, 'pending 5s'],
    ['writes again when a job failed', [membership('g/80', 100)], { g: 'failed' }, gUnclear, 'needed'],
    [
      'waits until nobody remembers the record any more',
      [{ ...membership('g/80', 0), lingerMs: 10 * minuteMs }],
      {},
      {
        ...gDrained,
        snapshot: [{ ...membership('g/80', 100), lingerMs: 10 * minuteMs }],
        writtenAt: t0,
      },
      'pending 540s',
    ],
    [
      'asks a person about a master/slave group, once all else is drained',
      [{ ...membership('m/80', 100), fixed: 'master' }],
      {},
      {},
      'impossible master-slave, hold',
    ],
  ])('%s', (_name, memberships, jobs, facts, expected) => {
    const verdict = moveOf('drain-traffic').judge({ memberships, jobs }, parameters, sceneOf({ facts }));
    expect(inWords(verdict)).toBe(expected);
  });

  it('refuses to take the last healthy server of a group, and names the group, unless the provider acts (C21, C39)', () => {
    const own = { ...membership('g/80', 100), instanceId: 'i-1', health: 'normal' };
    const other = { ...membership('g/81', 100), instanceId: 'i-2', health: 'abnormal' };
    const seen = seenAs([membership('g/80', 100)], { servers: [own, other] });
    const verdict = moveOf('drain-traffic').judge(seen, { ...parameters, allowLast: false }, sceneOf());
    expect(verdict).toMatchObject({
      then: 'again',
      reason: { sentence: 'the instance is the last healthy server of g, and allowLast is not set' },
    });
    const acting = sceneOf({ event: eventThatIs('Executing') });
    const meanwhile = moveOf('drain-traffic').judge(seen, { ...parameters, allowLast: false }, acting);
    expect(inWords(meanwhile)).toBe('needed');
  });

  it.each<[string, Facts, number]>([
    ['before the first write', {}, 1],
    ['behind a claim whose write may never have been made', gUnclear, 1],
    ['no longer once a group’s write is known to have worked', gDrained, 0],
  ])('asks who else serves %s (C39)', async (_when, facts, asked) => {
    let surveys = 0;
    const traffic = {
      memberships: () => Promise.resolve([membership('g/80', 100)]),
      survey: () => Promise.resolve(((surveys += 1), [])),
    };
    const reach = { cloud: { traffic } } as unknown as Reach;
    await moveOf('drain-traffic').look(
      { ...parameters, allowLast: false, after: [] },
      reach,
      sceneOf({ facts }),
    );
    expect(surveys).toBe(asked);
  });

  it('writes to different load balancers side by side, and takes the instance out where that is wanted', async () => {
    const memberships = [membership('g/80', 100), { ...membership('h/80', 40), lane: 'other' }];
    const { told } = await actOnWeights('drain-traffic', {
      seen: seenAs(memberships),
      parameters: { ...parameters, how: 'remove' },
      scene: sceneOf(),
    });
    expect(told).toEqual([
      { group: 'g', how: 'remove', weights: [{ port: 80, weight: 0 }] },
      { group: 'h', how: 'remove', weights: [{ port: 80, weight: 0 }] },
    ]);
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
      facts: { snapshot: [membership('d', 0)], written: [], drained: [] },
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
      facts: { drained: ['g'], jobs: {} },
    });
    expect(await act(gOut, gDrained)).toEqual({
      told: [{ group: 'h', weights: [{ port: 80, weight: 0 }] }],
      facts: { drained: ['g', 'h'], jobs: {} },
    });
  });
});

describe('drain-traffic, its claims', () => {
  const writtenAt = t0 + minuteMs;
  const claim = (seen: unknown, facts: Facts) =>
    moveOf('drain-traffic').claim?.(seenAs(seen), parameters, sceneOf({ facts }));

  it('keep the weights from before the first write', () => {
    expect(claim(both, {})).toEqual({ snapshot: both, written: ['g'], drained: [], writtenAt });
    expect(claim(gOut, gDrained)).toEqual({
      snapshot: both,
      written: ['g', 'h'],
      drained: ['g'],
      writtenAt,
    });
  });

  it('keep a group whose answer was lost among those that were written', () => {
    expect(claim(gOut, gUnclear)).toEqual({
      snapshot: both,
      written: ['g', 'h'],
      drained: ['g'],
      writtenAt,
    });
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

describe('drain-traffic, behind a step that lowered weights', () => {
  const after = { ...parameters, after: ['soften', 'standby'] };
  const was = [membership('g/80', 100), membership('h/80', 40), membership('d', 0)];
  const soften = { snapshot: was, percent: 20, written: ['g', 'h'], drained: ['g', 'h'] };
  const seen = (g: number, h: number) => [membership('g/80', g), membership('h/80', h), membership('d', 0)];
  const claimed = (memberships: unknown, allFacts: Scene['allFacts']) => {
    const { snapshot, written } = (moveOf('drain-traffic').claim?.(
      seenAs(memberships),
      after,
      sceneOf({ allFacts }),
    ) ?? {}) as { snapshot: readonly { weight: number }[]; written: readonly string[] };
    return [snapshot.map(({ weight }) => weight), written];
  };

  it('goes on behind Standby although the event is over, so that the ramp brings back all of it (C57)', () => {
    const standby = { group: 'asg-1', attached: [], snapshot: was, written: [] };
    const scene = sceneOf({ event: eventThatIs('Executed'), allFacts: { soften, standby } });
    expect(inWords(moveOf('drain-traffic').judge(seenAs(seen(0, 8)), after, scene))).toBe('needed');
    expect(moveOf('drain-traffic').judge(seenAs(seen(0, 0)), after, scene)).toMatchObject({
      kind: 'done',
      facts: { snapshot: was, written: ['g', 'h'] },
    });
    const without = sceneOf({ event: eventThatIs('Executed'), allFacts: { soften } });
    expect(inWords(moveOf('drain-traffic').judge(seenAs(seen(20, 8)), after, without))).toBe('done');
  });

  it.each<[string, unknown, Scene['allFacts'], readonly unknown[]]>([
    [
      'starts from the share, and keeps the original',
      seen(20, 8),
      { soften },
      [
        [100, 40, 0],
        ['g', 'h'],
      ],
    ],
    ['takes the weights it sees where nothing was lowered', seen(20, 8), {}, [[20, 8, 0], ['g']]],
    [
      'takes a weight that a person set meanwhile',
      seen(70, 8),
      { soften },
      [
        [70, 40, 0],
        ['h', 'g'],
      ],
    ],
    ['leaves a place out that a person took out meanwhile', seen(20, 0), { soften }, [[100, 0, 0], ['g']]],
    [
      'asks the next step what was left, where that took everything',
      seen(0, 0),
      { soften, standby: { snapshot: seen(70, 8), written: ['g', 'h'] } },
      [
        [70, 40, 0],
        ['g', 'h'],
      ],
    ],
  ])('%s (C41, C54)', (_name, memberships, allFacts, expected) => {
    expect(claimed(memberships, allFacts)).toEqual(expected);
  });

  it('counts what was taken before it as its own when there is nothing left to write (C41)', () => {
    const verdict = moveOf('drain-traffic').judge(
      seenAs(seen(0, 0)),
      after,
      sceneOf({ allFacts: { standby: { snapshot: was, written: ['g', 'h'] } } }),
    );
    expect(verdict).toMatchObject({ kind: 'done', facts: { snapshot: was, written: ['g', 'h'] } });
  });
});

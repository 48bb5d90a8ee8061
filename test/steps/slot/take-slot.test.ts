import { foldLedger } from '../../../src/steps/slot/fold-ledger';
import type { Reach, Scene } from '../../../src/steps/define-step';
import type { PoolLine } from '../../../src/steps/slot/pool-lines';
import { weekdays } from '../../../src/playbook/configuration';
import { entryOf } from '../../../src/steps/slot/parameters';
import { memoryStores } from '../../support/memory-world';
import {
  eventThatIs,
  hourMs,
  instanceThatIs,
  inWords,
  minuteMs,
  moveOf,
  places,
  sceneOf,
  t0,
} from '../at-a-scene';

const window = {
  calendar: {
    zone: 'Asia/Shanghai',
    allow: [{ name: 'nights', days: [...weekdays], from: 120, to: 300 }],
    deny: [],
  },
  neededMs: hourMs,
  finishBeforeMs: 2 * hourMs,
  ifNoWindow: 'ask' as const,
};
const guard = {
  minHealthy: { percent: 60 },
  maxOut: { count: 1 },
  maxOutPerZone: { count: 1 },
  allowLast: false,
};
const parameters = { pool: 'web', guard, tags: { app: 'storefront' }, places, window };
const member = (instanceId: string, healthy = true) => ({ instanceId, zone: 'cn-hangzhou-h', healthy });
const three = [member('i-1'), member('i-2'), member('i-3')];
const taken = (run: string, instance: string, more: object = {}): PoolLine => ({
  kind: 'taken',
  run,
  instance,
  zone: 'cn-hangzhou-h',
  at: t0,
  ...more,
});
const morning = t0 + 8 * hourMs;

/** The ledger after these lines; run-1 stands in the line as it should. */
function ledger(scene: Scene, ...lines: readonly PoolLine[]) {
  const me = entryOf({ window, priority: 0 }, scene);
  return { ...foldLedger([...lines, me]), position: 0 };
}

interface Sight {
  readonly lines?: readonly PoolLine[];
  readonly members?: readonly object[];
  readonly runs?: object;
}

function judge(
  { lines = [], members = three, runs = {} }: Sight,
  at: Partial<Scene> = {},
  more: object = {},
) {
  const scene = sceneOf(at);
  const pool = { pool: 'web', guard, tags: {}, places, ledger: ledger(scene, ...lines), members };
  return moveOf('take-slot').judge({ pools: [pool], runs, gone: [] }, { ...parameters, ...more }, scene);
}

describe('take-slot', () => {
  it.each<[string, Sight, Partial<Scene>, string]>([
    ['takes a slot that the guard allows', {}, {}, 'needed'],
    [
      'waits when a person holds the instance meanwhile (C22)',
      { members: [{ ...member('i-1'), tags: { 'ecs-failover:hold': '' } }, member('i-2'), member('i-3')] },
      {},
      'pending 60s',
    ],
    [
      'does not wait for that in an emergency (C22)',
      { members: [{ ...member('i-1'), tags: { 'ecs-failover:hold': '' } }, member('i-2'), member('i-3')] },
      { urgent: true },
      'needed',
    ],
    ['is done once it has one', { lines: [taken('run-1', 'i-1')] }, {}, 'done'],
    [
      'keeps the one it has when the window has closed',
      { lines: [taken('run-1', 'i-1')] },
      { now: morning },
      'done',
    ],
    [
      'waits while another run works on the same instance',
      { lines: [taken('run-2', 'i-1')] },
      {},
      'pending 60s',
    ],
    [
      'waits for that run also when the provider acts: of two drains one would take the other’s weights for its own',
      { lines: [taken('run-2', 'i-1')] },
      { event: eventThatIs('Executing') },
      'pending 60s',
    ],
    ['waits while another member is out', { lines: [taken('run-2', 'i-2')] }, {}, 'pending 60s'],
    [
      'waits while too few are healthy',
      { members: [member('i-1'), member('i-2'), member('i-3', false)] },
      {},
      'pending 60s',
    ],
    ['waits for the next window when this one is over', {}, { now: morning }, 'pending 57600s'],
    [
      'holds when no window is left before the planned time',
      {},
      { now: morning, event: eventThatIs('Scheduled', { notBefore: t0 + 12 * hourMs }) },
      'impossible no-window, hold',
    ],
    [
      'asks no guard and no window when the provider acts',
      { lines: [taken('run-2', 'i-2')] },
      { now: morning, event: eventThatIs('Executing') },
      'needed',
    ],
    ['needs none when the event is over', {}, { event: eventThatIs('Executed') }, 'done'],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene), scene.now)).toBe(expected);
  });

  it('shows the sum when it waits', () => {
    expect(judge({ lines: [taken('run-2', 'i-2')] })).toMatchObject({
      note: expect.stringContaining('3 members, 2 healthy → 1 while out; minHealthy 60% of 3 = 2') as string,
    });
  });

  it('is infeasible without a window where the playbook does not ask', () => {
    const soon = { event: eventThatIs('Scheduled', { notBefore: t0 + 2 * hourMs }) };
    const late = { window: { ...window, ifNoWindow: 'lastSafeMoment' } };
    expect(inWords(judge({}, soon, late))).toBe('impossible no-window, infeasible');
  });

  it('remembers by when the disruptive call must have been made', () => {
    const claim = (scene: Partial<Scene>) => moveOf('take-slot').claim?.({}, parameters, sceneOf(scene));
    const finishBeforeMs = 2 * hourMs;
    expect(claim({})).toEqual({ mustActBy: t0 + 3 * hourMs, finishBeforeMs });
    expect(claim({ event: eventThatIs('Scheduled', { notBefore: t0 + 4 * hourMs }) })).toEqual({
      mustActBy: t0 + 2 * hourMs,
      finishBeforeMs,
    });
    expect(claim({ now: morning, event: eventThatIs('Executing') })).toEqual({});
  });
});

describe('the slots of a pool', () => {
  const scene = (run: string, instanceId: string) =>
    sceneOf({ runId: run, target: { instanceId, zone: 'cn-hangzhou-h', region: 'cn-hangzhou' } });
  const cloud = {
    instances: { withTags: async () => ['i-1', 'i-2', 'i-3'].map((id) => instanceThatIs('Running', { id })) },
    traffic: {
      survey: async () =>
        ['i-1', 'i-2', 'i-3'].map((id) => ({ instanceId: id, group: 'g', key: id, weight: 100 })),
    },
  };

  it('go to one of two runs that ask at the same moment, and come back', async () => {
    const reach = { cloud, journals: memoryStores({ now: () => t0 }).journals } as unknown as Reach;
    const take = moveOf('take-slot');
    const lines = async () =>
      (await reach.journals.read('pools/web', 0)).lines.map((line) => JSON.parse(line) as PoolLine);
    const [one, other] = [scene('run-1', 'i-1'), scene('run-2', 'i-2')];
    for (const at of [one, other]) {
      const join = moveOf('join-line');
      await join.act({ pool: 'web', window }, reach, at, await join.look({ pool: 'web', window }, reach, at));
    }
    const [seen, seenByOther] = [
      await take.look(parameters, reach, one),
      await take.look(parameters, reach, other),
    ];
    await take.act(parameters, reach, one, seen);
    await take.act(parameters, reach, other, seenByOther);
    expect((await lines()).map(({ kind }) => kind)).toEqual(['waiting', 'waiting', 'taken']);
    const again = await take.look(parameters, reach, other);
    expect(inWords(take.judge(again, parameters, other))).toBe('pending 60s');

    const back = moveOf('return-slot');
    const held = await back.look({ pool: 'web' }, reach, one);
    expect(inWords(back.judge(held, { pool: 'web' }, one))).toBe('needed');
    await back.act({ pool: 'web' }, reach, one, held);
    const after = await back.look({ pool: 'web' }, reach, one);
    expect(inWords(back.judge(after, { pool: 'web' }, one))).toBe('done');
  });

  it('are not given back by a run that holds none', () => {
    const undo = moveOf('take-slot', 'undo');
    const of = (run: string) => ({ web: { ...foldLedger([taken(run, 'i-1')]), position: 0 } });
    expect(inWords(undo.judge(of('run-2'), parameters, sceneOf()))).toBe('done');
    expect(inWords(undo.judge(of('run-1'), parameters, sceneOf()))).toBe('needed');
  });
});

describe('await-window', () => {
  const wait = (scene: Partial<Scene>, more: object = {}) =>
    moveOf('await-window').judge([], { window: { ...window, ...more } }, sceneOf(scene));
  const tight = { event: eventThatIs('Scheduled', { notBefore: t0 + 12 * hourMs }), now: morning };

  it.each<[string, Partial<Scene>, object, string]>([
    ['is done inside', {}, {}, 'done'],
    ['waits for the next one', { now: morning }, {}, 'pending 57600s'],
    [
      'waits for the next one when the rest of this one is too short',
      { now: t0 + 2 * hourMs + minuteMs },
      {},
      'pending 79140s',
    ],
    [
      'does not wait for a window when the provider goes first',
      { ...tight, event: eventThatIs('Executing') },
      {},
      'done',
    ],
    ['does not wait when the event is over', { now: morning, event: eventThatIs('Executed') }, {}, 'done'],
    [
      'waits as long as it takes for an event without a planned time',
      { now: morning, event: eventThatIs('Inquiring', { notBefore: undefined }) },
      {},
      'pending 57600s',
    ],
    ['asks a person when there is none', tight, {}, 'impossible no-window, hold'],
    [
      'leaves it to the provider when there is none (C18)',
      tight,
      { ifNoWindow: 'letProviderAct' },
      'pending 14400s',
    ],
    [
      'is infeasible when the provider has not acted for a day',
      { now: tight.event.notBefore! + 86_400_001, event: tight.event },
      { ifNoWindow: 'letProviderAct' },
      'impossible no-window, infeasible',
    ],
    [
      'does not begin a later round before its time, even in an open window (C48)',
      { notBefore: t0 + hourMs },
      {},
      'pending 3540s',
    ],
    [
      'takes the last safe moment when there is none',
      tight,
      { ifNoWindow: 'lastSafeMoment' },
      'pending 3600s',
    ],
  ])('%s', (_name, scene, more, expected) => {
    expect(inWords(wait(scene, more), scene.now)).toBe(expected);
  });
});

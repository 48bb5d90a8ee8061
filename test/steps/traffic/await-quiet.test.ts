import type { CommandState } from '../../../src/engine/ports';
import type { Reach, Scene } from '../../../src/steps/define-step';
import { eventThatIs, inWords, minuteMs, moveOf, sceneOf, secondMs, t0 } from '../at-a-scene';

const parameters = {
  by: 'cloudAssistant',
  below: 5,
  holdMs: minuteMs,
  atMostMs: 10 * minuteMs,
  notQuiet: 'proceed',
};
const fail = { notQuiet: 'fail' };
const ask = { notQuiet: 'ask' };
const cap = t0 + 10 * minuteMs;

const command = (more: Partial<CommandState>): CommandState => ({
  invokeId: 't-1',
  finished: true,
  succeeded: false,
  status: 'Failed',
  errorCode: '',
  output: '',
  ...more,
});
const running = command({ finished: false, status: 'Running' });
const quiet = command({
  succeeded: true,
  status: 'Success',
  exitCode: 0,
  output: '0s 9 connections\nfailover-connections=2\n',
});
const busy = command({ exitCode: 3, errorCode: 'ExitCodeNonzero', output: 'failover-connections=17\n' });
const uncounted = command({ status: 'Aborted', errorCode: 'ClientNotRunning' });

/** The names that a look asks for, and that an act gives. */
async function namesAt(scene: Scene): Promise<{ readonly found?: string; readonly ran?: string }> {
  const names: { found?: string; ran?: string } = {};
  const commands = {
    find: async (name: string) => void (names.found = name),
    run: async ({ name }: { readonly name: string }) => {
      names.ran = name;
      return { invokeId: 't-1' };
    },
  };
  const reach = { cloud: { commands } } as unknown as Reach;
  const seen = await moveOf('await-quiet').look(parameters, reach, scene);
  await moveOf('await-quiet').act(parameters, reach, scene, seen);
  return names;
}

function judge(seen: object, scene: Partial<Scene> = {}, more: object = {}) {
  return moveOf('await-quiet').judge({ points: [], ...seen }, { ...parameters, ...more }, sceneOf(scene));
}

describe('await-quiet, counting on the instance (C36, C37)', () => {
  it.each<[string, CommandState | undefined, Partial<Scene>, object, string]>([
    ['sends the count', undefined, {}, {}, 'needed'],
    ['looks again while it counts', running, {}, {}, 'pending 15s'],
    ['is done when it is quiet', quiet, {}, {}, 'done'],
    ['goes on when the cap was first and the playbook says proceed', busy, {}, {}, 'done'],
    ['fails when the cap was first and the playbook says fail', busy, {}, fail, 'impossible not-quiet'],
    ['holds when the cap was first and the playbook says ask', busy, {}, ask, 'impossible not-quiet, hold'],
    ['waits for a count that is late', running, { now: cap + 90 * secondMs }, {}, 'pending 15s'],
    ['goes on without a count that never came back', running, { now: cap + 90 * secondMs + 1 }, {}, 'done'],
    [
      'fails without a count that never came back',
      running,
      { now: cap + 90 * secondMs + 1 },
      fail,
      'impossible not-quiet',
    ],
    [
      'asks without a count that never came back',
      running,
      { now: cap + 90 * secondMs + 1 },
      ask,
      'impossible not-quiet, hold',
    ],
    ['gives connections that nobody can count the time they may take', uncounted, {}, {}, 'pending 540s'],
    ['goes on after that time', uncounted, { now: cap }, {}, 'done'],
    ['fails after that time', uncounted, { now: cap }, fail, 'impossible not-quiet'],
    ['asks after that time', uncounted, { now: cap }, ask, 'impossible not-quiet, hold'],
  ])('%s', (_name, seen, scene, more, expected) => {
    expect(inWords(judge({ command: seen }, scene, more), scene.now)).toBe(expected);
  });

  it('says how many connections were left', () => {
    expect(judge({ command: quiet })).toEqual({ kind: 'done', note: 'quiet: 2 connections left' });
    expect(judge({ command: busy }, {}, fail)).toMatchObject({
      reason: { sentence: 'still 17 connections' },
    });
  });

  it('tells what people can say when it asks (C37)', () => {
    const sentence = 'still 17 connections: retry waits up to 10m once more, skip goes on with what is left';
    expect(judge({ command: busy }, {}, ask)).toMatchObject({ reason: { code: 'not-quiet', sentence } });
  });

  it('counts anew under another name once it holds no more, and knows that count again (C37)', async () => {
    const first = sceneOf();
    const claimed = moveOf('await-quiet').claim?.({ points: [] }, parameters, first) ?? {};
    expect(await namesAt(first)).toEqual({ found: 'failover-run-1-it', ran: 'failover-run-1-it' });
    expect((await namesAt({ ...first, facts: claimed })).found).toBe('failover-run-1-it');
    const later = sceneOf({ since: t0 + 20 * minuteMs, now: t0 + 21 * minuteMs, facts: claimed });
    const anew = 'failover-run-1-it-againppxc';
    expect(await namesAt(later)).toEqual({ found: anew, ran: anew });
    const again = moveOf('await-quiet').claim?.({ points: [] }, parameters, later) ?? {};
    expect((await namesAt({ ...later, facts: again })).found).toBe(anew);
    expect((await namesAt({ ...later, round: 2, facts: again })).found).toBe('failover-run-1-it-2-againppxc');
  });
});

describe('await-quiet, by CloudMonitor (C36, C37)', () => {
  const by = { by: 'cloudMonitor' };
  const points = (...values: readonly number[]) =>
    values.map((value, index) => ({ at: t0 + (index + 1) * minuteMs, value }));
  const before = [-3, -2, -1, 0].map((minute) => ({ at: t0 + minute * minuteMs, value: 0 }));
  const late = { now: cap + 3 * minuteMs };
  const tooLate = { now: cap + 3 * minuteMs + 1 };

  it.each<[string, readonly object[], Partial<Scene>, object, string]>([
    ['waits for the first point', [], {}, {}, 'pending 15s'],
    ['takes no point from before the last write for quiet', before, {}, {}, 'pending 15s'],
    ['holds on points behind the last write alone', [...before, ...points(4)], {}, {}, 'pending 15s'],
    ['is done when points have been low for the hold', points(9, 4, 4), {}, {}, 'done'],
    ['is done when no point behind the last write was busy', points(1, 1), {}, {}, 'done'],
    ['counts the hold from the first quiet point behind a busy one', points(4, 9, 4), {}, {}, 'pending 15s'],
    ['is not done while the newest point is busy', points(4, 4, 4, 9), {}, {}, 'pending 15s'],
    ['does not take the threshold itself for quiet', points(5, 5, 5), {}, {}, 'pending 15s'],
    [
      'holds longer where the playbook wants it',
      points(9, 4, 4),
      {},
      { holdMs: 3 * minuteMs },
      'pending 15s',
    ],
    ['waits until what was measured by the cap must have come', points(9), late, {}, 'pending 15s'],
    ['goes on behind that', points(9), tooLate, {}, 'done'],
    ['fails behind that', points(9), tooLate, fail, 'impossible not-quiet'],
    ['asks behind that', points(9), tooLate, ask, 'impossible not-quiet, hold'],
    ['is done by points from before the cap that come behind it', points(9, 4, 4), tooLate, fail, 'done'],
    ['goes on when no point came', [], tooLate, {}, 'done'],
    ['fails when no point came', [], tooLate, fail, 'impossible not-quiet'],
    ['asks when no point came', [], tooLate, ask, 'impossible not-quiet, hold'],
    ['fails when all points are from before the last write', before, tooLate, fail, 'impossible not-quiet'],
  ])('%s', (_name, seen, scene, more, expected) => {
    expect(inWords(judge({ points: seen }, scene, { ...by, ...more }), scene.now)).toBe(expected);
  });

  it('says how many connections were counted last', () => {
    expect(judge({ points: points(31, 17) }, {}, by)).toMatchObject({
      note: 'waits until the instance is quiet: 17 connections',
    });
    expect(judge({ points: before }, {}, by)).toMatchObject({
      note: 'waits until the instance is quiet: no measurement yet',
    });
  });
});

describe('await-quiet, when the provider went first', () => {
  it.each(['Executing', 'Executed', 'Canceled', 'Avoided', 'Failed'] as const)(
    'does not wait: the event is %s',
    (status) => {
      const scene = { event: eventThatIs(status) };
      expect(inWords(judge({ command: undefined }, scene))).toBe('done');
      expect(inWords(judge({ points: [] }, scene, { by: 'cloudMonitor' }))).toBe('done');
    },
  );
});

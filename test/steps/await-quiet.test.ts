import type { CommandState } from '../../src/engine/ports';
import type { Scene } from '../../src/steps/define-step';
import { eventThatIs, inWords, minuteMs, moveOf, sceneOf, secondMs, t0 } from './at-a-scene';

const parameters = {
  by: 'cloudAssistant',
  below: 5,
  holdMs: minuteMs,
  atMostMs: 10 * minuteMs,
  notQuiet: 'proceed',
};
const fail = { notQuiet: 'fail' };
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

function judge(seen: object, scene: Partial<Scene> = {}, more: object = {}) {
  return moveOf('await-quiet').judge({ points: [], ...seen }, { ...parameters, ...more }, sceneOf(scene));
}

describe('await-quiet, counting on the instance', () => {
  it.each<[string, CommandState | undefined, Partial<Scene>, object, string]>([
    ['sends the count', undefined, {}, {}, 'needed'],
    ['looks again while it counts', running, {}, {}, 'pending 15s'],
    ['is done when it is quiet', quiet, {}, {}, 'done'],
    ['goes on when the cap was first and the playbook says proceed', busy, {}, {}, 'done'],
    ['fails when the cap was first and the playbook says fail', busy, {}, fail, 'impossible not-quiet'],
    ['waits for a count that is late', running, { now: cap + 90 * secondMs }, {}, 'pending 15s'],
    ['goes on without a count that never came back', running, { now: cap + 90 * secondMs + 1 }, {}, 'done'],
    [
      'fails without a count that never came back',
      running,
      { now: cap + 90 * secondMs + 1 },
      fail,
      'impossible not-quiet',
    ],
    ['gives connections that nobody can count the time they may take', uncounted, {}, {}, 'pending 540s'],
    ['goes on after that time', uncounted, { now: cap }, {}, 'done'],
    ['fails after that time', uncounted, { now: cap }, fail, 'impossible not-quiet'],
  ])('%s', (_name, seen, scene, more, expected) => {
    expect(inWords(judge({ command: seen }, scene, more), scene.now)).toBe(expected);
  });

  it('says how many connections were left', () => {
    expect(judge({ command: quiet })).toEqual({ kind: 'done', note: 'quiet: 2 connections left' });
    expect(judge({ command: busy }, {}, fail)).toMatchObject({
      reason: { sentence: 'still 17 connections' },
    });
  });
});

describe('await-quiet, by CloudMonitor', () => {
  const by = { by: 'cloudMonitor' };
  const points = (...values: readonly number[]) =>
    values.map((value, index) => ({ at: t0 + (index + 1) * minuteMs, value }));

  it.each<[string, readonly object[], Partial<Scene>, object, string]>([
    ['waits for the first point', [], {}, {}, 'pending 15s'],
    ['is done when points have been low for the hold', points(9, 4, 4), {}, {}, 'done'],
    ['counts the hold from the last busy point', points(4, 9, 4, 9), {}, {}, 'pending 15s'],
    ['does not take the threshold itself for quiet', points(5, 5, 5), {}, {}, 'pending 15s'],
    [
      'holds longer where the playbook wants it',
      points(9, 4, 4),
      {},
      { holdMs: 3 * minuteMs },
      'pending 15s',
    ],
    ['counts the hold from the drain when no point was busy', points(1), {}, {}, 'done'],
    ['waits until the cap', points(9), { now: cap }, {}, 'pending 15s'],
    ['goes on behind the cap', points(9), { now: cap + 1 }, {}, 'done'],
    ['fails behind the cap', points(9), { now: cap + 1 }, fail, 'impossible not-quiet'],
    ['fails behind the cap when no point came', [], { now: cap + 1 }, fail, 'impossible not-quiet'],
  ])('%s', (_name, seen, scene, more, expected) => {
    expect(inWords(judge({ points: seen }, scene, { ...by, ...more }), scene.now)).toBe(expected);
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

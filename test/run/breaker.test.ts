import { breakerState, failureLine } from '../../src/run/breaker';
import type { Phase, Run } from '../../src/run/run';

const minute = 60_000;
const limits = { failures: 3, within: 60 * minute };
const failed = (run: string, minutes: number, pool = 'web', revision = 4) =>
  JSON.stringify({ kind: 'failed', at: minutes * minute, run, revision, pool, code: 'not-healthy' });
const closed = (minutes: number) =>
  JSON.stringify({ kind: 'closed', at: minutes * minute, by: 'wang', why: 'mended' });
const called = (minutes: number, since: number) =>
  JSON.stringify({ kind: 'called', at: minutes * minute, since: since * minute });

describe('the breaker (C64)', () => {
  it.each<[string, readonly string[]]>([
    ['nothing failed', []],
    ['two runs failed', [failed('a', 0), failed('b', 1)]],
    ['three failed, but not within the hour', [failed('a', 0), failed('b', 30), failed('c', 60)]],
    ['one run failed three times', [failed('a', 0), failed('a', 1), failed('a', 2, 'web', 9)]],
    [
      'a person closed it, and two failed since',
      [failed('a', 0), failed('b', 1), failed('c', 2), closed(3), failed('d', 4), failed('e', 5)],
    ],
  ])('is closed when %s', (_name, lines) => {
    expect(breakerState(lines, limits)).toEqual({ kind: 'closed' });
  });

  it('opens when three runs failed within the hour, whatever their pools', () => {
    const state = breakerState([failed('a', 0), failed('b', 30, 'db'), failed('c', 59)], limits);
    expect(state).toEqual({
      kind: 'open',
      since: 59 * minute,
      runs: ['a', 'b', 'c'],
      sentence: '3 runs failed in web, db (a, b, c); planned work waits until a person closes the breaker',
      called: false,
    });
  });

  it('stays open until a person closes it, and knows whether one was called', () => {
    const three = [failed('a', 0), failed('b', 1), failed('c', 2)];
    expect(breakerState([...three, called(5, 2), failed('d', 9000)], limits)).toMatchObject({
      kind: 'open',
      since: 2 * minute,
      called: true,
    });
  });

  it('never opens when the settings have none', () => {
    expect(breakerState([failed('a', 0), failed('b', 0), failed('c', 0)], undefined)).toEqual({
      kind: 'closed',
    });
  });
});

describe('a run counts as failed', () => {
  const run = (phase: Phase): Run =>
    ({ id: 'a', revision: 4, plan: { pool: 'web' }, phase }) as unknown as Run;
  const reason = { code: 'backup-failed', sentence: 'no' };
  const forward = run({ kind: 'forward' });
  const because = (code: string): Phase => ({ kind: 'held', reason: { code, sentence: 'no' } });

  it.each<[string, Phase]>([
    ['when it begins to put everything back', { kind: 'undoing', then: 'undone', reason }],
    ['when nothing was left to put back', { kind: 'ended', outcome: 'undone', reason }],
    ['when it holds by itself', because('backup-failed')],
  ])('%s', (_name, phase) => {
    expect(failureLine(forward, run(phase), 7)).toEqual({
      kind: 'failed',
      at: 7,
      run: 'a',
      revision: 4,
      pool: 'web',
      code: 'backup-failed',
    });
  });

  it('once: what comes of a failure is no further one', () => {
    const undoing = run({ kind: 'undoing', then: 'undone', reason });
    expect(failureLine(undoing, run(because('undo-failed')), 7)).toBeUndefined();
    expect(failureLine(undoing, run({ kind: 'ended', outcome: 'undone', reason }), 7)).toBeUndefined();
  });

  it.each<[string, Phase]>([
    ['a person paused it', because('paused')],
    ['a freeze stopped it', because('frozen')],
    ['no window fits', because('no-window')],
    ['nobody answered', because('no-answer')],
    ['its event was cancelled', { kind: 'undoing', then: 'withdrawn', reason }],
    ['it gave way', { kind: 'undoing', then: 'again', reason }],
    ['it is done', { kind: 'ended', outcome: 'done' }],
    ['it is held in the end, by a person', { kind: 'ended', outcome: 'held', reason }],
  ])('but not when %s', (_name, phase) => {
    expect(failureLine(forward, run(phase), 7)).toBeUndefined();
  });
});

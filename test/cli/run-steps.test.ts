import { stepStories } from '../../src/cli/runs/steps';
import { auditLine } from '../../src/cli/runs/audit';
import type { Tail } from '../../src/engine/run-journal';
import { stateOf } from '../../src/engine/run-journal';
import type { Run, Signal } from '../../src/run/run';
import { runAt, t0 } from '../run/a-run';

const none: Tail = { entries: [], end: 0 };
const marks = (run: Run) => stepStories(run, none).map(({ id, state }) => `${id}: ${state}`);
const reason = { code: 'x', sentence: 'x' };

describe('the steps of a run, as they are shown', () => {
  it('are done up to where it stands', () => {
    expect(marks(runAt('drain'))).toEqual([
      'approval: done',
      'window: done',
      'slot: done',
      'drain: at hand',
      'restart: to come',
      'cleared: to come',
      'back: to come',
    ]);
  });

  it('are put back from the last one on, also while that holds', () => {
    const undoing = runAt('slot', { phase: { kind: 'undoing', then: 'undone', reason } });
    const held = runAt('slot', { phase: { kind: 'held', reason, back: undoing.phase as never } });
    for (const run of [undoing, held]) {
      expect(marks(run).slice(1, 5)).toEqual([
        'window: done',
        'slot: at hand',
        'drain: put back',
        'restart: put back',
      ]);
    }
  });

  it('are done, all of them, when the run is', () => {
    const done = runAt('back', { phase: { kind: 'ended', outcome: 'done' } });
    expect(new Set(stepStories(done, none).map(({ state }) => state))).toEqual(new Set(['done']));
  });

  it('have the rung at which the run stands', () => {
    const climbing = runAt('cleared', { phase: { kind: 'climbing', at: 'rung', reason } });
    expect(marks(climbing).at(-1)).toBe('rung-1: at hand');
  });

  it('say what was last said at them, in this round', () => {
    const run = runAt('drain');
    const line = { at: t0, worker: 'w', by: 'm', start: 0, end: 0 };
    const entries = [
      { kind: 'started', ...line, plan: {}, state: stateOf(runAt('approval')) },
      { kind: 'revision', ...line, note: 'approved', state: stateOf(runAt('window')) },
      { kind: 'revision', ...line, note: 'moved', state: stateOf(runAt('window')) },
      { kind: 'revision', ...line, note: 'nights is open', state: stateOf(runAt('slot')) },
    ] as unknown as Tail['entries'];
    const said = stepStories(run, { entries, end: 0 }).flatMap(({ id, says }) => (says ? [[id, says]] : []));
    expect(said).toEqual([
      ['approval', 'approved'],
      ['window', 'nights is open'],
    ]);
  });
});

describe('the journal of a run, as it is shown', () => {
  const who = { by: 'lin', why: 'sale' };
  it.each<[Signal, string]>([
    [{ kind: 'pause', ...who }, 'lin: pause: sale'],
    [{ kind: 'skip', step: 'save', ...who }, 'lin: skip save: sale'],
    [{ kind: 'approve', digest: 'abc', ...who }, 'lin: approve plan abc: sale'],
    [{ kind: 'freeze', hard: true, now: true, ...who }, 'lin: freeze (hard, now): sale'],
    [{ kind: 'yield', to: 'run-2', ...who }, 'run-2: needs the instance: sale'],
  ])('has every word with who and why (C69)', (signal, expected) => {
    const entry = { kind: 'signal', at: t0, worker: 'w', by: 'm', signal, start: 0, end: 0 };
    const { who: name, what } = auditLine(entry as unknown as Tail['entries'][number]);
    expect(`${name}: ${what}`).toBe(expected);
  });
});

import { decide } from '../../src/run/decide';
import type { Phase, Run, Signal } from '../../src/run/run';
import { event, minute, runAt, t0 } from './a-run';

const reason = { code: 'broken', sentence: 'it is broken' };
const who = { by: 'lin', why: 'sale' };

/** Every place in which a word can find a run. */
const at = {
  waiting: runAt('window'),
  working: runAt('drain'),
  committed: runAt('cleared'),
  climbing: runAt('cleared', { phase: { kind: 'climbing', at: 'rung', reason } }),
  undoing: runAt('drain', { phase: { kind: 'undoing', then: 'undone', reason } }),
  'giving way': runAt('drain', { phase: { kind: 'undoing', then: 'again', reason } }),
  held: runAt('drain', { phase: { kind: 'held', reason, back: { kind: 'forward' } } }),
  'held when committed': runAt('cleared', { phase: { kind: 'held', reason, back: { kind: 'forward' } } }),
  'held by an undoing that failed': runAt('drain', {
    phase: {
      kind: 'held',
      reason: { code: 'undo-failed', sentence: 'cannot' },
      back: { kind: 'undoing', then: 'undone', reason },
    },
  }),
  frozen: runAt('drain', {
    phase: { kind: 'held', reason: { code: 'frozen', sentence: 'f' }, back: { kind: 'start' } },
    facts: {},
  }),
  ended: runAt('back', { phase: { kind: 'ended', outcome: 'done' } }),
} satisfies Record<string, Run>;
type Place = keyof typeof at;

const words = {
  pause: { kind: 'pause', ...who },
  resume: { kind: 'resume', ...who },
  retry: { kind: 'retry', ...who },
  cancel: { kind: 'cancel', ...who },
  skip: { kind: 'skip', step: 'drain', ...who },
  freeze: { kind: 'freeze', id: 'f1', hard: false, now: false, ...who },
  'freeze now': { kind: 'freeze', id: 'f1', hard: false, now: true, ...who },
  unfreeze: { kind: 'unfreeze', ...who },
  yield: { kind: 'yield', to: 'run-2', ...who },
} satisfies Record<string, Signal>;

/** `forward drain`, `undoing drain → withdrawn`, `held paused ↩ forward`, `ended done`; ignored words say why. */
function after(run: Run, signal: Signal): string {
  const decision = decide(run, { kind: 'signal', signal }, t0 + 5);
  if (run.phase.kind === 'ended') {
    expect(decision.run).toBe(run);
    return 'over';
  }
  // A word is always a revision, so that it is taken once, and always followed by a look, or by the end.
  expect(decision.run.revision).toBe(8);
  expect(decision.act).toBe(false);
  const ignored = / wants to [a-z]+: (.*)/.exec(decision.note)?.[1];
  if (ignored !== undefined) {
    expect({ ...decision.run, revision: 7 }).toEqual(run);
    return `ignored, ${ignored}`;
  }
  return `${inWords(decision.run.phase)} ${decision.run.plan.steps[decision.run.step]?.id}`;
}

function inWords(phase: Phase): string {
  switch (phase.kind) {
    case 'held':
      return `held ${phase.reason.code} ↩ ${phase.back?.kind}`;
    case 'undoing':
      return `undoing → ${phase.then}`;
    case 'ended':
      return `ended ${phase.outcome}`;
    case 'forward':
    case 'climbing':
      return phase.kind;
    default:
      return phase satisfies never;
  }
}

describe('a word of a person', () => {
  it.each<[keyof typeof words, Record<Place, string>]>([
    [
      'pause',
      {
        waiting: 'held paused ↩ forward window',
        working: 'held paused ↩ forward drain',
        committed: 'held paused ↩ forward cleared',
        climbing: 'held paused ↩ climbing cleared',
        undoing: 'held paused ↩ undoing drain',
        'giving way': 'held paused ↩ undoing drain',
        held: 'ignored, it holds already',
        'held when committed': 'ignored, it holds already',
        'held by an undoing that failed': 'ignored, it holds already',
        frozen: 'ignored, it holds already',
        ended: 'over',
      },
    ],
    ...(['resume', 'retry'] as const).map((word): [typeof word, Record<Place, string>] => [
      word,
      {
        waiting: 'ignored, it does not hold',
        working: 'ignored, it does not hold',
        committed: 'ignored, it does not hold',
        climbing: 'ignored, it does not hold',
        undoing: 'ignored, it does not hold',
        'giving way': 'ignored, it does not hold',
        held: 'forward drain',
        'held when committed': 'forward cleared',
        'held by an undoing that failed': 'undoing → undone drain',
        frozen: 'forward approval',
        ended: 'over',
      },
    ]),
    [
      'cancel',
      {
        waiting: 'ended withdrawn window',
        working: 'undoing → withdrawn drain',
        committed: 'ignored, it is past its commit point and will be finished',
        climbing: 'ignored, it is past its commit point and will be finished',
        undoing: 'ignored, everything is being put back already',
        'giving way': 'undoing → withdrawn drain',
        held: 'undoing → withdrawn drain',
        'held when committed': 'ended held cleared',
        'held by an undoing that failed': 'ended held drain',
        frozen: 'ended withdrawn drain',
        ended: 'over',
      },
    ],
    [
      'skip',
      {
        waiting: 'ignored, it stands at window, not at drain',
        working: 'forward restart',
        committed: 'ignored, it stands at cleared, not at drain',
        climbing: 'ignored, it stands at rung-1, not at drain',
        undoing: 'undoing → undone slot',
        'giving way': 'undoing → again slot',
        held: 'forward restart',
        'held when committed': 'ignored, it stands at cleared, not at drain',
        'held by an undoing that failed': 'undoing → undone slot',
        frozen: 'forward restart',
        ended: 'over',
      },
    ],
    [
      'freeze',
      {
        waiting: 'forward window',
        working: 'undoing → held drain',
        committed: 'ignored, it is past its commit point and will be finished',
        climbing: 'ignored, it is past its commit point and will be finished',
        undoing: 'ignored, everything is being put back already',
        'giving way': 'undoing → held drain',
        held: 'ignored, it holds already',
        'held when committed': 'ignored, it holds already',
        'held by an undoing that failed': 'ignored, it holds already',
        frozen: 'ignored, it holds already',
        ended: 'over',
      },
    ],
    [
      'freeze now',
      {
        waiting: 'forward window',
        working: 'held frozen ↩ forward drain',
        committed: 'held frozen ↩ forward cleared',
        climbing: 'held frozen ↩ climbing cleared',
        undoing: 'held frozen ↩ undoing drain',
        'giving way': 'held frozen ↩ undoing drain',
        held: 'ignored, it holds already',
        'held when committed': 'ignored, it holds already',
        'held by an undoing that failed': 'ignored, it holds already',
        frozen: 'ignored, it holds already',
        ended: 'over',
      },
    ],
    [
      'unfreeze',
      {
        waiting: 'forward window',
        working: 'ignored, it is not frozen',
        committed: 'ignored, it is not frozen',
        climbing: 'ignored, it is not frozen',
        undoing: 'ignored, it is not frozen',
        'giving way': 'ignored, it is not frozen',
        held: 'ignored, it is not frozen',
        'held when committed': 'ignored, it is not frozen',
        'held by an undoing that failed': 'ignored, it is not frozen',
        frozen: 'forward approval',
        ended: 'over',
      },
    ],
    [
      'yield',
      {
        waiting: 'forward approval',
        working: 'undoing → again drain',
        committed: 'ignored, it is past its commit point and will be finished',
        climbing: 'ignored, it is past its commit point and will be finished',
        undoing: 'ignored, it does not go forward',
        'giving way': 'ignored, it does not go forward',
        held: 'ignored, it does not go forward',
        'held when committed': 'ignored, it is past its commit point and will be finished',
        'held by an undoing that failed': 'ignored, it does not go forward',
        frozen: 'ignored, it does not go forward',
        ended: 'over',
      },
    ],
  ])('%s: what it makes of a run in each of its phases (C68, C69)', (word, expected) => {
    const found = Object.fromEntries(
      Object.entries(at).map(([place, run]) => [place, after(run, words[word])]),
    );
    expect(found).toEqual(expected);
  });

  it('is recorded with who and why, in the note and in the reason (C69)', () => {
    const { run, note } = decide(at.working, { kind: 'signal', signal: words.pause }, t0 + 5);
    expect([note, run.phase]).toEqual([
      'holds: lin paused the run: sale',
      {
        kind: 'held',
        reason: { code: 'paused', sentence: 'lin paused the run: sale' },
        back: { kind: 'forward' },
      },
    ]);
    const cancelled = decide(at.working, { kind: 'signal', signal: words.cancel }, t0 + 5);
    expect(cancelled.note).toBe('lin cancelled the run: sale');
  });

  it('gives the step at hand its full time when the run goes on (C69)', () => {
    const { run } = decide(at.held, { kind: 'signal', signal: words.retry }, t0 + 60 * minute);
    expect(run.stepSince).toBe(t0 + 60 * minute);
  });

  it('withdraws a run that is resumed after its event was cancelled (C69)', () => {
    const gone = { ...at.held, event: { ...event, status: 'Canceled' as const } };
    const { run } = decide(gone, { kind: 'signal', signal: words.resume }, t0 + 5);
    expect(run.phase).toMatchObject({
      kind: 'undoing',
      then: 'withdrawn',
      reason: { code: 'event-canceled' },
    });
  });

  it('never skips the guard of the pool, nor the approval (C69)', () => {
    const skip = (step: string) =>
      decide(runAt(step), { kind: 'signal', signal: { kind: 'skip', step, ...who } }, t0).note;
    expect([skip('slot'), skip('window'), skip('approval')]).toEqual([
      'lin wants to skip: slot is the guard of the pool, not a step to skip',
      'lin wants to skip: window is the guard of the pool, not a step to skip',
      'lin wants to skip: approval is the guard of the pool, not a step to skip',
    ]);
  });

  it('skips a rung of the ladder, and the next one has its turn after another look (C60, C69)', () => {
    const signal: Signal = { kind: 'skip', step: 'rung-1', ...who };
    const { run } = decide(at.climbing, { kind: 'signal', signal }, t0 + 5);
    expect([run.phase, run.rungs]).toEqual([{ kind: 'climbing', at: 'recheck', reason }, 1]);
  });
});

describe('a freeze', () => {
  const freeze = (more: object): Signal => ({ ...words.freeze, ...more });
  const hear = (run: Run, signal: Signal) => decide(run, { kind: 'signal', signal }, t0 + 5);

  it('that ends by itself holds a run until then (C68)', () => {
    const { run, again } = hear({ ...at.working, facts: {} }, freeze({ until: t0 + 30 * minute }));
    expect(run.phase).toMatchObject({ kind: 'held', until: t0 + 30 * minute, back: { kind: 'start' } });
    expect(again).toBe(t0 + 30 * minute);
    const later = decide(run, { kind: 'time' }, t0 + 30 * minute);
    expect([later.run.phase, later.run.step, later.run.round]).toEqual([{ kind: 'forward' }, 0, 2]);
  });

  it('keeps its end while everything is put back first (C68)', () => {
    const { run } = hear(at.working, freeze({ until: t0 + 30 * minute }));
    expect(run.phase).toMatchObject({ kind: 'undoing', then: 'held', until: t0 + 30 * minute });
  });

  it('that is soft leaves an emergency alone, and one that is hard does not (C21)', () => {
    const urgent = { ...at.working, plan: { ...at.working.plan, urgency: 'now' as const } };
    const providerFirst = { ...at.working, event: { ...event, status: 'Executing' as const } };
    for (const run of [urgent, providerFirst]) {
      expect(after(run, freeze({}))).toBe('ignored, an emergency is stopped by a hard freeze only');
      expect(after(run, freeze({ hard: true }))).toBe('undoing → held drain');
    }
  });

  it('puts back a slot that was being taken (C68)', () => {
    const taking = runAt('slot', { facts: { slot: { claimedAt: t0 } } });
    expect(after(taking, words.freeze)).toBe('undoing → held slot');
  });

  it('that is lifted while everything is put back makes the run begin anew (C68)', () => {
    const { run } = hear(at.working, words.freeze);
    expect(hear(run, words.unfreeze).run.phase).toMatchObject({ kind: 'undoing', then: 'again' });
  });
});

import { decide } from '../../src/run/decide';
import type { Run, Signal } from '../../src/run/run';
import { event, minute, runAt, t0 } from './a-run';

type Answer = Signal & { readonly kind: 'approve' | 'reject' };
const yes = (by: string, more: Partial<Answer> = {}): Answer => ({
  kind: 'approve',
  digest: 'd',
  by,
  why: 'fine',
  ...more,
});
const no = (by: string, more: Partial<Answer> = {}): Answer => ({ ...yes(by, more), kind: 'reject' });
const hear = (run: Run, signal: Signal, at = t0 + 5) => decide(run, { kind: 'signal', signal }, at);
const approvals = (run: Run) => run.facts['approval']?.['approvals'] ?? [];

describe('an answer to a plan', () => {
  it('that is yes is remembered with the planned time that it was given for (C66)', () => {
    const { run, note, again } = hear(runAt('approval'), yes('lin'));
    expect(approvals(run)).toEqual([{ by: 'lin', at: t0 + 5, plannedTime: event.notBefore }]);
    expect([run.step, run.revision, note, again]).toEqual([0, 8, 'lin approves: fine', t0 + 5]);
  });

  it('that is yes adds to those of others (C66)', () => {
    const { run } = hear(hear(runAt('approval'), yes('lin')).run, yes('wu'));
    expect(approvals(run)).toMatchObject([{ by: 'lin' }, { by: 'wu' }]);
  });

  it('that is no ends the run at once when nothing was done, and puts everything back otherwise (C66)', () => {
    expect(hear(runAt('approval'), no('lin')).run.phase).toEqual({
      kind: 'ended',
      outcome: 'withdrawn',
      reason: { code: 'rejected', sentence: 'lin rejects the plan: fine' },
    });
    expect(hear(runAt('drain'), no('lin')).run.phase).toMatchObject({ kind: 'undoing', then: 'withdrawn' });
  });

  it.each<[string, Run, Answer, string]>([
    ['from somebody who was not asked', runAt('approval'), yes('zhao'), 'was not asked; asked are lin, wu'],
    ['given twice', hear(runAt('approval'), yes('lin')).run, yes('lin'), 'has approved before'],
    ['when the event is answered already', runAt('cleared'), yes('lin'), 'the event is answered already'],
    [
      'that is no, when the event is answered already',
      runAt('cleared'),
      no('lin'),
      'the event is answered already',
    ],
    [
      'about another plan (C67)',
      runAt('approval'),
      yes('lin', { digest: 'other' }),
      "that is plan other, and this run's is d",
    ],
    [
      'to a plan that asks nobody',
      { ...runAt('drain'), plan: { ...runAt('drain').plan, steps: runAt('drain').plan.steps.slice(1) } },
      yes('lin'),
      'this plan asks for no approval',
    ],
    [
      'that is no, while everything is put back',
      runAt('drain', { phase: { kind: 'undoing', then: 'undone', reason: { code: 'x', sentence: 'x' } } }),
      no('lin'),
      'everything is being put back already',
    ],
  ])('%s is recorded and changes nothing (C66)', (_what, run, answer, why) => {
    const decision = hear(run, answer);
    expect(decision.note).toBe(`${answer.by} wants to ${answer.kind}: ${why}`);
    expect({ ...decision.run, revision: run.revision }).toEqual(run);
    expect(decision.run.revision).toBe(run.revision + 1);
  });

  it('counts anew once the provider moved its time (C67)', () => {
    const { run } = hear(runAt('approval'), yes('lin'));
    const moved = hear(run, {
      kind: 'event-changed',
      event: { ...event, notBefore: t0 + 50 * 60 * minute },
    }).run;
    const again = hear(moved, yes('lin')).run;
    expect(approvals(again)).toMatchObject([
      { by: 'lin', plannedTime: t0 + 40 * 60 * minute },
      { by: 'lin', plannedTime: t0 + 50 * 60 * minute },
    ]);
  });

  it('that comes late lets a run go on that holds because nobody answered (C66)', () => {
    const waited = runAt('approval', {
      phase: {
        kind: 'held',
        reason: { code: 'no-answer', sentence: 'nobody answered' },
        back: { kind: 'forward' },
      },
    });
    const { run } = hear(waited, yes('wu'), t0 + 60 * minute);
    expect([run.phase, run.stepSince]).toEqual([{ kind: 'forward' }, t0 + 60 * minute]);
    expect(approvals(run)).toMatchObject([{ by: 'wu' }]);
  });

  it('that comes after the run has ended is not heard (C66)', () => {
    const over = runAt('back', { phase: { kind: 'ended', outcome: 'withdrawn' } });
    expect(hear(over, yes('lin')).run).toBe(over);
  });
});

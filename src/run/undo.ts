import type { Millis } from '../event/system-event';
import { hold, keep, stepAtHand, undoFrom, undone, wait } from './moves';
import type { Decision, Run, Undoing, Verdict } from './run';

/** What follows from a look while everything is put back, last step first. */
export function decideUndo(run: Run, phase: Undoing, verdict: Verdict, now: Millis): Decision {
  const step = stepAtHand(run);
  if (step === undefined) return undone(run, phase, now);
  switch (verdict.kind) {
    case 'done': {
      const note = verdict.note ?? `${step.id}: put back`;
      return undoFrom(keep(run, step, verdict.facts), run.step - 1, phase, now, note);
    }
    case 'needed':
      return { run, act: true, again: now, note: verdict.note };
    case 'pending':
      return wait(run, verdict.again, verdict.note, now);
    case 'impossible':
      return undoFailed(keep(run, step, verdict.facts), verdict.reason.sentence, now);
    default:
      return verdict satisfies never;
  }
}

/** A member that could not be put back is an orphan until a person has seen to it: its slot stays taken. */
export function undoFailed(run: Run, why: string, now: Millis): Decision {
  const sentence = `${stepAtHand(run)?.id ?? 'a step'} could not be put back: ${why}`;
  return hold(run, { code: 'undo-failed', sentence }, now);
}

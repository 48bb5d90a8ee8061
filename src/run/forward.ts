import type { Millis } from '../event/system-event';
import { climb } from './ladder';
import { hold, isOverdue, keep, next, tooLong, undoFrom, waitWith } from './moves';
import type { Decision, PlanStep, Reason, Run, Verdict } from './run';

type Impossible = Verdict & { readonly kind: 'impossible' };

/** What follows from a look at the step at hand while the run goes forward. */
export function decideForward(run: Run, step: PlanStep, verdict: Verdict, now: Millis): Decision {
  switch (verdict.kind) {
    case 'done': {
      const { facts, note = `${step.id}: done`, notice } = verdict;
      return { ...next(keep(run, step, facts), now, note), ...(notice && { notice }) };
    }
    case 'impossible':
      return fail(keep(run, step, verdict.facts), step, verdict.reason, now, verdict.then);
    case 'needed':
      return isOverdue(run, step, now)
        ? fail(run, step, tooLong(step, verdict.note), now)
        : { run, act: true, again: now, note: verdict.note };
    case 'pending':
      return isOverdue(run, step, now)
        ? fail(run, step, tooLong(step, verdict.note), now)
        : waitWith(run, step, verdict, now);
    default:
      return verdict satisfies never;
  }
}

const ends = {
  undo: 'undone',
  withdraw: 'withdrawn',
  infeasible: 'infeasible',
  again: 'again',
  finish: 'undone',
} as const;

/** A step failed: what its verdict, the playbook and the commit point make of it. */
export function fail(
  run: Run,
  step: PlanStep,
  reason: Reason,
  now: Millis,
  then?: Impossible['then'],
): Decision {
  if (run.committed && step.climbs === true) return failedProof(run, reason, now);
  if (run.committed && then === 'finish') return finish(run, step, reason, now);
  if (then === 'hold') return hold(run, reason, now);
  if (then === undefined && step.onFail === 'continue') {
    return next(run, now, `${step.id} failed (${reason.sentence}); the playbook goes on without it`);
  }
  if (run.committed || (then === undefined && step.onFail === 'hold')) return hold(run, reason, now);
  const note = `${step.id}: ${reason.sentence}`;
  return undoFrom(run, run.step, { kind: 'undoing', then: ends[then ?? 'undo'], reason }, now, note);
}

/** The answer failed and changed nothing: the steps behind it bring the instance back, and then someone is called. */
function finish(run: Run, step: PlanStep, reason: Reason, now: Millis): Decision {
  const note = `${step.id}: ${reason.sentence}; the instance is proved and serves again`;
  return next({ ...run, failed: reason }, now, note);
}

/**
 * The answer did not help. A restart that left the event as it was is tried once more, half a day later: until
 * then the instance serves, so the round is finished first. Anything else climbs the ladder.
 */
function failedProof(run: Run, reason: Reason, now: Millis): Decision {
  const { tryAgain, mostAnswers = Infinity } = run.plan;
  const answers = run.answers ?? 0;
  const mayTry = tryAgain !== undefined && answers <= tryAgain.times && answers < mostAnswers;
  if (reason.code !== 'event-not-cleared' || !mayTry) return climb(run, reason, now);
  const nextRound = { notBefore: now + tryAgain.afterMs, reason };
  const hours = Math.round(tryAgain.afterMs / 3_600_000);
  const note = `${reason.sentence}; the instance serves again, and is restarted once more in ${hours} h at the earliest`;
  return next({ ...run, nextRound }, now, note);
}

import type { Millis } from '../event/system-event';
import { advance, hold, isOverdue, keep, next, tooLong, waitWith } from './moves';
import type { Decision, Phase, PlanStep, Reason, Run, Verdict } from './run';

type Climbing = Phase & { readonly kind: 'climbing' };

/** So long the look before a rung may lie back when the rung begins to act. */
const freshMs = 5 * 60_000;

/** Goes to the next rung that may be used, with a look beforehand; without one the run holds. */
export function climb(run: Run, reason: Reason, now: Millis): Decision {
  const { ladder = [], mostAnswers = Infinity } = run.plan;
  const spent = (run.answers ?? 0) >= mostAnswers;
  const index = ladder.findIndex((rung, at) => at >= (run.rungs ?? 0) && !(spent && rung.commit === true));
  const rung = ladder[index];
  if (rung === undefined) {
    const skipped = spent && ladder.length > (run.rungs ?? 0);
    return hold(run, skipped ? answersSpent(run, reason) : reason, now, { back: { kind: 'forward' } });
  }
  const phase: Climbing = { kind: 'climbing', at: 'recheck', reason };
  const note = `${reason.sentence}; next is ${rung.use}, if another look does not show that it healed`;
  return { run: advance({ ...run, phase, rungs: index, stepSince: now }), act: false, again: now, note };
}

/** What follows from a look while the ladder is climbed: at the step that failed, or at the rung. */
export function decideClimbing(
  run: Run,
  phase: Climbing,
  step: PlanStep,
  verdict: Verdict,
  now: Millis,
): Decision {
  if (phase.at === 'recheck') {
    return verdict.kind === 'done'
      ? next(keep(run, step, verdict.facts), now, `${step.id}: healed without another answer`)
      : beginRung(run, phase, now);
  }
  switch (verdict.kind) {
    case 'done':
      // A rung that changed nothing on the instance leaves nothing to prove: the next has its turn.
      return step.commit === true
        ? prove(keep(run, step, verdict.facts), now, verdict.note ?? `${step.use}: done`)
        : failRung(keep(run, step, verdict.facts), step, phase.reason, now);
    case 'impossible':
      return verdict.then === 'hold'
        ? hold(keep(run, step, verdict.facts), verdict.reason, now, { back: { kind: 'forward' } })
        : failRung(keep(run, step, verdict.facts), step, verdict.reason, now);
    case 'needed':
      if (isOverdue(run, step, now)) return failRung(run, step, tooLong(step, verdict.note), now);
      return isStale(run, step, now)
        ? lookOnceMore(run, phase, now)
        : { run, act: true, again: now, note: verdict.note };
    case 'pending':
      return isOverdue(run, step, now)
        ? failRung(run, step, tooLong(step, verdict.note), now)
        : waitWith(run, step, verdict, now);
    default:
      return verdict satisfies never;
  }
}

/** The step that failed could not be looked at again, or is as bad as before: the rung's turn. */
export function beginRung(run: Run, phase: Climbing, now: Millis): Decision {
  const climbing = advance({ ...run, phase: { ...phase, at: 'rung' }, stepSince: now });
  return { run: climbing, act: false, again: now, note: phase.reason.sentence };
}

/** A rung that reports failure ends at once; its time limit is not waited for. */
export function failRung(run: Run, rung: PlanStep, reason: Reason, now: Millis): Decision {
  return climb(leave(run, rung), reason, now);
}

/** Every proof from the beginning: the first step that climbs, with its full time. */
function prove(run: Run, now: Millis, note: string): Decision {
  const rung = run.plan.ladder?.[run.rungs ?? 0];
  const step = run.plan.steps.findIndex(({ climbs }) => climbs === true);
  const proving: Run = {
    ...(rung ? leave(run, rung) : run),
    phase: { kind: 'forward' },
    step,
    stepSince: now,
  };
  return { run: advance(proving), act: false, again: now, note };
}

function leave(run: Run, rung: PlanStep): Run {
  const answered = rung.commit === true && run.facts[rung.id] !== undefined;
  return {
    ...run,
    rungs: (run.rungs ?? 0) + 1,
    ...(answered && { answers: (run.answers ?? 0) + 1 }),
  };
}

/** A rung that waited before its first act is not begun on an old look. */
function isStale(run: Run, rung: PlanStep, now: Millis): boolean {
  return run.facts[rung.id] === undefined && now - run.stepSince > freshMs;
}

function lookOnceMore(run: Run, phase: Climbing, now: Millis): Decision {
  const looking = advance({ ...run, phase: { ...phase, at: 'recheck' }, stepSince: now });
  return { run: looking, act: false, again: now, note: 'looks once more before it answers again' };
}

function answersSpent(run: Run, reason: Reason): Reason {
  const sentence = `${reason.sentence}; the settings allow no further answer (given: ${run.answers})`;
  return { code: 'answers-spent', sentence };
}

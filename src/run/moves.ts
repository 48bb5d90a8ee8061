import type { Millis } from '../event/system-event';
import type { Decision, Facts, Held, Outcome, Phase, PlanStep, Reason, Run, Undoing, Verdict } from './run';

/** MNS keeps a message 7 days from when it was sent, so long waits are hops of at most this. */
export const longestHopMs = 12 * 3600_000;

/** The step at hand; undefined once the run is over or everything is undone. */
export function stepAtHand(run: Run): PlanStep | undefined {
  if (run.phase.kind === 'ended') return undefined;
  if (run.phase.kind === 'climbing' && run.phase.at === 'rung') return run.plan.ladder?.[run.rungs ?? 0];
  return run.plan.steps[run.step];
}

/** The run one revision later. */
export function advance(run: Run): Run {
  return { ...run, revision: run.revision + 1 };
}

/** Nothing changes until another look. */
export function wait(run: Run, again: Millis, note: string, now = again): Decision {
  return { run, act: false, again: Math.min(Math.max(again, now), now + longestHopMs), note };
}

/** A wait in which something was noticed is a revision of its own, so that it is told only once. */
export function waitWith(
  run: Run,
  step: PlanStep,
  { facts, notice, again, note }: Verdict & { kind: 'pending' },
  now: Millis,
): Decision {
  if (facts === undefined) return wait(run, again, note, now);
  const noticed = wait(advance(keep(run, step, facts)), again, note, now);
  return { ...noticed, ...(notice && { notice }) };
}

/** The next step, or the end. */
export function next(before: Run, now: Millis, note: string): Decision {
  const answered = stepAtHand(before)?.commit === true;
  const run: Run = {
    ...before,
    phase: { kind: 'forward' },
    committed: before.committed || answered,
    ...(answered && { answers: (before.answers ?? 0) + 1 }),
  };
  const step = run.step + 1;
  if (step < run.plan.steps.length) {
    return { run: advance({ ...run, step, stepSince: now }), act: false, again: now, note };
  }
  if (run.nextRound !== undefined) return beginAnew(run, now, run.nextRound.reason.sentence);
  if (run.failed !== undefined) return end(run, 'infeasible', run.failed, now);
  return { ...end(run, 'done', undefined, now), note };
}

/** Another round: the plan from its first step, with nothing remembered but what was answered. */
export function beginAnew(run: Run, now: Millis, note: string): Decision {
  const { nextRound, rungs, notBefore, failed, ...kept } = run;
  const anew: Run = {
    ...kept,
    phase: { kind: 'forward' },
    step: 0,
    stepSince: now,
    committed: false,
    round: (run.round ?? 1) + 1,
    facts: {},
    ...(nextRound && { notBefore: nextRound.notBefore }),
  };
  return { run: advance(anew), act: false, again: now, note };
}

/** Goes back to the last step at or below `from` that left facts; without one everything is put back. */
export function undoFrom(run: Run, from: number, phase: Undoing, now: Millis, note: string): Decision {
  const step = lastTouched(run, from);
  if (step < 0) return { ...undone(run, phase, now), note };
  return { run: advance({ ...run, phase, step, stepSince: now }), act: false, again: now, note };
}

/** What comes once nothing is left to put back. */
export function undone(run: Run, phase: Undoing, now: Millis): Decision {
  const { then, reason, until } = phase;
  if ((then === 'again' || then === 'held') && isWithdrawn(run)) return end(run, 'withdrawn', reason, now);
  if (then === 'again') return beginAnew(run, now, reason.sentence);
  if (then === 'held') return hold(run, reason, now, { back: { kind: 'start' }, until });
  return end(run, then, reason, now);
}

/** True while everything is put back for good: the run neither begins anew nor waits afterwards. */
export function isLeaving(phase: Phase): boolean {
  return phase.kind === 'undoing' && phase.then !== 'again' && phase.then !== 'held';
}

/** True when ECS has taken the event back: it needs no answer any more. */
export function isWithdrawn({ event }: Pick<Run, 'event'>): boolean {
  return event.status === 'Canceled' || event.status === 'Avoided';
}

/** Waits for a person, and goes on where it stood unless `back` says otherwise. */
export function hold(
  run: Run,
  reason: Reason,
  now: Millis,
  { back = standsAt(run), until }: Pick<Held, 'back' | 'until'> = {},
): Decision {
  const phase: Held = { kind: 'held', reason, ...(back && { back }), ...(until !== undefined && { until }) };
  const held = advance({ ...run, phase });
  return wait(held, until ?? Infinity, `holds: ${reason.sentence}`, now);
}

function standsAt({ phase }: Run): Held['back'] {
  if (phase.kind === 'held') return phase.back;
  return phase.kind === 'ended' ? undefined : phase;
}

export function end(run: Run, outcome: Outcome, reason: Reason | undefined, now: Millis): Decision {
  const phase = { kind: 'ended', outcome, ...(reason && { reason }) } as const;
  return { run: advance({ ...run, phase, endedAt: now }), act: false, note: reason?.sentence ?? outcome };
}

/** The run with more facts of one step. */
export function keep(run: Run, step: PlanStep, facts: Facts | undefined): Run {
  if (facts === undefined) return run;
  return { ...run, facts: { ...run.facts, [step.id]: { ...run.facts[step.id], ...facts } } };
}

/** True when the step has taken longer than the plan gives it. */
export function isOverdue(run: Run, step: PlanStep, now: Millis): boolean {
  return step.atMostMs !== undefined && now - run.stepSince > step.atMostMs;
}

export function tooLong(step: PlanStep, note: string): Reason {
  const minutes = Math.round((step.atMostMs ?? 0) / 60_000);
  return { code: 'took-too-long', sentence: `${step.id} took longer than ${minutes} min (${note})` };
}

function lastTouched(run: Run, from: number): number {
  return run.plan.steps.findLastIndex(
    (step, index) => index <= from && Object.keys(run.facts[step.id] ?? {}).length > 0,
  );
}

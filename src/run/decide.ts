import { isNews, type Millis, type SystemEvent } from '../event/system-event';
import { backoffMs } from './backoff';
import type { Decision, Facts, Observation, Phase, PlanStep, Reason, Run, Signal, Verdict } from './run';

/** MNS keeps a message 7 days from when it was sent, so long waits are hops of at most this. */
export const longestHopMs = 12 * 3600_000;
/** A refusal that is worth repeating is repeated this often before the step counts as failed. */
const mostRefusals = 40;

/**
 * What the run does next, given what was seen. Pure and total: the same three values always give the same
 * decision, and nothing is thrown.
 */
export function decide(run: Run, seen: Observation, now: Millis): Decision {
  switch (seen.kind) {
    case 'signal':
      return decideSignal(run, seen.signal, now);
    case 'acted':
      return decideActed(run, seen.facts, now);
    case 'refused':
      return decideRefused(run, seen, now);
    case 'verdict':
      return run.phase.kind === 'undoing'
        ? decideUndo(run, run.phase, seen.verdict, now)
        : decideForward(run, seen.verdict, now);
    default:
      return seen satisfies never;
  }
}

/** The step at hand; undefined once the run is over or everything is undone. */
export function stepAtHand(run: Run): PlanStep | undefined {
  return run.phase.kind === 'ended' ? undefined : run.plan.steps[run.step];
}

function decideForward(run: Run, verdict: Verdict, now: Millis): Decision {
  const step = stepAtHand(run);
  if (run.phase.kind !== 'forward' || step === undefined) {
    return wait(run, now + longestHopMs, 'waits for a person', now);
  }
  if (verdict.kind === 'done') {
    return next(keep(run, step, verdict.facts), now, verdict.note ?? `${step.id}: done`);
  }
  if (verdict.kind === 'impossible') return fail(run, step, verdict.reason, now, verdict.then);
  if (step.atMostMs !== undefined && now - run.stepSince > step.atMostMs) {
    return fail(run, step, tooLong(step, verdict.note), now);
  }
  if (verdict.kind === 'needed') return { run, act: true, again: now, note: verdict.note };
  return wait(run, verdict.again, verdict.note, now);
}

function decideUndo(run: Run, phase: Phase & { kind: 'undoing' }, verdict: Verdict, now: Millis): Decision {
  const step = stepAtHand(run);
  if (step === undefined) return end(run, phase.then, phase.reason, now);
  switch (verdict.kind) {
    case 'done':
      return undoFrom(
        keep(run, step, verdict.facts),
        run.step - 1,
        phase,
        now,
        verdict.note ?? `${step.id}: put back`,
      );
    case 'needed':
      return { run, act: true, again: now, note: verdict.note };
    case 'pending':
      return wait(run, verdict.again, verdict.note, now);
    case 'impossible':
      return hold(
        run,
        { code: 'undo-failed', sentence: `${step.id} could not be put back: ${verdict.reason.sentence}` },
        now,
      );
    default:
      return verdict satisfies never;
  }
}

function decideActed(run: Run, facts: Facts, now: Millis): Decision {
  const step = stepAtHand(run);
  if (step === undefined) return wait(run, now, 'nothing to remember');
  const kept = keep(run, step, facts);
  const committed = run.committed || (step.commit === true && run.phase.kind === 'forward');
  return { run: advance({ ...kept, committed }), act: false, again: now, note: `${step.id}: acted` };
}

function decideRefused(run: Run, seen: Observation & { kind: 'refused' }, now: Millis): Decision {
  const step = stepAtHand(run);
  if (step === undefined) return wait(run, now, seen.reason.sentence);
  const overdue =
    run.phase.kind === 'forward' && step.atMostMs !== undefined && now - run.stepSince > step.atMostMs;
  if (seen.worthRepeating && seen.tries < mostRefusals && !overdue) {
    const again = Math.max(seen.retryAt ?? 0, now + backoffMs(`${run.id}/${run.revision}`, seen.tries));
    return wait(run, again, `${step.id}: ${seen.reason.sentence}; asks again`, now);
  }
  if (run.phase.kind === 'undoing') {
    const sentence = `${step.id} could not be put back: ${seen.reason.sentence}`;
    return hold(run, { code: 'undo-failed', sentence }, now);
  }
  return fail(run, step, seen.reason, now);
}

function decideSignal(run: Run, signal: Signal, now: Millis): Decision {
  if (!isNews(run.event, signal.event) || run.phase.kind === 'ended')
    return wait(run, now, 'heard before', now);
  const heard: Run = { ...run, event: mergeEvents(run.event, signal.event) };
  const withdrawn = signal.event.status === 'Canceled' || signal.event.status === 'Avoided';
  if (withdrawn && !run.committed && run.phase.kind !== 'undoing') {
    const reason: Reason = {
      code: `event-${signal.event.status.toLowerCase()}`,
      sentence: `the event is ${signal.event.status} and needs no answer from us any more`,
    };
    return undoFrom(heard, run.step, { kind: 'undoing', then: 'withdrawn', reason }, now, reason.sentence);
  }
  const note = describeNews(run.event, signal.event);
  return { run: advance(resumed(heard, now)), act: false, again: now, note };
}

/** A run that holds only because no window fitted looks again when the event has changed; others wait for a person. */
function resumed(run: Run, now: Millis): Run {
  const waitsForWindow = run.phase.kind === 'held' && run.phase.reason.code === 'no-window' && !run.committed;
  return waitsForWindow ? { ...run, phase: { kind: 'forward' }, stepSince: now } : run;
}

function fail(
  run: Run,
  step: PlanStep,
  reason: Reason,
  now: Millis,
  then?: (Verdict & { kind: 'impossible' })['then'],
): Decision {
  if (then === 'hold') return hold(run, reason, now);
  if (then === undefined && step.onFail === 'continue') {
    return next(run, now, `${step.id} failed (${reason.sentence}); the playbook goes on without it`);
  }
  if (run.committed || (then === undefined && step.onFail === 'hold')) return hold(run, reason, now);
  if (then === 'infeasible' && lastTouched(run, run.step) < 0) return end(run, 'infeasible', reason, now);
  const outcome = then === 'withdraw' ? 'withdrawn' : 'undone';
  return undoFrom(
    run,
    run.step,
    { kind: 'undoing', then: outcome, reason },
    now,
    `${step.id}: ${reason.sentence}`,
  );
}

function next(before: Run, now: Millis, note: string): Decision {
  const run = { ...before, committed: before.committed || stepAtHand(before)?.commit === true };
  const step = run.step + 1;
  if (step >= run.plan.steps.length) return { ...end(run, 'done', undefined, now), note };
  return { run: advance({ ...run, step, stepSince: now }), act: false, again: now, note };
}

/** Goes back to the last step at or below `from` that left facts; without one the run is over. */
function undoFrom(
  run: Run,
  from: number,
  phase: Phase & { kind: 'undoing' },
  now: Millis,
  note: string,
): Decision {
  const step = lastTouched(run, from);
  if (step < 0) return end(run, phase.then, phase.reason, now);
  return { run: advance({ ...run, phase, step, stepSince: now }), act: false, again: now, note };
}

function lastTouched(run: Run, from: number): number {
  return run.plan.steps.findLastIndex(
    (step, index) => index <= from && Object.keys(run.facts[step.id] ?? {}).length > 0,
  );
}

function hold(run: Run, reason: Reason, now: Millis): Decision {
  const held = advance({ ...run, phase: { kind: 'held', reason } });
  return { run: held, act: false, again: now + longestHopMs, note: `holds: ${reason.sentence}` };
}

function end(
  run: Run,
  outcome: 'done' | 'withdrawn' | 'undone' | 'infeasible',
  reason: Reason | undefined,
  now: Millis,
): Decision {
  const phase: Phase = { kind: 'ended', outcome, ...(reason && { reason }) };
  return { run: advance({ ...run, phase, endedAt: now }), act: false, note: reason?.sentence ?? outcome };
}

function wait(run: Run, again: Millis, note: string, now = again): Decision {
  return { run, act: false, again: Math.min(Math.max(again, now), now + longestHopMs), note };
}

function keep(run: Run, step: PlanStep, facts: Facts | undefined): Run {
  if (facts === undefined) return run;
  return { ...run, facts: { ...run.facts, [step.id]: { ...run.facts[step.id], ...facts } } };
}

function advance(run: Run): Run {
  return { ...run, revision: run.revision + 1 };
}

function tooLong(step: PlanStep, note: string): Reason {
  const minutes = Math.round((step.atMostMs ?? 0) / 60_000);
  return { code: 'took-too-long', sentence: `${step.id} took longer than ${minutes} min (${note})` };
}

function mergeEvents(known: SystemEvent, heard: SystemEvent): SystemEvent {
  const told = Object.fromEntries(Object.entries(heard).filter(([, value]) => value !== undefined));
  return { ...known, ...told };
}

function describeNews(known: SystemEvent, heard: SystemEvent): string {
  if (known.status !== heard.status) return `the event went from ${known.status} to ${heard.status}`;
  const later = (heard.notBefore ?? 0) > (known.notBefore ?? 0);
  return `the provider moved its planned time ${later ? 'later' : 'earlier'}`;
}

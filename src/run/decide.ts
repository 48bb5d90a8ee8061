import type { Millis } from '../event/system-event';
import { backoffMs } from './backoff';
import { decideForward, fail } from './forward';
import { goOn, letGoOn } from './go-on';
import { decideSignal } from './hear';
import { beginRung, decideClimbing, failRung } from './ladder';
import { advance, hold, isOverdue, keep, longestHopMs, stepAtHand, wait } from './moves';
import type { Decision, Facts, Observation, Run, Verdict } from './run';
import { decideUndo, undoFailed } from './undo';

/** A refusal that is worth repeating is repeated this often before the step counts as failed. */
const mostRefusals = 40;
/** An account that could not be entered is tried again by itself, and people hear of it again if that fails. */
const reachAgainMs = 3600_000;

/**
 * What the run does next, given what was seen. Pure and total: the same three values always give the same
 * decision, and nothing is thrown.
 */
export function decide(run: Run, seen: Observation, now: Millis): Decision {
  switch (seen.kind) {
    case 'signal':
      return (seen.wasParked && letGoOn(run, seen.signal, now)) || decideSignal(run, seen.signal, now);
    case 'acted':
      return decideActed(run, seen.facts, now);
    case 'refused':
      return decideRefused(run, seen, now);
    case 'time':
      return decideTime(run, now);
    case 'verdict':
      return decideVerdict(run, seen.verdict, now);
    default:
      return seen satisfies never;
  }
}

function decideVerdict(run: Run, verdict: Verdict, now: Millis): Decision {
  const { phase } = run;
  if (phase.kind === 'undoing') return decideUndo(run, phase, verdict, now);
  const step = stepAtHand(run);
  if (step !== undefined && phase.kind === 'climbing') return decideClimbing(run, phase, step, verdict, now);
  if (step !== undefined && phase.kind === 'forward') return decideForward(run, step, verdict, now);
  return wait(run, now + longestHopMs, 'waits for a person', now);
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
  const { phase } = run;
  const overdue = phase.kind !== 'undoing' && isOverdue(run, step, now);
  if (seen.worthRepeating && seen.tries < mostRefusals && !overdue) {
    const again = Math.max(seen.retryAt ?? 0, now + backoffMs(`${run.id}/${run.revision}`, seen.tries));
    return wait(run, again, `${step.id}: ${seen.reason.sentence}; asks again`, now);
  }
  if (seen.unreachable) return hold(run, seen.reason, now, { until: now + reachAgainMs });
  if (phase.kind === 'undoing') return undoFailed(run, seen.reason.sentence, now);
  if (phase.kind !== 'climbing') return fail(run, step, seen.reason, now);
  return phase.at === 'recheck' ? beginRung(run, phase, now) : failRung(run, step, seen.reason, now);
}

/** A hold with an end of its own goes on by itself. */
function decideTime(run: Run, now: Millis): Decision {
  const { phase } = run;
  if (phase.kind !== 'held' || phase.until === undefined || now < phase.until) {
    return wait(run, now + longestHopMs, 'waits for a person', now);
  }
  return goOn(run, phase, now, `${phase.reason.sentence}; that is over now`);
}

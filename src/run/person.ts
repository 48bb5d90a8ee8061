import type { Millis } from '../event/system-event';
import { isEmergency } from './emergency';
import { goOn } from './go-on';
import { climb } from './ladder';
import { advance, end, hold, isLeaving, next, stepAtHand, undoFrom } from './moves';
import type { Decision, Phase, Reason, Run, Signal } from './run';

type Word = Exclude<Signal, { readonly kind: 'event-changed' | 'later-event' | 'approve' | 'reject' }>;

/** What a person (or another run) wants of this one. A word that changes nothing is recorded with the reason. */
export function hearPerson(run: Run, word: Word, now: Millis): Decision {
  switch (word.kind) {
    case 'pause':
      return pause(run, word, now);
    case 'resume':
    case 'retry':
      return retry(run, word, now);
    case 'cancel':
      return cancel(run, word, now);
    case 'skip':
      return skip(run, word, now);
    case 'freeze':
      return freeze(run, word, now);
    case 'unfreeze':
      return unfreeze(run, word, now);
    case 'yield':
      return giveWay(run, word, now);
    default:
      return word satisfies never;
  }
}

function pause(run: Run, word: Word, now: Millis): Decision {
  if (run.phase.kind === 'held') return ignored(run, word, 'it holds already', now);
  return hold(run, reasonOf('paused', `${word.by} paused the run`, word), now);
}

function retry(run: Run, word: Word, now: Millis): Decision {
  const { phase } = run;
  if (phase.kind !== 'held') return ignored(run, word, 'it does not hold', now);
  return goOn(run, phase, now, `${word.by} lets it go on: ${word.why}`);
}

/** Before the commit point everything is put back; behind it only a run that holds can be given up. */
function cancel(run: Run, word: Word, now: Millis): Decision {
  const { phase } = run;
  const reason = reasonOf('cancelled', `${word.by} cancelled the run`, word);
  const stuck = phase.kind === 'held' && (run.committed || phase.reason.code === 'undo-failed');
  if (stuck) return end(run, 'held', reason, now);
  if (run.committed) return ignored(run, word, 'it is past its commit point and will be finished', now);
  if (isLeaving(phase)) return ignored(run, word, 'everything is being put back already', now);
  return undoFrom(run, run.step, { kind: 'undoing', then: 'withdrawn', reason }, now, reason.sentence);
}

function skip(run: Run, word: Word & { readonly kind: 'skip' }, now: Millis): Decision {
  const phase = standing(run.phase);
  const at: Run = { ...run, phase };
  const step = stepAtHand(at);
  if (step === undefined || step.id !== word.step) {
    return ignored(run, word, `it stands at ${step?.id ?? 'its end'}, not at ${word.step}`, now);
  }
  if (step.frame === true)
    return ignored(run, word, `${step.id} is the guard of the pool, not a step to skip`, now);
  const note = `${word.by} skips ${step.id}: ${word.why}`;
  if (phase.kind === 'undoing') return undoFrom(at, run.step - 1, phase, now, note);
  if (phase.kind === 'climbing' && phase.at === 'rung') {
    return { ...climb({ ...at, rungs: (run.rungs ?? 0) + 1 }, phase.reason, now), note };
  }
  return next(at, now, note);
}

/** Where the run stands, seen through a hold. */
function standing(phase: Phase): Phase {
  if (phase.kind !== 'held') return phase;
  return phase.back === undefined || phase.back.kind === 'start' ? { kind: 'forward' } : phase.back;
}

/**
 * A freeze stops what has not passed its commit point: it is put back and held. What still waits for its turn goes on
 * waiting, because it looks at freezes itself. An emergency is stopped by a hard freeze only. A machine is never left
 * half done, unless the freeze says now.
 */
function freeze(run: Run, word: Word & { readonly kind: 'freeze' }, now: Millis): Decision {
  const { phase } = run;
  const reason = reasonOf('frozen', `${word.by} froze it`, word);
  const until = word.until === undefined ? {} : { until: word.until };
  if (isEmergency(run) && !word.hard) {
    return ignored(run, word, 'an emergency is stopped by a hard freeze only', now);
  }
  if (phase.kind === 'held') return ignored(run, word, 'it holds already', now);
  if (waitsForItsTurn(run)) return { run: advance(run), act: false, again: now, note: reason.sentence };
  if (word.now) return hold(run, reason, now, until);
  if (run.committed) return ignored(run, word, 'it is past its commit point and will be finished', now);
  if (phase.kind === 'undoing') {
    return phase.then === 'again'
      ? settled(run, { ...phase, then: 'held', reason, ...until }, now)
      : ignored(run, word, 'everything is being put back already', now);
  }
  return undoFrom(run, run.step, { kind: 'undoing', then: 'held', reason, ...until }, now, reason.sentence);
}

/** True up to the slot: nothing was done yet, and the steps up to there look at freezes. */
function waitsForItsTurn({ plan, phase, step, facts }: Run): boolean {
  const slot = plan.steps.findIndex(({ use }) => use === 'take-slot');
  const taken = facts[plan.steps[slot]?.id ?? '']?.['claimedAt'] !== undefined;
  return phase.kind === 'forward' && step <= slot && !taken;
}

function unfreeze(run: Run, word: Word, now: Millis): Decision {
  const { phase } = run;
  const note = `${word.by} lifted the freeze: ${word.why}`;
  if (phase.kind === 'undoing' && phase.then === 'held')
    return settled(run, { ...phase, then: 'again' }, now);
  if (waitsForItsTurn(run)) return { run: advance(run), act: false, again: now, note };
  if (phase.kind !== 'held' || phase.reason.code !== 'frozen')
    return ignored(run, word, 'it is not frozen', now);
  return goOn(run, phase, now, note);
}

function giveWay(run: Run, word: Word & { readonly kind: 'yield' }, now: Millis): Decision {
  if (run.committed) return ignored(run, word, 'it is past its commit point and will be finished', now);
  if (run.phase.kind !== 'forward') return ignored(run, word, 'it does not go forward', now);
  const reason = reasonOf('gave-way', `gives way to ${word.to}`, word);
  return undoFrom(run, run.step, { kind: 'undoing', then: 'again', reason }, now, reason.sentence);
}

function settled(run: Run, phase: Phase & { kind: 'undoing' }, now: Millis): Decision {
  return { run: advance({ ...run, phase }), act: false, again: now, note: phase.reason.sentence };
}

function ignored(run: Run, word: Word, why: string, now: Millis): Decision {
  return { run: advance(run), act: false, again: now, note: `${word.by} wants to ${word.kind}: ${why}` };
}

function reasonOf(code: Reason['code'], what: string, { why }: Word): Reason {
  return { code, sentence: why === '' ? what : `${what}: ${why}` };
}

import type { Millis } from '../event/system-event';
import { askAnew } from './ask-anew';
import { advance, beginAnew, isWithdrawn, undoFrom } from './moves';
import type { Decision, Held, Run, Signal } from './run';

/** Reasons of holds in which a person wants the run to touch nothing. */
const handsOffCodes = new Set(['paused', 'frozen']);

/** True for a hold that a person asked for; nobody need be called for it. */
export function handsOff({ reason }: Held): boolean {
  return handsOffCodes.has(reason.code);
}

/** A run that held goes on where it stood, with the full time for the step at hand, or from its start. */
export function goOn(run: Run, held: Held, now: Millis, note: string): Decision {
  if (isWithdrawn(run) && !run.committed) {
    const reason = {
      code: `event-${run.event.status.toLowerCase()}`,
      sentence: `the event is ${run.event.status}`,
    };
    return undoFrom(run, run.step, { kind: 'undoing', then: 'withdrawn', reason }, now, reason.sentence);
  }
  const back = held.back ?? backOf(held);
  if (back.kind === 'start') return beginAnew(run, now, note);
  const resumed: Run = { ...run, phase: back, stepSince: now };
  return askAnew(resumed, now, note) ?? { run: advance(resumed), act: false, again: now, note };
}

/** A person lets a parked run go on: it stands where the bug stopped it. Undefined for any other word, or a hold. */
export function letGoOn(run: Run, signal: Signal, now: Millis): Decision | undefined {
  if (signal.kind !== 'retry' && signal.kind !== 'resume') return undefined;
  if (run.phase.kind === 'held' || run.phase.kind === 'ended') return undefined;
  const note = `${signal.by} lets it go on: ${signal.why}`;
  return { run: advance({ ...run, stepSince: now }), act: false, again: now, note };
}

/** Runs of the first version did not record where they stood when they began to hold. */
function backOf({ reason }: Held): NonNullable<Held['back']> {
  return reason.code === 'undo-failed' ? { kind: 'undoing', then: 'undone', reason } : { kind: 'forward' };
}

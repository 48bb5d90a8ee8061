import { parkedIn } from '../../engine/run-journal';
import { stepAtHand } from '../../run/moves';
import type { Run } from '../../run/run';
import type { Screen } from '../screen';
import type { ReadRun } from './find-run';

/** In one word: forward, climbing, undoing, held, parked, or the outcome. */
export function stateOf({ run, tail }: ReadRun): string {
  if (run.phase.kind === 'ended') return run.phase.outcome;
  return parkedIn(tail) === undefined ? run.phase.kind : 'parked';
}

/** Whether a person has to do something before it goes on. */
export function waitsForSomeone(read: ReadRun): boolean {
  return ['held', 'parked'].includes(stateOf(read)) && read.run.phase.kind !== 'ended';
}

export function paintState(state: string, paint: Screen['paint']): string {
  if (['held', 'parked', 'infeasible', 'undone'].includes(state)) return paint.red(state);
  return ['done', 'withdrawn'].includes(state) ? paint.green(state) : state;
}

/** `6/15 drain`: number and id of the step at hand; empty once the run is over. */
export function placeOf(run: Run): string {
  const step = stepAtHand(run);
  if (step === undefined) return '';
  return `${run.step + 1}/${run.plan.steps.length} ${step.id}`;
}

/** Why it is in this state, or what it last did. */
export function lastSentence({ run, tail }: ReadRun): string {
  const parked = parkedIn(tail);
  if (parked !== undefined && run.phase.kind !== 'ended') return parked.reason;
  if ('reason' in run.phase && run.phase.reason !== undefined) return run.phase.reason.sentence;
  const last = tail.entries.findLast(({ kind }) => kind === 'revision');
  return last?.kind === 'revision' ? last.note : '';
}

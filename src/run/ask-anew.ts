import type { Millis } from '../event/system-event';
import { advance, undoFrom } from './moves';
import type { Decision, Run } from './run';

/** The step type in which people are asked, and whose facts hold what they answered. */
export const approvalStep = 'await-approval';

/**
 * People agreed to a planned time that the provider has moved since: the run goes back to where they are asked.
 * What was done for the first answer is put back before. Undefined when nobody has to be asked.
 */
export function askAnew(run: Run, now: Millis, note: string): Decision | undefined {
  const index = run.plan.steps.findIndex(({ use }) => use === approvalStep);
  const asked = run.facts[run.plan.steps[index]?.id ?? ''];
  const isBehind = index >= 0 && run.step > index && run.phase.kind === 'forward' && !run.committed;
  if (!isBehind || asked?.['settledFor'] === (run.event.notBefore ?? null)) return undefined;
  if (!isTouched(run, index)) {
    return { run: advance({ ...run, step: index, stepSince: now }), act: false, again: now, note };
  }
  // Where nobody was asked there was a window, and the steps that need it look themselves.
  if (asked?.['askedAt'] === undefined) return undefined;
  const sentence = `${note}; what was agreed to was the time before, and people are asked anew`;
  const reason = { code: 'agreed-to-another-time', sentence };
  return undoFrom(run, run.step, { kind: 'undoing', then: 'again', reason }, now, sentence);
}

/** True when a step behind the question acted, or was about to; a place in the line is nothing that disturbs anybody. */
function isTouched(run: Run, index: number): boolean {
  return run.plan.steps
    .slice(index + 1, run.step + 1)
    .some(({ id, use }) => use !== 'join-line' && run.facts[id]?.['claimedAt'] !== undefined);
}

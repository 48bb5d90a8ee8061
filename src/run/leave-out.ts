import { resolve, sayCondition } from './condition';
import type { PlanStep, Run, Verdict } from './run';

/**
 * What is said of a step whose condition does not hold when the run comes to it; undefined where it is carried out. One
 * that has begun is finished, and what was done is put back, whatever becomes of the condition.
 */
export function leaveOut({ phase, event, facts }: Run, step: PlanStep): Verdict | undefined {
  const hasBegun = Object.keys(facts[step.id] ?? {}).length > 0;
  if (step.when === undefined || phase.kind === 'undoing' || hasBegun) return undefined;
  if (resolve(step.when, { status: event.status, facts }) === true) return undefined;
  const note = `${step.id}: left out; only if ${sayCondition(step.when)}`;
  const isRung = phase.kind === 'climbing' && phase.at === 'rung';
  return isRung
    ? { kind: 'impossible', reason: { code: 'left-out', sentence: note } }
    : { kind: 'done', note };
}

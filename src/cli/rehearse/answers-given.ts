import type { Millis } from '../../event/system-event';
import type { PlanStep, Run } from '../../run/run';

/** Disruptive calls that a run may make in all: in each round the first answer, and what each rung may call. */
export function mostAnswers({ plan, round = 1 }: Run): number {
  const ofRungs = (plan.ladder ?? []).reduce((sum, rung) => sum + callsOf(rung), 0);
  return round * (1 + ofRungs);
}

/** A stop that hangs may be called again with force. Starting what was stopped disrupts nothing. */
function callsOf({ use, parameters }: PlanStep): number {
  if (use === 'stop-start-instance') return parameters['forceStop'] === true ? 2 : 1;
  return use === 'restart-instance' || use === 'redeploy-instance' ? 1 : 0;
}

/** When the first answer of the round was given; never, as long as it was not. */
export function answeredAt({ plan, facts }: Run): Millis {
  const answer = plan.steps.find(({ use }) => use === 'answer-event' || use === 'redeploy-instance');
  const { actedAt, claimedAt } = facts[answer?.id ?? ''] ?? {};
  const at = actedAt ?? claimedAt;
  return typeof at === 'number' ? at : Infinity;
}

import * as z from 'zod';
import type { Millis } from '../../event/system-event';
import type { PlanStep, Run } from '../../run/run';

const answering = ['answer-event', 'restart-accepted', 'redeploy-instance'];
const first = ['answer-event', 'redeploy-instance', 'stop-start-instance'];

/** Disruptive calls that a run may make in all: in each round one for each step that answers, and what each rung may call. */
export function mostAnswers({ plan, round = 1 }: Run): number {
  const ofSteps = plan.steps.reduce(
    (sum, step) => sum + (answering.includes(step.use) ? 1 : callsOf(step)),
    0,
  );
  const ofRungs = (plan.ladder ?? []).reduce((sum, rung) => sum + callsOf(rung), 0);
  return round * (Math.max(1, ofSteps) + ofRungs);
}

/** The run's own event, and the later ones that it has found and answered. */
export function eventsOf({ event, facts }: Run): readonly string[] {
  const later = Object.values(facts).flatMap((known) => {
    const found = Found.safeParse(known);
    return found.success ? [found.data.event.id] : [];
  });
  return [event.id, ...later];
}

const Found = z.object({ event: z.looseObject({ id: z.string() }) });

/** A stop that hangs may be called again with force. Starting what was stopped disrupts nothing. */
function callsOf({ use, parameters }: PlanStep): number {
  if (use === 'stop-start-instance') return parameters['forceStop'] === true ? 2 : 1;
  return use === 'restart-instance' || use === 'redeploy-instance' ? 1 : 0;
}

/** When the first answer of the round was given; never, as long as it was not. */
export function answeredAt({ plan, facts }: Run): Millis {
  const answer = plan.steps.find(({ use }) => first.includes(use));
  const { actedAt, stopAt, claimedAt } = facts[answer?.id ?? ''] ?? {};
  const at = actedAt ?? stopAt ?? claimedAt;
  return typeof at === 'number' ? at : Infinity;
}

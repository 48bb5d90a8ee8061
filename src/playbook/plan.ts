import { eventKind } from '../event/kinds';
import { namedAnswers, type NamedAnswer } from '../event/named-answer';
import type { SystemEvent } from '../event/system-event';
import { shortHash } from '../run/hash';
import type { Plan, PlanStep } from '../run/run';
import type { Step } from './configuration';
import { planLadder, unsavedRungs } from './fill/rung';
import { planStep, whyAnswerUnsaved, type Context, type Target } from './fill';
import { framed, workWindow } from './frame';
import { chooseSteps } from './left-out';
import type { Match } from './match';
import { whyRefused, whyWrong } from './refusals';
import { verifySteps } from './verify-plan';
import { placesOf } from './places';

/** Fills a playbook in for one event. Made once, when the run starts: later edits do not disturb the run. */
export function makePlan(match: Match, event: SystemEvent, target: Target): Plan {
  const { playbook, pool, alsoMemberOf, calendar, settings } = match;
  const { timing, onFailure } = playbook.spec;
  const chosen = chooseSteps(playbook.spec.steps, event, target);
  const context: Context = {
    pool,
    places: placesOf(...[pool, ...alsoMemberOf].map(({ spec }) => spec.traffic)),
    steps: chosen.steps,
    event,
    target,
    restartAnswers: eventKind(event.code)?.answers.Scheduled?.includes('RebootInstance') ?? false,
    beforeCommit: onFailure.beforeCommit,
    window: workWindow(match),
    hasLadder: playbook.spec.ladder.length > 0,
    ...(urgencyOf(event) === 'planned' && timing.softDrain && { soft: timing.softDrain }),
  };
  const steps = match.verifyOnly ? verifySteps(context) : workingSteps(match, context);
  const ladder = match.verifyOnly ? [] : planLadder(playbook.spec.ladder, context);
  const mostAnswers = settings.limits.attemptsPerInstance?.count;
  const leftOut = [...chosen.leftOut, ...unsavedRungs(playbook.spec.ladder, context)];
  const { tryAgain } = timing;
  const agreed = {
    target: { instanceId: target.id, zone: target.zone, region: event.region },
    steps,
    urgency: urgencyOf(event),
    ...(leftOut.length > 0 && !match.verifyOnly && { leftOut }),
    ...(ladder.length > 0 && { ladder }),
    ...(mostAnswers !== undefined && { mostAnswers }),
    ...(tryAgain && { tryAgain: { afterMs: tryAgain.after, times: tryAgain.times } }),
  };
  return {
    playbook: playbook.metadata.name,
    pool: pool.metadata.name,
    digest: shortHash(JSON.stringify(agreed), 12),
    zone: calendar.spec.zone,
    ...agreed,
    ...(match.site && { site: match.site }),
  };
}

function workingSteps(match: Match, context: Context): readonly PlanStep[] {
  const steps = context.steps.flatMap((step) => planStep(step, context));
  // Who only tells takes nothing out, and waits for nobody.
  if (steps.every(({ use }) => use === 'tell-someone')) return steps;
  const soft = context.soft && { ...context.soft, places: context.places };
  return [...answerable(context), ...framed(match, steps, soft)];
}

/**
 * For an instance that ECS would refuse to touch, an answer that is none, or one that empties local disks unsaved: a
 * person hears of it at once. In an emergency the traffic is taken away before such a move is refused.
 */
function answerable(context: Context): readonly PlanStep[] {
  const { steps, event, target } = context;
  const action = namedIn(steps);
  const isWrong = whyWrong(action, event) !== undefined;
  const unsaved = urgencyOf(event) === 'planned' && whyAnswerUnsaved(context) !== undefined;
  if (whyRefused(target) === undefined && !isWrong && !unsaved) return [];
  const parameters = { ...(isWrong && { action }), ...(unsaved && { unsaved }) };
  return [{ id: 'answerable', use: 'check-answerable', parameters, frame: true }];
}

/** The answer that the playbook names for the event itself. */
function namedIn(steps: readonly Step[]): NamedAnswer | undefined {
  const answer = steps.find((step) => step.use === 'answer-event' && step.with.event === undefined);
  if (answer?.use !== 'answer-event') return undefined;
  return namedAnswers.find((name) => name === answer.with.action);
}

/** What happens already waits for no window: a failure, a spot reclaim, a provider who acts. */
function urgencyOf(event: SystemEvent): Plan['urgency'] {
  return eventKind(event.code)?.urgency === 'now' || event.status === 'Executing' ? 'now' : 'planned';
}

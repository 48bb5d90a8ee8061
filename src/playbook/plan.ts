import { eventKind } from '../event/kinds';
import type { SystemEvent } from '../event/system-event';
import { shortHash } from '../run/hash';
import type { Plan } from '../run/run';
import { planLadder } from './fill-rung';
import { planStep, type Context } from './fill-step';
import { framed } from './frame';
import type { Match } from './match';
import { placesOf } from './places';

/** The instance an event is about, as far as planning needs it. */
interface Target {
  readonly id: string;
  readonly zone: string;
  readonly localDisks: number;
}

/** Fills a playbook in for one event. Made once, when the run starts: later edits do not disturb the run. */
export function makePlan(match: Match, event: SystemEvent, target: Target): Plan {
  const { playbook, pool, alsoMemberOf, calendar, settings } = match;
  const { timing, onFailure } = playbook.spec;
  const context: Context = {
    pool,
    places: placesOf([pool, ...alsoMemberOf].flatMap(({ spec }) => spec.traffic)),
    steps: playbook.spec.steps,
    region: event.region,
    restartAnswers: eventKind(event.code)?.answers.Scheduled?.includes('RebootInstance') ?? false,
    beforeCommit: onFailure.beforeCommit,
  };
  const steps = framed(
    match,
    playbook.spec.steps.flatMap((step) => planStep(step, context)),
  );
  const ladder = planLadder(playbook.spec.ladder, context, target.localDisks);
  const mostAnswers = settings.limits.attemptsPerInstance?.count;
  const { tryAgain } = timing;
  const agreed = {
    target: { instanceId: target.id, zone: target.zone, region: event.region },
    steps,
    urgency: urgencyOf(event),
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
  };
}

/** What happens already waits for no window: a failure, a spot reclaim, a provider who acts. */
function urgencyOf(event: SystemEvent): Plan['urgency'] {
  return eventKind(event.code)?.urgency === 'now' || event.status === 'Executing' ? 'now' : 'planned';
}

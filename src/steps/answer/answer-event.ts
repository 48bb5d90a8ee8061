import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { eventKind } from '../../event/kinds';
import { whyUnanswered } from '../../event/named-answer';
import type { Millis, SystemEvent } from '../../event/system-event';
import type { Facts, Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';
import {
  impossible,
  instanceGone,
  judgeGoingDown,
  lookBefore,
  permissionsToLook,
  type SeenBefore,
} from './going-down';
import { Places } from '../../playbook/kinds/traffic';
import { whyUnsaved } from '../../playbook/refusals';
import { latestAnswer } from './latest-answer';
import { subjectOf } from './subject';
import { atLocal } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  places: Places,
  forceStop: z.boolean(),
  /** Event codes that a restart through the API answers. */
  restartAnswers: z.boolean(),
  /** The playbook names the call; absent: the one that the event's status asks for. */
  only: z.enum(['restart', 'accept']).optional(),
  /** The step that took the traffic away, if the playbook has one. */
  drain: z.string().optional(),
  /** The step whose facts hold the moment by which the call must have been made. */
  slot: z.string(),
  /** The step that found a later event, where that is answered and not the run's own. */
  about: z.string().optional(),
  /** The provider's own act is waited for: no call of ours answers the event. */
  waits: z.boolean().optional(),
  /** And its planned time is moved to now. */
  pulls: z.boolean().optional(),
  /** The step whose verified manifest must exist. */
  requireBackup: z.string().optional(),
  /** The answer empties local disks, and no step of the plan saves them. */
  unsaved: z.literal(true).optional(),
});
type Parameters = z.output<typeof Parameters>;

const lookAgainMs = 60_000;
/** The planned time must not have passed when the call arrives. */
const pullMs = 60_000;

/** What a claim remembers, so that the answer's trace can be told from what was there before. */
const AnswerFacts = z.object({
  startTime: z.string().optional(),
  asked: z.enum(['Inquiring', 'Scheduled']).optional(),
  actedAt: z.number().optional(),
  /** When the planned time was moved. */
  pulledAt: z.number().optional(),
  /** The planned time before that. */
  plannedAt: z.number().optional(),
});

/**
 * Answers the event once: an Inquiring one is accepted, a Scheduled one is answered by restarting through the
 * API (a restart from inside the system does not count). Neither call has a client token, so a call whose answer
 * was lost is recognised by what it left: the event's status, the instance's status, its time of start.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/system-events-overview
 */
export const answerEvent = defineStep<Parameters, SeenBefore>({
  type: 'answer-event',
  permissions: [
    ...permissionsToLook(),
    'ecs:RebootInstance',
    'ecs:AcceptInquiredSystemEvent',
    'ecs:ModifySystemEventAttribute',
  ],
  needs: ({ places, restartAnswers, only, about, waits, pulls }, code) => [
    ...permissionsToLook(places, about === undefined ? code : undefined),
    ...(restartAnswers && waits !== true && only !== 'accept' ? ['ecs:RebootInstance'] : []),
    ...(pulls === true ? ['ecs:ModifySystemEventAttribute'] : []),
    ...(about !== undefined || (isAccepted(code) && only !== 'restart')
      ? ['ecs:AcceptInquiredSystemEvent']
      : []),
  ],
  parameters: Parameters,
  look: lookBefore,
  judge,
  claim: ({ event, instance }, { pulls }, { facts }) => {
    const before = AnswerFacts.parse(facts);
    const { startTime = instance?.startTime, asked = event?.status } = before;
    const { plannedAt = event?.notBefore } = before;
    return { startTime, asked, ...(pulls === true && { plannedAt }) };
  },
  act: async ({ forceStop, only, pulls }, { cloud }, { target, now }, { event }) => {
    if (pulls === true && event?.status === 'Scheduled') {
      await cloud.events.move(event, now + pullMs);
      return { pulledAt: now };
    }
    if (event?.status === 'Inquiring' && only !== 'restart') {
      const { switched } = await cloud.events.acceptInquired(event.id);
      return { actedAt: now, ...(switched && { switched }) };
    }
    await cloud.instances.reboot(target.instanceId, { force: forceStop });
    return { actedAt: now };
  },
});

/** A code that nobody has written down yet may be Inquiring too. */
function isAccepted(code: string): boolean {
  const kind = eventKind(code);
  return kind === undefined || kind.answers.Inquiring?.includes('AcceptInquiredSystemEvent') === true;
}

function judge(seen: SeenBefore, parameters: Parameters, scene: Scene): Verdict {
  const { event, instance } = seen;
  if (subjectOf(scene, parameters.about) === undefined)
    return { kind: 'done', note: 'nothing more to answer' };
  if (instance === undefined) return instanceGone();
  if (event === undefined)
    return impossible('event-gone', 'ECS does not know the event any more', 'withdraw');
  const answered = judgeAnswered(event, instance, scene.facts);
  if (answered !== undefined) return answered;
  switch (event.status) {
    case 'Executing':
    case 'Executed':
    case 'Failed':
      return { kind: 'done', note: `the provider went first: the event is ${event.status}` };
    case 'Canceled':
    case 'Avoided':
      return impossible(`event-${event.status.toLowerCase()}`, `the event is ${event.status}`, 'withdraw');
    case 'Inquiring':
    case 'Scheduled':
      return judgeReady(seen, event.status, instance, parameters, scene);
    default:
      return event.status satisfies never;
  }
}

/** Done when our call was answered, or when it left its trace although its answer was lost. */
function judgeAnswered(event: SystemEvent, instance: InstanceState, facts: Facts): Verdict | undefined {
  const { actedAt, startTime, asked } = AnswerFacts.parse(facts);
  if (actedAt !== undefined) return { kind: 'done', note: 'the event is answered' };
  if (asked === undefined) return undefined;
  if (event.status === 'Failed') {
    const note = 'ECS could not do it without a restart, and offers it with one';
    return { kind: 'done', note, facts: { switched: true } };
  }
  const restarted = instance.startTime !== startTime || instance.status !== 'Running';
  return event.status !== asked || restarted
    ? { kind: 'done', note: 'the event is answered; the call had worked although its answer was lost' }
    : undefined;
}

/** What no call answers is left to the provider, with the traffic taken away before. */
function waitForProvider(code: string, notBefore: Millis | undefined, { now, zone }: Scene): Verdict {
  const at = notBefore === undefined ? '' : `, ${atLocal(notBefore, zone)}`;
  const again = Math.max(notBefore ?? 0, now + lookAgainMs);
  return { kind: 'pending', again, note: `waits for the provider: ${code}${at}` };
}

/** True where nothing is left to pull; a call whose answer was lost shows in the planned time. */
function isPulled(notBefore: Millis | undefined, { pulls }: Parameters, { facts }: Scene): boolean {
  const { pulledAt, plannedAt = -Infinity } = AnswerFacts.parse(facts);
  return pulls !== true || pulledAt !== undefined || (notBefore ?? Infinity) < plannedAt;
}

function judgeReady(
  seen: SeenBefore,
  status: 'Inquiring' | 'Scheduled',
  instance: InstanceState,
  parameters: Parameters,
  scene: Scene,
): Verdict {
  const { code, notBefore } = seen.event ?? scene.event;
  const unanswered = parameters.only && whyUnanswered(parameters.only, { code, status });
  if (unanswered !== undefined) return impossible('wrong-answer', unanswered);
  const isWaiting = status === 'Scheduled' && parameters.waits === true;
  if (isWaiting && isPulled(notBefore, parameters, scene)) return waitForProvider(code, notBefore, scene);
  if (status === 'Scheduled' && !isWaiting && !parameters.restartAnswers) {
    return impossible('no-answer', `${code} is not answered by a restart`);
  }
  const unsaved = parameters.unsaved && whyUnsaved({}, instance.localDisks);
  if (unsaved !== undefined) return { kind: 'impossible', reason: unsaved };
  const stopped = judgeGoingDown(instance, seen.memberships, parameters, scene);
  if (stopped !== undefined) return stopped;
  const mustActBy = latestAnswer(seen.event?.notBefore, parameters.slot, scene);
  if (scene.now > mustActBy) {
    return impossible('window-closed', `the window closed at ${atLocal(mustActBy, scene.zone)}`);
  }
  if (isWaiting) return { kind: 'needed', note: 'moves the planned time to now' };
  return { kind: 'needed', note: status === 'Inquiring' ? 'accepts the event' : 'restarts the instance' };
}

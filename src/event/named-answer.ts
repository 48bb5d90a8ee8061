import { eventKind } from './kinds';
import type { EventStatus, SystemEvent } from './system-event';

/** Answers that a playbook may name in place of the one that the event's code and status ask for. */
export const namedAnswers = ['restart', 'accept', 'redeploy', 'stopStart'] as const;
export type NamedAnswer = (typeof namedAnswers)[number];

interface Meaning {
  readonly words: string;
  /** What the table must list for the code and status. */
  readonly call: 'RebootInstance' | 'AcceptInquiredSystemEvent' | 'RedeployInstance';
}

/**
 * A stop and a start is tried where a restart through the API is an answer; that it clears the event as well is not
 * documented, and the event itself proves it.
 */
const meanings: Readonly<Record<NamedAnswer, Meaning>> = {
  restart: { words: 'a restart', call: 'RebootInstance' },
  accept: { words: 'an acceptance', call: 'AcceptInquiredSystemEvent' },
  redeploy: { words: 'a redeployment', call: 'RedeployInstance' },
  stopStart: { words: 'a stop and a start', call: 'RebootInstance' },
};

type Pending = 'Inquiring' | 'Scheduled' | 'Executing';

/** True unless the event table says of the code that ECS takes no such call for it in that status. */
export function isAnsweredBy(answer: NamedAnswer, code: string, status: EventStatus): boolean {
  const kind = eventKind(code);
  if (kind === undefined) return answer !== 'accept' || status === 'Inquiring';
  // A restart of what is Executing completes an acceptance, and is no answer.
  if (status === 'Executing' && answer !== 'redeploy') return false;
  return kind.answers[status as Pending]?.includes(meanings[answer].call) === true;
}

/** The answers by name that do answer it in all these statuses, behind the one that is always right. */
export function rightAnswers(code: string, statuses: readonly EventStatus[]): readonly string[] {
  const right = namedAnswers.filter((answer) =>
    statuses.every((status) => isAnsweredBy(answer, code, status)),
  );
  return ['fromEvent', ...right];
}

/** `a restart does not answer SystemMaintenance.Redeploy while it is Scheduled`. */
export function sayUnanswered(answer: NamedAnswer, code: string, statuses: readonly EventStatus[]): string {
  return `${meanings[answer].words} does not answer ${code} while it is ${statuses.join(' or ')}`;
}

/** Why the answer is none, and which would be; undefined where nothing speaks against it. */
export function whyUnanswered(
  answer: NamedAnswer,
  { code, status }: Pick<SystemEvent, 'code' | 'status'>,
): string | undefined {
  if (isAnsweredBy(answer, code, status)) return undefined;
  const right = rightAnswers(code, [status]).join(' or ');
  return `${sayUnanswered(answer, code, [status])}; right would be action: ${right}`;
}

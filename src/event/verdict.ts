import { answeringOf } from './answering';
import type { EventKind } from './kind';
import type { EventStatus } from './system-event';

/** What a kind of event means for whoever has to answer it, in words for a page. */
export interface EventVerdict {
  readonly code: string;
  readonly family: EventKind['family'];
  readonly meaning: string;
  /** The statuses it passes through, each with what may be done about it then. */
  readonly states: readonly { readonly status: EventStatus; readonly may: string }[];
  readonly urgency: string;
  readonly lost: string;
  /** The shipped playbook that answers it. */
  readonly playbook?: string;
  readonly unconfirmed?: string;
}

const urgencies: Readonly<Record<EventKind['urgency'], string>> = {
  planned: 'there is time to choose when',
  now: 'it happens already',
  info: 'nothing need be done at once',
};

/** The verdict on one kind of event, from its entry in the table. */
export function verdictOf(kind: EventKind): EventVerdict {
  const { code, family, meaning, statuses, urgency, playbook, unconfirmed } = kind;
  return {
    code,
    family,
    meaning,
    states: statuses.map((status) => ({ status, may: mayDo(kind, status) })),
    urgency: urgencies[urgency],
    lost: lostBy(kind),
    ...(playbook !== undefined && { playbook }),
    ...(unconfirmed !== undefined && { unconfirmed }),
  };
}

function lostBy({ losesLocalData }: EventKind): string {
  if (losesLocalData === true) return 'the instance';
  return losesLocalData === 'local-disks' ? 'what local disks hold' : 'nothing';
}

function mayDo(kind: EventKind, status: EventStatus): string {
  switch (status) {
    case 'Inquiring':
    case 'Scheduled':
    case 'Executing':
      return sayAnswers(kind, status);
    case 'Executed':
      return kind.family === 'billing' ? 'too late: somebody is called' : 'prove that it ended well';
    case 'Failed':
      return 'somebody is called; another event usually follows';
    case 'Avoided':
    case 'Canceled':
      return 'put back what was done for it';
    default:
      return status satisfies never;
  }
}

function sayAnswers(kind: EventKind, status: 'Inquiring' | 'Scheduled' | 'Executing'): string {
  const [usual, ...others] = kind.answers[status] ?? [];
  if (usual !== undefined) return [usual, ...others.map((other) => `or ${other}`)].join(' ');
  if (kind.family === 'billing') return 'pay or renew; nothing else helps';
  if (status === 'Executing') return kind.urgency === 'now' ? 'take the traffic away, and wait' : 'wait';
  return answeringOf(kind.code) === 'wait'
    ? 'wait, and start it again afterwards'
    : 'what the console asks for';
}

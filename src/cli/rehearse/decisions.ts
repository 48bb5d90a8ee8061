import { isOver, type Millis } from '../../event/system-event';
import { windowState, type Window } from '../../playbook/window';
import { sayInstant } from '../../playbook/zone-time';
import type { Run } from '../../run/run';
import type { Happening } from '../announcements';
import { table } from '../screen';
import { eventsOf } from './answers-given';
import type { Played as Story } from './story';

/** What was made of one event of a stream. */
export interface Decision {
  readonly event: string;
  readonly code: string;
  readonly instance: string;
  /** In which status it was first heard of. */
  readonly status: string;
  /** The playbook that answers it; absent where none does, and then `why` says why. */
  readonly playbook?: string;
  readonly why?: string;
  /** When work was to begin, by the calendar; absent where there is no window. */
  readonly start?: Millis;
  /** The writes with which ECS was answered, in order. */
  readonly answers: readonly string[];
  readonly outcome?: string;
}

type Heard = NonNullable<Happening['event']>;
type Played = Pick<Story, 'runs' | 'writes' | 'leftAlone'>;

/** What was decided on every event of a stream, in the order in which they were heard of. */
export function decisionsOn(happenings: readonly Happening[], played: Played): readonly Decision[] {
  const first = new Map<string, Heard>();
  for (const { event } of happenings) {
    if (event?.id !== undefined && !first.has(event.id)) first.set(event.id, event);
  }
  return [...first].map(([id, event]) => ({
    event: id,
    code: event.code,
    instance: event.instanceId,
    status: event.status,
    ...decided(id, event, played),
  }));
}

function decided(id: string, heard: Heard, { runs, writes, leftAlone }: Played) {
  const run = runs.find((one) => eventsOf(one).includes(id));
  if (run === undefined) {
    // The event's code, status and id stand in columns of their own.
    const why = leftAlone.get(id)?.replace(/^.*?: /, '');
    return { why: why ?? 'nobody heard of it', answers: [] };
  }
  const { instanceId } = run.plan.target;
  const start = startOf(run, heard);
  return {
    playbook: run.plan.playbook,
    ...(start !== undefined && { start }),
    answers: writes
      .filter(
        ({ product, action, outcome }) => product === 'ecs' && action !== 'RunCommand' && outcome === 'done',
      )
      .filter(({ target }) => target === instanceId || eventsOf(run).includes(target))
      .filter(({ at }) => at >= run.startedAt && at <= (run.endedAt ?? Infinity))
      .map(({ action }) => action),
    outcome: run.phase.kind === 'ended' ? run.phase.outcome : run.phase.kind,
  };
}

/** An emergency begins when it is heard of; anything else when the calendar opens. */
function startOf({ plan, startedAt }: Run, { status, notBefore }: Heard): Millis | undefined {
  const window = plan.steps.find(({ use }) => use === 'await-window')?.parameters['window'];
  const isUrgent = plan.urgency === 'now' || status === 'Executing' || isOver(status);
  if (window === undefined || isUrgent) return startedAt;
  const state = windowState(window as Window, notBefore, startedAt);
  if (state.kind === 'none') return undefined;
  return state.kind === 'open' ? startedAt : state.at;
}

/** The same for a page. */
export function decisionsTable(decisions: readonly Decision[], zone: string): string {
  return table(
    decisions.map(({ event, code, status, instance, playbook, why, start, answers, outcome }) => [
      event,
      `${code} (${status})`,
      instance,
      playbook ?? '–',
      start === undefined ? (why ?? 'no window') : sayInstant(start, zone),
      answers.join(', ') || 'no answer',
      outcome ?? '',
    ]),
  );
}

/** The same for machines; instants are ISO 8601. */
export function decisionJson({ start, playbook, why, outcome, ...others }: Decision): object {
  return {
    ...others,
    playbook: playbook ?? null,
    why: why ?? null,
    start: start === undefined ? null : new Date(start).toISOString(),
    outcome: outcome ?? null,
  };
}

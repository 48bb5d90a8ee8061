import type { Millis } from '../event/system-event';
import { nextOpening } from './calendar';
import type { CalendarSpec, Timing } from './configuration';

/** When a run may do its work: what the playbook's timing and its calendar say together. */
export interface Window {
  readonly calendar: CalendarSpec;
  /** How long a run may take; it starts only where this fits. */
  readonly neededMs: number;
  /** Kept free before the provider's planned time. */
  readonly finishBeforeMs: number;
  readonly ifNoWindow: Timing['ifNoWindow'];
  /** So long before the last safe moment people are told. Plans of the first version tell nobody. */
  readonly warnMs?: readonly number[];
  /** The step in which people say yes; where there is no window, theirs stands in for one. */
  readonly approval?: string;
  /** So long ahead of the work the weights are lowered, for which the run needs its slot. Absent: no soft drain. */
  readonly aheadMs?: number;
}

/** `outside`: not in the calendar, but at the last safe moment. */
export type WindowState =
  | { readonly kind: 'open'; readonly until: Millis; readonly name: string; readonly outside?: true }
  | { readonly kind: 'later'; readonly at: Millis; readonly name: string; readonly outside?: true }
  | { readonly kind: 'none'; readonly sentence: string };

/**
 * Whether work may start now, and if not, when. `notBefore` is the provider's planned time; an event without
 * one waits for an answer as long as it takes. With a soft drain this is about its start, and `until` about the window
 * of the work behind it; where the whole of it does not fit before the planned time, it is shorter.
 */
export function windowState(window: Window, notBefore: Millis | undefined, now: Millis): WindowState {
  const { aheadMs = 0 } = window;
  const work = workState(window, notBefore, now);
  if (aheadMs === 0 || work.kind === 'none') return work;
  const behind = workState(window, notBefore, now + aheadMs);
  const fits = behind.kind !== 'none' && (behind.outside !== true || work.outside === true);
  if (fits) return behind.kind === 'open' ? behind : { ...behind, at: behind.at - aheadMs };
  return work.kind === 'open' ? work : workState(window, notBefore, work.at);
}

function workState(window: Window, notBefore: Millis | undefined, now: Millis): WindowState {
  const deadline = deadlineOf(window, notBefore);
  const opening = nextOpening(window.calendar, { now, neededMs: window.neededMs, deadline });
  if (opening.kind === 'open') {
    const until = Math.min(opening.until, deadline ?? opening.until);
    return opening.from <= now
      ? { kind: 'open', until, name: opening.name }
      : { kind: 'later', at: opening.from, name: opening.name };
  }
  if (window.ifNoWindow !== 'lastSafeMoment' || deadline === undefined) {
    return { kind: 'none', sentence: opening.reason };
  }
  const lastSafe = deadline - window.neededMs;
  if (now > lastSafe) return { kind: 'none', sentence: `${opening.reason}; the last safe moment has passed` };
  return lastSafe <= now
    ? { kind: 'open', until: deadline, name: 'last safe moment', outside: true }
    : { kind: 'later', at: lastSafe, name: 'last safe moment', outside: true };
}

/** By when the work must have ended; undefined where the provider gives no planned time. */
export function deadlineOf(
  { finishBeforeMs }: Pick<Window, 'finishBeforeMs'>,
  notBefore: Millis | undefined,
): Millis | undefined {
  return notBefore === undefined ? undefined : notBefore - finishBeforeMs;
}

/** The latest start from which the work can end in time; undefined where the provider gives no planned time. */
export function lastSafeMoment(
  window: Pick<Window, 'finishBeforeMs' | 'neededMs'>,
  notBefore: Millis | undefined,
): Millis | undefined {
  const deadline = deadlineOf(window, notBefore);
  return deadline === undefined ? undefined : deadline - window.neededMs;
}

/** The coming stretch of time in which a run may start; undefined when there is none before the planned time. */
export function nextStart(
  window: Window,
  notBefore: Millis | undefined,
  now: Millis,
): { readonly opens: Millis; readonly lastStart: Millis } | undefined {
  const state = windowState(window, notBefore, now);
  if (state.kind === 'none') return undefined;
  const opens = state.kind === 'open' ? now : state.at;
  const opened = windowState(window, notBefore, opens);
  if (opened.kind !== 'open') return undefined;
  const lastWork = opened.until - window.neededMs;
  const lastSoft = lastWork - (window.aheadMs ?? 0);
  return { opens, lastStart: lastSoft >= opens ? lastSoft : lastWork };
}

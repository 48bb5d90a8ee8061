import type { Millis } from '../event/system-event';
import { weekdays, type AllowRange, type CalendarSpec, type DenyRange } from './configuration';
import { sayDuration } from './duration';
import { dayFacts, dayNumberAt, instantOf, instantOfText, sayInstant } from './zone-time';

const dayMs = 86_400_000;
const horizonMs = 60 * dayMs;
/** Most calendars open within days; only when they do not is the whole horizon looked at. */
const soonMs = 4 * dayMs;
/** Most openings are near: days far ahead are computed only when these have none that fits. */
const nearMs = 2 * dayMs;

/** A stretch of time in which planned work may happen: from `from` until just before `until`. */
export interface Opening {
  readonly from: Millis;
  readonly until: Millis;
  /** The allow range that opens it; touching ranges are one opening, named after the first. */
  readonly name: string;
}

export type NextOpening =
  | { readonly kind: 'open'; readonly from: Millis; readonly until: Millis; readonly name: string }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The earliest instant at or after `now` from which `neededMs` milliseconds of work fit before the calendar closes
 * and before `deadline`. `until` is when the calendar closes, whatever the deadline is. Looks 60 days ahead.
 */
export function nextOpening(
  calendar: CalendarSpec,
  { now, neededMs, deadline }: { now: Millis; neededMs: number; deadline?: Millis },
): NextOpening {
  const near = openingsBetween(calendar, now, now + nearMs).find(
    ({ from, until }) => until < now + nearMs && Math.min(until, deadline ?? Infinity) - from >= neededMs,
  );
  if (near !== undefined) return { kind: 'open', ...near };
  const end = Math.min(deadline ?? Infinity, now + horizonMs);
  const soon = openingsBetween(calendar, now, now + soonMs).find(
    ({ from, until }) => until < now + soonMs && Math.min(until, end) - from >= neededMs,
  );
  if (soon !== undefined) return { kind: 'open', ...soon };
  const openings = end > now ? openingsBetween(calendar, now, now + horizonMs) : [];
  let longest = 0;
  for (const { from, until, name } of openings) {
    if (from >= end) break;
    const room = Math.min(until, end) - from;
    if (room >= neededMs) return { kind: 'open', from, until, name };
    longest = Math.max(longest, room);
  }
  return { kind: 'none', reason: sayWhyNot(calendar, { now, neededMs, deadline, longest }) };
}

/** Closed unless an allow range says open; a deny range always wins. */
export function isAllowedAt(calendar: CalendarSpec, at: Millis): boolean {
  return openingsBetween(calendar, at, at + 1).length > 0;
}

/** The openings within [from, to), cut at both ends, in order, none touching another. */
export function openingsBetween(calendar: CalendarSpec, from: Millis, to: Millis): readonly Opening[] {
  const first = dayNumberAt(from, calendar.zone) - 1;
  const last = dayNumberAt(to, calendar.zone);
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const allowed = days.flatMap((day) =>
    calendar.allow.flatMap((range) => allowedOn(day, range, calendar.zone)),
  );
  const denied = calendar.deny.flatMap((range) => deniedSpans(days, range, calendar.zone));
  return join(allowed)
    .flatMap((opening) => without(opening, denied))
    .map((opening) => ({
      ...opening,
      from: Math.max(opening.from, from),
      until: Math.min(opening.until, to),
    }))
    .filter((opening) => opening.from < opening.until);
}

interface Span {
  readonly from: Millis;
  readonly until: Millis;
}

/** Both ends take the first of two equal wall-clock times, so that a repeated hour makes one opening. */
function allowedOn(day: number, range: AllowRange, zone: string): readonly Opening[] {
  const weekday = weekdays[dayFacts(day).weekday - 1];
  if (weekday === undefined || !range.days.includes(weekday)) return [];
  const from = instantOf(day, range.from, zone, 'first');
  const until = instantOf(range.to > range.from ? day : day + 1, range.to, zone, 'first');
  return from < until ? [{ from, until, name: range.name ?? weekday }] : [];
}

/** A deny range in the repeated hour ends with its second passing: in doubt, closed. */
function deniedSpans(days: readonly number[], range: DenyRange, zone: string): readonly Span[] {
  if ('dates' in range) {
    return range.dates.map(({ from, to }) => ({
      from: instantOfText(`${from} 00:00`, zone, 'first'),
      until: instantOfText(`${to} 24:00`, zone, 'second'),
    }));
  }
  if ('monthDays' in range) {
    return days
      .filter((day) => isMonthDay(day, range.monthDays))
      .map((day) => ({
        from: instantOf(day, range.from, zone, 'first'),
        until: instantOf(range.to > range.from ? day : day + 1, range.to, zone, 'second'),
      }));
  }
  return [{ from: instantOfText(range.from, zone, 'first'), until: instantOfText(range.to, zone, 'second') }];
}

function isMonthDay(day: number, monthDays: readonly (number | 'last')[]): boolean {
  const { dayOfMonth, daysInMonth } = dayFacts(day);
  return monthDays.some((wanted) => dayOfMonth === (wanted === 'last' ? daysInMonth : wanted));
}

function join(openings: readonly Opening[]): readonly Opening[] {
  const joined: Opening[] = [];
  for (const opening of openings.toSorted((a, b) => a.from - b.from)) {
    const previous = joined.at(-1);
    if (previous === undefined || previous.until < opening.from) joined.push(opening);
    else joined[joined.length - 1] = { ...previous, until: Math.max(previous.until, opening.until) };
  }
  return joined;
}

function without(opening: Opening, denied: readonly Span[]): readonly Opening[] {
  return denied.reduce<readonly Opening[]>(
    (rest, span) =>
      rest.flatMap((part) =>
        [
          { ...part, until: Math.min(part.until, span.from) },
          { ...part, from: Math.max(part.from, span.until) },
        ].filter((piece) => piece.from < piece.until),
      ),
    [opening],
  );
}

function sayWhyNot(
  { zone }: CalendarSpec,
  { now, neededMs, deadline, longest }: { now: Millis; neededMs: number; deadline?: Millis; longest: number },
): string {
  const by = deadline === undefined ? 'within 60 days' : `before ${sayInstant(deadline, zone)} (${zone})`;
  if (deadline !== undefined && deadline <= now)
    return `the deadline, ${sayInstant(deadline, zone)} (${zone}), has passed`;
  if (longest === 0) return `the calendar has no opening ${by}`;
  return `the longest opening ${by} is ${sayDuration(longest)}, and ${sayDuration(neededMs)} are needed`;
}

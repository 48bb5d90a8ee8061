import { IANAZone } from 'luxon';
import type { Millis } from '../event/system-event';

export { atLocal as sayInstant } from '../event/local-time';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Days since 1970-01-01 on the calendar that hangs on the wall in `zone`. */
export function dayNumberAt(at: Millis, zone: string): number {
  return Math.floor((at + offsetMs(at, zone)) / dayMs);
}

/** Weekday (1 = Monday) and day of the month of a day number. */
export function dayFacts(day: number): { weekday: number; dayOfMonth: number; daysInMonth: number } {
  // The bare Date: a calendar asks this of every day of months.
  const date = new Date(day * dayMs);
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
  return {
    weekday: date.getUTCDay() || 7,
    dayOfMonth: date.getUTCDate(),
    daysInMonth: lastOfMonth.getUTCDate(),
  };
}

/**
 * The instant at which the wall clock in `zone` shows `minutes` after midnight of `day`. When summer time begins,
 * a time in the skipped hour means the moment of the change. When it ends, a time in the repeated hour happens
 * twice: `which` chooses.
 */
export function instantOf(day: number, minutes: number, zone: string, which: 'first' | 'second'): Millis {
  const wall = day * dayMs + minutes * minuteMs;
  const before = offsetMs(wall - dayMs, zone);
  const after = offsetMs(wall + dayMs, zone);
  if (before === after) return wall - before;
  const meant = [wall - before, wall - after].filter((at) => at + offsetMs(at, zone) === wall);
  if (meant.length === 0) return changeBetween(wall - after, wall - before, zone);
  return which === 'first' ? Math.min(...meant) : Math.max(...meant);
}

/** A wall-clock time as the calendar's files write it: `2026-11-01 00:00`. */
export function instantOfText(text: string, zone: string, which: 'first' | 'second'): Millis {
  const wall = Date.parse(`${text.replace(' ', 'T')}:00Z`);
  const day = Math.floor(wall / dayMs);
  return instantOf(day, (wall - day * dayMs) / minuteMs, zone, which);
}

/** The first minute in (from, to] that has the new offset. */
function changeBetween(from: Millis, to: Millis, zone: string): Millis {
  const old = offsetMs(from, zone);
  let [low, high] = [from, to];
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (offsetMs(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

const quarterMs = 15 * minuteMs;
const mostKnown = 5_000;
const known = new Map<string, number>();

/** Clocks change at a quarter of an hour, so one answer holds until the next; asking the time zone's tables takes long. */
function offsetMs(at: Millis, zone: string): number {
  const quarter = Math.floor(at / quarterMs);
  const key = `${zone} ${quarter}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const offset = IANAZone.create(zone).offset(quarter * quarterMs) * minuteMs;
  known.set(key, offset);
  return offset;
}

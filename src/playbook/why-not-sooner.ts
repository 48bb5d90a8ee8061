import type { Millis } from '../event/system-event';
import { openingsBetween } from './calendar';
import type { CalendarSpec } from './configuration';
import { sayDuration } from './duration';
import { sayInstant } from './zone-time';

/** Why `nextOpening` did not answer anything between `now` and `from`, one reason a sentence; empty when it starts at once. */
export function whyNotSooner(
  calendar: CalendarSpec,
  { now, neededMs, from }: { now: Millis; neededMs: number; from: Millis },
): readonly string[] {
  if (from <= now) return [];
  const tooShort = openingsBetween(calendar, now, from).map(
    (opening) =>
      `${opening.name} ${sayInstant(opening.from, calendar.zone)} leaves ${sayDuration(opening.until - opening.from)}, and ${sayDuration(neededMs)} are needed`,
  );
  const reasons = [...denials(calendar, now, from), ...tooShort];
  return reasons.length > 0 ? reasons : [`the calendar is closed until ${sayInstant(from, calendar.zone)}`];
}

/** The deny ranges that close what would have been open. */
function denials(calendar: CalendarSpec, now: Millis, from: Millis): readonly string[] {
  const openMs = (deny: CalendarSpec['deny']) =>
    openingsBetween({ ...calendar, deny }, now, from).reduce((sum, span) => sum + span.until - span.from, 0);
  const undenied = openMs([]);
  return calendar.deny
    .filter((range) => openMs([range]) < undenied)
    .map(({ name, reason }) => `denied by ${[name ?? 'a deny range', reason].filter(Boolean).join(': ')}`);
}

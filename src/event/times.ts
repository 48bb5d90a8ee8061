import { DateTime } from 'luxon';
import type { Millis } from './system-event';

// A time without a zone is refused: which zone it means differs from one API to the next.
const zonedTime = /^\d{4}(-\d{2}-\d{2}T\d{2}:\d{2}|\d{4}T\d{4})[\d:.]*(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads every form in which the cloud tells an instant of an event: `2026-03-04T02:00:00Z`, `2026-03-04T02:00Z`,
 * `2026-03-04T10:00:00+08:00` and CloudMonitor's `20260304T100000.000+0800`. Undefined for anything else.
 */
export function readTime(text: string | undefined): Millis | undefined {
  if (text === undefined || !zonedTime.test(text)) return undefined;
  const time = DateTime.fromISO(text, { zone: 'utc' });
  return time.isValid ? time.toMillis() : undefined;
}

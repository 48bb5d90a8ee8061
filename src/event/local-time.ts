import { DateTime } from 'luxon';
import type { Millis } from './system-event';

/** `Wed 18 Nov 02:00`, on the wall clock in `zone`. */
export function atLocal(at: Millis, zone: string): string {
  return DateTime.fromMillis(at, { zone, locale: 'en-GB' }).toFormat('ccc d LLL HH:mm');
}

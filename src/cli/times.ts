import { machine } from '../connect';
import type { Millis } from '../event/system-event';
import { Duration } from '../playbook/duration';
import { sayInstant } from '../playbook/zone-time';
import { BadInput } from './exits';

/** `Wed 18 Nov 02:00` on the reader's own clock. */
export function sayHere(at: Millis): string {
  return sayInstant(at, machine.zone());
}

/**
 * An instant that somebody wrote: ISO 8601 with its zone.
 *
 * @throws BadInput naming the flag when it is not
 */
export function readInstant(flag: string, text: string): Millis {
  const at = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) {
    throw new BadInput(`${flag}: found ${text}; expected a time with its zone, such as 2026-11-19T07:10:00Z`);
  }
  return at;
}

/**
 * An instant to come: ISO 8601 with its zone, or so long from now (`90m`, `2h`, `3d`).
 *
 * @throws BadInput naming the flag when it is neither, or has passed
 */
export function readEnd(flag: string, text: string, now: Millis): Millis {
  const duration = Duration.safeParse(text);
  if (duration.success) return now + duration.data;
  const at = readInstant(flag, text);
  if (at > now) return at;
  throw new BadInput(`${flag}: found ${text}, which has passed: it is ${new Date(now).toISOString()} now`);
}

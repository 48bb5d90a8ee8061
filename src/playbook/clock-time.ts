import { DateTime, IANAZone } from 'luxon';
import * as z from 'zod';
import type { Expectation } from './expectation';
import { nearest } from './spelling';

export const timeExpectation: Expectation = {
  says: 'a time of day in quotes such as "02:00" (up to "24:00")',
  mend: (found) => {
    const near = /^(\d{1,2})[:.h](\d{2})(:\d{2})?$/.exec(found.trim());
    return near && Number(near[1]) <= 24 ? `"${near[1]?.padStart(2, '0')}:${near[2]}"` : undefined;
  },
};

/** `"02:00"` in the file; minutes after midnight (120) afterwards. `"24:00"` is the end of the day. */
export const TimeOfDay = z
  .string({ error: timeExpectation.says })
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: timeExpectation.says, abort: true })
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

export const localTimeExpectation: Expectation = {
  says: 'a date and time in quotes such as "2026-11-01 00:00"',
  mend: (found) => {
    const near = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(found.trim());
    const [date, time] = [near?.[1] ?? '', near?.[2] ?? '00:00'];
    return isDate(`${date}T${time}`) ? `"${date} ${time}"` : undefined;
  },
};

/** `"2026-11-01 00:00"`, read in the calendar's zone. */
export const LocalTime = z
  .string({ error: localTimeExpectation.says })
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/, { error: localTimeExpectation.says, abort: true })
  .refine((text) => isDate(text.replace(' ', 'T')), { error: 'a date and time that exist' });

export const datesExpectation: Expectation = {
  says: 'a date or a range of dates in quotes such as "2027-02-05" or "2027-02-05/2027-02-12"',
  mend: (found) => {
    const dates = found.match(/\d{4}-\d{2}-\d{2}/g);
    const exist = dates?.every((date) => isDate(`${date}T00:00`));
    return dates && exist && dates.length <= 2 ? `"${dates.join('/')}"` : undefined;
  },
};

/** `"2027-02-05/2027-02-12"`: whole days, both included; `{from, to}` afterwards. */
export const Dates = z
  .string({ error: datesExpectation.says })
  .regex(/^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/, { error: datesExpectation.says, abort: true })
  .refine((text) => text.split('/').every((date) => isDate(`${date}T00:00`)), {
    error: 'dates that exist',
    abort: true,
  })
  .transform((text) => {
    const [from = text, to = from] = text.split('/');
    return { from, to };
  });

export const zoneExpectation: Expectation = {
  says: 'a time zone as the IANA database names it, such as Asia/Shanghai or UTC',
  mend: (found) => nearest(found, Intl.supportedValuesOf('timeZone')),
};

/** `Asia/Shanghai`; abbreviations and fixed offsets are refused, because they know nothing of daylight saving. */
export const Zone = z
  .string({ error: zoneExpectation.says })
  .refine((zone) => (zone.includes('/') || zone === 'UTC') && IANAZone.isValidZone(zone), {
    error: zoneExpectation.says,
  });

function isDate(local: string): boolean {
  return DateTime.fromISO(local, { zone: 'utc' }).isValid;
}

import * as z from 'zod';
import { Dates, LocalTime, TimeOfDay, Zone } from '../clock-time';
import { apiVersion, Metadata, type Immutable } from './words';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** `to` at or before `from` means the next day: the range belongs to the day on which it starts. */
export const AllowRange = z.strictObject({
  name: z.string().optional(),
  days: z.array(z.enum(weekdays)).min(1),
  from: TimeOfDay,
  to: TimeOfDay,
});
export type AllowRange = Immutable<z.output<typeof AllowRange>>;

const denyWords = {
  name: z.string().optional(),
  reason: z.string().optional(),
  owner: z.string().optional(),
};

/** One stretch of time, or whole days, or a range on certain days of the month. Deny wins over allow. */
export const DenyRange = z.union([
  z.strictObject({ ...denyWords, from: LocalTime, to: LocalTime }),
  z.strictObject({ ...denyWords, dates: z.array(Dates).min(1) }),
  z.strictObject({
    ...denyWords,
    monthDays: z.array(z.union([z.int().min(1).max(31), z.literal('last')])).min(1),
    from: TimeOfDay,
    to: TimeOfDay,
  }),
]);
export type DenyRange = Immutable<z.output<typeof DenyRange>>;

export const Calendar = z.strictObject({
  apiVersion,
  kind: z.literal('Calendar'),
  metadata: Metadata,
  spec: z.strictObject({
    zone: Zone,
    allow: z.array(AllowRange).min(1),
    deny: z.array(DenyRange).default([]),
  }),
});
export type Calendar = Immutable<z.output<typeof Calendar>>;
export type CalendarSpec = Calendar['spec'];

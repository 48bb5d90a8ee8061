import * as z from 'zod';
import { eventStatuses, isOver } from '../event/system-event';
import { Dates, LocalTime, TimeOfDay, Zone } from './clock-time';
import { Duration, PlannedMargin } from './duration';
import { Share } from './percentage';
import { stepParameters, type StepType } from './step-parameters';

/** Values are never changed after reading. */
type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

const apiVersion = z.literal('failover/v1');

export const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  error: 'a name of small letters, digits and hyphens, such as web-hangzhou',
});
const Metadata = z.strictObject({ name: Name, owner: z.string().min(1), summary: z.string().optional() });

/** observe writes nothing; of settings, pool and playbook the strictest wins. */
const Mode = z.enum(['observe', 'enforce']);

/** One account and one region for now. */
export const Settings = z.strictObject({
  apiVersion,
  kind: z.literal('Settings'),
  metadata: Metadata.optional(),
  spec: z.strictObject({
    mode: Mode,
    account: z.strictObject({
      id: z.string().regex(/^\d{8,20}$/, { error: 'an account id: digits, in quotes' }),
      alias: Name.optional(),
    }),
    region: z
      .string()
      .regex(/^[a-z]{2}-[a-z0-9-]+$/, { error: 'a region as Alibaba Cloud names it, such as cn-hangzhou' }),
    /** When given, every back-up-data step must write to this bucket. */
    backups: z.strictObject({ bucket: z.string().optional() }).optional(),
  }),
});
export type Settings = Immutable<z.output<typeof Settings>>;

/** On by default: a pool that says nothing is guarded like this. */
export const Guard = z.strictObject({
  /** Healthy members that must stay in service; percentages are rounded up. */
  minHealthy: Share.default({ percent: 75 }),
  /** Members that may be out at once; percentages are rounded down. */
  maxOut: Share.default({ count: 1 }),
  /** The same for one zone; percentages are of the zone's members. */
  maxOutPerZone: Share.default({ count: 1 }),
  /** A pool of one, or the last healthy member, needs this. */
  allowLast: z.boolean().default(false),
});
export type Guard = Immutable<z.output<typeof Guard>>;

/** A place where members take traffic. Without `vServerGroup`: the default group and every vServer group. */
export const Traffic = z.strictObject({
  clb: z.strictObject({
    loadBalancer: z
      .string()
      .regex(/^lb-[a-z0-9]+$/, { error: 'the id of a CLB instance, such as lb-bp1web0000001' }),
    vServerGroup: z
      .string()
      .regex(/^rsp-[a-z0-9]+$/, { error: 'the id of a vServer group, such as rsp-bp1web8443' })
      .optional(),
    port: z.int().min(1).max(65_535).optional(),
  }),
});
export type Traffic = Immutable<z.output<typeof Traffic>>;

export const HealthCheck = z.union([
  z.strictObject({ instanceStatus: z.literal('Running') }),
  z.strictObject({ cloudAssistant: z.literal('online') }),
  z.strictObject({ loadBalancer: z.literal('healthy') }),
]);
export type HealthCheck = Immutable<z.output<typeof HealthCheck>>;

export const Pool = z.strictObject({
  apiVersion,
  kind: z.literal('Pool'),
  metadata: Metadata,
  spec: z.strictObject({
    mode: Mode.optional(),
    /** An instance is a member when it carries all of these tags. */
    members: z.strictObject({
      tags: z
        .record(z.string(), z.string())
        .refine((tags) => Object.keys(tags).length > 0, { error: 'at least one tag' }),
    }),
    traffic: z.array(Traffic),
    guard: Guard.prefault({}),
    health: z.array(HealthCheck).min(1),
  }),
});
export type Pool = Immutable<z.output<typeof Pool>>;

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

/** What happens when a step fails and its playbook entry says nothing: see `onFailure`. */
const stepFrame = {
  id: Name,
  onFail: z.enum(['continue', 'undo', 'hold']).optional(),
  /** The point of no return: up to here a failed run is undone, from here on it is finished or held. */
  commit: z.boolean().default(false),
};

function stepOf<T extends StepType>(use: T) {
  return z.strictObject({ ...stepFrame, use: z.literal(use), with: stepParameters[use] });
}

export const Step = z.discriminatedUnion('use', [
  stepOf('drain-traffic'),
  stepOf('back-up-data'),
  stepOf('answer-event'),
  stepOf('await-event'),
  stepOf('check-health'),
  stepOf('restore-traffic'),
]);
export type Step = Immutable<z.output<typeof Step>>;

const pendingStatuses = eventStatuses.filter((status) => !isOver(status));

export const Match = z.strictObject({
  events: z.array(z.string()).min(1),
  states: z.array(z.enum(pendingStatuses)).min(1).default(pendingStatuses),
  pools: z.array(z.string()).min(1),
});

export const Timing = z.strictObject({
  calendar: z.string(),
  /** Milliseconds to keep free before the provider's planned time. */
  finishBefore: PlannedMargin,
  /** A run starts only where this fits into the window. */
  maxRun: Duration,
  ifNoWindow: z.enum(['ask', 'lastSafeMoment', 'letProviderAct']).default('ask'),
});
export type Timing = Immutable<z.output<typeof Timing>>;

export const Playbook = z.strictObject({
  apiVersion,
  kind: z.literal('Playbook'),
  metadata: Metadata,
  spec: z.strictObject({
    match: Match,
    /** Where two playbooks match one event, the higher number answers. */
    priority: z.int().default(0),
    mode: Mode.optional(),
    timing: Timing,
    steps: z.array(Step).min(1),
    onFailure: z
      .strictObject({
        beforeCommit: z.enum(['undo', 'hold']).default('undo'),
        afterCommit: z.literal('hold').default('hold'),
      })
      .prefault({}),
  }),
});
export type Playbook = Immutable<z.output<typeof Playbook>>;

/** Everything a team has written, checked, with durations in milliseconds and times in minutes after midnight. */
export interface Configuration {
  readonly settings: Settings;
  readonly pools: readonly Pool[];
  readonly calendars: readonly Calendar[];
  readonly playbooks: readonly Playbook[];
}

import * as z from 'zod';
import { Duration } from '../duration';
import { Share } from '../percentage';
import { Region } from './account';
import { PoolTraffic } from './traffic';
import { apiVersion, Metadata, Mode, type Immutable } from './words';

/** On by default: a pool that says nothing is guarded like this. Plans of the first version know the first four only. */
export const Guard = z.strictObject({
  minHealthy: Share.describe(
    'Healthy members that must stay in service while planned work takes one out. Percentages are rounded up.',
  ).default({ percent: 75 }),
  maxOut: Share.describe('Members that may be out at once. Percentages are rounded down.').default({
    count: 1,
  }),
  maxOutPerZone: Share.describe(
    "The same for one zone. Percentages are of the zone's members, rounded down.",
  ).default({ count: 1 }),
  allowLast: z
    .boolean()
    .describe('Consent to take out the last healthy member; a pool of one needs it.')
    .default(false),
  hardFloor: Share.describe(
    'Healthy members below which no emergency goes either. Percentages are rounded up. Left out: 1.',
  ).optional(),
  soakBetween: Duration.describe(
    'Time to wait after one member is back before the next goes out.',
  ).optional(),
  afterStorm: z
    .strictObject({ wait: Duration })
    .describe('Once the pool is healthy enough again, time to wait before planned work goes on.')
    .optional(),
  blockWhile: z
    .array(z.strictObject({ cloudMonitorAlarm: z.string().min(1) }))
    .min(1)
    .describe('While one of these CloudMonitor alarm rules is firing, nobody goes out.')
    .optional(),
});
export type Guard = Immutable<z.output<typeof Guard>>;

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
    account: z
      .string()
      .describe('Alias or id of the account of the members; may be left out where the settings name one.')
      .optional(),
    region: Region.describe('Region of the members; may be left out where the account has one.').optional(),
    /** An instance is a member when it carries all of these tags. */
    members: z.strictObject({
      tags: z
        .record(z.string(), z.string())
        .refine((tags) => Object.keys(tags).length > 0, { error: 'at least one tag' }),
      notWhile: z
        .strictObject({ tags: z.record(z.string(), z.string()) })
        .describe(
          'While an instance has one of these tags, another tool works on it, and runs wait. "*": any value.',
        )
        .optional(),
    }),
    scaling: z
      .enum(['protect', 'standby', 'ignore'])
      .describe(
        'How Auto Scaling is kept from replacing a member of a scaling group while it is out: protect keeps it counted as in service, standby does not, ignore does nothing.',
      )
      .default('protect'),
    traffic: PoolTraffic.describe(
      'Where members take traffic: named places, or "discover" for wherever each is found when it is needed.',
    ),
    guard: Guard.prefault({}),
    health: z.array(HealthCheck).min(1),
  }),
});
export type Pool = Immutable<z.output<typeof Pool>>;

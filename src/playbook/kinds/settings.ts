import * as z from 'zod';
import { Duration } from '../duration';
import { apiVersion, Metadata, Mode, Name, type Immutable } from './words';

/** People who can be asked, by the names of their RAM users. */
const People = z.strictObject({
  name: Name,
  ramUsers: z
    .array(z.string().regex(/^[\w.-]{1,64}$/, { error: 'the name of a RAM user, such as storefront-lead' }))
    .min(1),
});

const Limits = z.strictObject({
  attemptsPerInstance: z
    .strictObject({ count: z.int().min(1), within: Duration })
    .describe('Most answers (restart, stop and start, redeploy) that one instance is given in that time.')
    .optional(),
  breaker: z
    .strictObject({ failures: z.int().min(1), within: Duration })
    .describe('After so many failed runs in that time planned work stops until a person closes the breaker.')
    .optional(),
});

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
    limits: Limits.describe('Limits over all pools; one that is left out does not apply.').prefault({}),
    people: z.array(People).describe('Groups that an approval can be asked from.').default([]),
  }),
});
export type Settings = Immutable<z.output<typeof Settings>>;

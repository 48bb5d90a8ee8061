import * as z from 'zod';
import { Duration } from '../duration';
import { Account, AccountId, Region } from './account';
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

export const Settings = z.strictObject({
  apiVersion,
  kind: z.literal('Settings'),
  metadata: Metadata.optional(),
  spec: z.strictObject({
    mode: Mode,
    accounts: z
      .array(Account)
      .min(1)
      .describe(
        'The accounts and regions whose events are answered. One without a role is where the functions run.',
      )
      .optional(),
    account: z
      .strictObject({ id: AccountId, alias: Name.optional() })
      .describe('With region, in place of accounts: one account in one region.')
      .optional(),
    region: Region.optional(),
    /** When given, every back-up-data step must write to this bucket. */
    backups: z.strictObject({ bucket: z.string().optional() }).optional(),
    limits: Limits.describe('Limits over all pools; one that is left out does not apply.').prefault({}),
    people: z.array(People).describe('Groups that an approval can be asked from.').default([]),
  }),
});
export type Settings = Immutable<z.output<typeof Settings>>;

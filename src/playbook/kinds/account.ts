import * as z from 'zod';
import { SecretReference } from './secret';
import { Name } from './words';

export const AccountId = z.string().regex(/^\d{8,20}$/, { error: 'an account id: digits, in quotes' });

export const Region = z
  .string()
  .regex(/^[a-z]{2}-[a-z0-9-]+$/, { error: 'a region as Alibaba Cloud names it, such as cn-hangzhou' });

/** Of an account and a role: https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
export const rolePattern = /^acs:ram::(\d+):role\/[\w.-]{1,64}$/;

export const Account = z.strictObject({
  id: AccountId,
  alias: Name.describe('A name by which pools may call the account.').optional(),
  regions: z.array(Region).min(1),
  role: z
    .string()
    .regex(rolePattern, { error: 'a role such as acs:ram::1690700000000030:role/failover-operator' })
    .describe('Assumed in the account. The account in which the functions run needs none.')
    .optional(),
  externalId: SecretReference.describe('What the trust policy of the role asks for.').optional(),
});

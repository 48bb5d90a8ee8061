import * as z from 'zod';
import type { Caller as WhoCalls } from '../../cli/deploy/ports';
import type { Caller } from '../call';

const Identity = z.object({ AccountId: z.string(), Arn: z.string(), IdentityType: z.string() });

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity */
export async function whoCalls(call: Caller): Promise<WhoCalls> {
  const { AccountId, Arn, IdentityType } = await call.read('sts', 'GetCallerIdentity', {}, Identity);
  return { account: AccountId, arn: Arn, type: IdentityType };
}

import type { Operation, Product } from '../core/call';

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ims-2019-08-15-getaccountsummary */
const GetAccountSummary: Operation = (world) => ({
  SummaryMap: { Roles: world.roles.size, RolesQuota: world.settings.ramRolesQuota ?? 1000 },
});

/** Identities of RAM, as far as quotas are asked for there. */
export const ims: Product = {
  name: 'ims',
  version: '2019-08-15',
  operations: { GetAccountSummary },
  writes: new Set(),
};

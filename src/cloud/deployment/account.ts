import * as z from 'zod';
import type { Account, Generation } from '../../cli/deploy/ports';
import { CloudError } from '../../engine/ports';
import type { Caller } from '../call';

const Provisions = z.object({
  ServiceProvisions: z
    .array(
      z.object({
        ServiceName: z.string(),
        Status: z.enum(['Enabled', 'Disabled', 'Unknown']).catch('Unknown'),
        StatusReason: z.string().nullish(),
        EnableURL: z.string().nullish(),
      }),
    )
    .nullish(),
});
const RamSummary = z.object({ SummaryMap: z.object({ Roles: z.number(), RolesQuota: z.number() }) });
const StackSummaries = z.object({
  RegionSummaries: z.array(z.object({ StackCount: z.coerce.number().int().min(0) })).nullish(),
});
const Nothing = z.object({});

/** What an account has before anything is installed: services that are activated, roles, generations. */
export function createAccount(
  call: Caller,
  {
    region,
    probe,
  }: { readonly region: string; readonly probe: (generation: Generation) => Promise<unknown> },
): Account {
  return {
    // https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getserviceprovisions
    async services(names) {
      const asked = { RegionId: region, Services: names.map((ServiceName) => ({ ServiceName })) };
      const { ServiceProvisions } = await call.read('ros', 'GetServiceProvisions', asked, Provisions);
      return (ServiceProvisions ?? []).map((one) => ({
        name: one.ServiceName,
        status: one.Status,
        ...(one.StatusReason && { reason: one.StatusReason }),
        ...(one.EnableURL && { activateAt: one.EnableURL }),
      }));
    },
    // https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole
    async hasRole(name) {
      try {
        await call.read('ram', 'GetRole', { RoleName: name }, Nothing);
        return true;
      } catch (error) {
        if (error instanceof CloudError && error.code === 'EntityNotExist.Role') return false;
        throw error;
      }
    },
    // https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-createservicelinkedroleforproduct
    async createServiceRole(name) {
      await call.write('eventbridge', 'CreateServiceLinkedRoleForProduct', { ProductName: name }, Nothing);
    },
    async probe(generation) {
      await probe(generation);
    },
    // https://www.alibabacloud.com/help/en/ram/developer-reference/api-ims-2019-08-15-getaccountsummary
    async roleUsage() {
      const { SummaryMap } = await call.read('ims', 'GetAccountSummary', {}, RamSummary);
      return { used: SummaryMap.Roles, limit: SummaryMap.RolesQuota };
    },
    // https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-listsummaries
    async stackCount() {
      const { RegionSummaries } = await call.read('ros', 'ListSummaries', {}, StackSummaries);
      return (RegionSummaries ?? []).reduce((sum, { StackCount }) => sum + StackCount, 0);
    },
  };
}

import * as z from 'zod';
import type { Clinic } from '../../cli/doctor/ports';
import type { Caller } from '../call';
import { chunksOf } from '../chunks';
import { byNumber } from '../pages';
import { Empty, listOf, Numeric } from '../shapes';

/**
 * `{"MaintenanceAttributes":{"MaintenanceAttribute":[{"InstanceId":"i-…","ActionOnMaintenance":{"Value":"AutoRecover",
 * "SupportedValues":{"SupportedValue":["AutoRecover","Stop"]}},"MaintenanceWindows":{"MaintenanceWindow":[{"StartTime":
 * "02:00:00","EndTime":"06:00:00"}]}}]}}`
 */
const MaintenanceAnswer = z.object({
  TotalCount: Numeric.nullish(),
  MaintenanceAttributes: listOf(
    'MaintenanceAttribute',
    z.object({
      InstanceId: z.string(),
      ActionOnMaintenance: z.object({
        Value: z.string(),
        SupportedValues: listOf('SupportedValue', z.string()),
      }),
      MaintenanceWindows: listOf(
        'MaintenanceWindow',
        z.object({ StartTime: z.string(), EndTime: z.string() }),
      ),
    }),
  ),
});

const AgentsAnswer = z.object({
  InstanceCloudAssistantStatusSet: listOf(
    'InstanceCloudAssistantStatus',
    z.object({
      InstanceId: z.string(),
      CloudAssistantStatus: z.union([z.string(), z.boolean()]).transform(String),
    }),
  ),
});

const RolesAnswer = z.object({
  TotalCount: Numeric.nullish(),
  InstanceRamRoleSets: listOf(
    'InstanceRamRoleSet',
    z.object({ InstanceId: z.string(), RamRoleName: z.string() }),
  ),
});

/** What many instances are asked about at once, as many a call as each operation takes. */
export function createInstanceFacts(
  call: Caller,
  { region }: { readonly region: string },
): Pick<Clinic, 'maintenance' | 'setMaintenanceAction' | 'agentsOnline' | 'instanceRoles'> {
  return {
    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancemaintenanceattributes */
    async maintenance(instanceIds) {
      const rows = await inChunks(instanceIds, 100, async (InstanceId) => {
        const asked = { RegionId: region, InstanceId, PageNumber: 1, PageSize: 100 };
        const action = 'DescribeInstanceMaintenanceAttributes';
        return (await call.read('ecs', action, asked, MaintenanceAnswer)).MaintenanceAttributes;
      });
      return rows.map(({ InstanceId, ActionOnMaintenance, MaintenanceWindows }) => ({
        instanceId: InstanceId,
        action: ActionOnMaintenance.Value,
        supported: ActionOnMaintenance.SupportedValues,
        windows: MaintenanceWindows.map(({ StartTime, EndTime }) => ({ start: StartTime, end: EndTime })),
      }));
    },

    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifyinstancemaintenanceattributes */
    async setMaintenanceAction(instanceIds, ActionOnMaintenance) {
      for (const InstanceId of chunksOf(instanceIds, 100)) {
        const asked = { RegionId: region, InstanceId, ActionOnMaintenance };
        await call.write('ecs', 'ModifyInstanceMaintenanceAttributes', asked, Empty);
      }
    },

    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describecloudassistantstatus */
    async agentsOnline(instanceIds) {
      const rows = await inChunks(instanceIds, 50, async (InstanceId) => {
        const asked = { RegionId: region, InstanceId };
        const answer = await call.read('ecs', 'DescribeCloudAssistantStatus', asked, AgentsAnswer);
        return answer.InstanceCloudAssistantStatusSet;
      });
      return rows
        .filter(({ CloudAssistantStatus }) => CloudAssistantStatus.toLowerCase() === 'true')
        .map(({ InstanceId }) => InstanceId);
    },

    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstanceramrole */
    async instanceRoles(instanceIds) {
      const rows = await inChunks(instanceIds, 50, (chunk) =>
        byNumber(50, async (PageNumber) => {
          const InstanceIds = JSON.stringify(chunk);
          const asked = { RegionId: region, InstanceIds, PageNumber, PageSize: 50 };
          const answer = await call.read('ecs', 'DescribeInstanceRamRole', asked, RolesAnswer);
          return { rows: answer.InstanceRamRoleSets, total: answer.TotalCount ?? 0 };
        }),
      );
      return Object.fromEntries(rows.map(({ InstanceId, RamRoleName }) => [InstanceId, RamRoleName]));
    },
  };
}

async function inChunks<T>(
  ids: readonly string[],
  size: number,
  ask: (chunk: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  return (await Promise.all(chunksOf(ids, size).map(ask))).flat();
}

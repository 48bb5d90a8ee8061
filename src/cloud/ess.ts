import * as z from 'zod';
import type { Scaling } from '../engine/ports';
import type { Caller } from './call';
import { createEssCaller } from './ess-call';
import { GroupsAnswer, groupOf } from './ess-groups';
import { eitherList, Empty } from './shapes';

/**
 * `{"ScalingInstances":[{"InstanceId":"i-…","ScalingGroupId":"asg-…","LifecycleState":"InService", …}]}`: version
 * 2022-02-22 has plain lists, 2014-08-28 nests them once more.
 */
const InstancesAnswer = z.object({
  ScalingInstances: eitherList(
    'ScalingInstance',
    z.object({ InstanceId: z.string(), ScalingGroupId: z.string(), LifecycleState: z.string() }),
  ),
});

const ActivitiesAnswer = z.object({
  ScalingActivities: eitherList(
    'ScalingActivity',
    z.object({ ScalingActivityId: z.string(), StatusCode: z.string(), Description: z.string().nullish() }),
  ),
});

/**
 * Scaling groups of one region. An instance that no group owns is left out of the answer, without an error.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalinginstances
 */
export function createScaling(caller: Caller, { region }: { readonly region: string }): Scaling {
  const call = createEssCaller(caller);
  const member = (group: string, instanceId: string, more: object = {}) => ({
    fixed: { RegionId: region, ScalingGroupId: group, ...more },
    lists: { InstanceId: [instanceId] },
  });
  return {
    async memberOf(instanceId) {
      const asked = { fixed: { RegionId: region }, lists: { InstanceId: [instanceId] } };
      const { ScalingInstances } = await call.read('DescribeScalingInstances', asked, InstancesAnswer);
      const row = ScalingInstances.find(({ InstanceId }) => InstanceId === instanceId);
      return row && { group: row.ScalingGroupId, lifecycle: row.LifecycleState };
    },

    /** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalingactivities */
    async activityIn(group) {
      const asked = { fixed: { RegionId: region, ScalingGroupId: group, StatusCode: 'InProgress' } };
      const { ScalingActivities } = await call.read('DescribeScalingActivities', asked, ActivitiesAnswer);
      const row = ScalingActivities.find(({ StatusCode }) => StatusCode === 'InProgress');
      return row && { id: row.ScalingActivityId, description: row.Description ?? '' };
    },

    async group(id) {
      const asked = { fixed: { RegionId: region }, lists: { ScalingGroupId: [id] } };
      const { ScalingGroups } = await call.read('DescribeScalingGroups', asked, GroupsAnswer);
      const row = ScalingGroups.find(({ ScalingGroupId }) => ScalingGroupId === id);
      return row && groupOf(row);
    },

    /** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-setinstancesprotection */
    async setProtection(group, instanceId, isProtected) {
      const asked = member(group, instanceId, { ProtectedFromScaleIn: isProtected });
      await call.write('SetInstancesProtection', asked, Empty);
    },

    /** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-enterstandby */
    async enterStandby(group, instanceId) {
      await call.write('EnterStandby', member(group, instanceId), Empty);
    },

    /** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-exitstandby */
    async exitStandby(group, instanceId) {
      await call.write('ExitStandby', member(group, instanceId), Empty);
    },
  };
}

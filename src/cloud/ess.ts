import * as z from 'zod';
import type { Scaling } from '../engine/ports';
import type { Caller } from './call';
import { Empty } from './shapes';

/**
 * `{"ScalingInstances":[{"InstanceId":"i-…","ScalingGroupId":"asg-…","LifecycleState":"InService", …}]}`: version
 * 2022-02-22 has plain lists; 2014-08-28 would nest them once more and call `InstanceIds` `InstanceId`.
 */
const InstancesAnswer = z.object({
  ScalingInstances: z
    .array(z.object({ InstanceId: z.string(), ScalingGroupId: z.string(), LifecycleState: z.string() }))
    .nullish(),
});

const ActivitiesAnswer = z.object({
  ScalingActivities: z
    .array(
      z.object({ ScalingActivityId: z.string(), StatusCode: z.string(), Description: z.string().nullish() }),
    )
    .nullish(),
});

/**
 * Scaling groups of one region. An instance that no group owns is left out of the answer, without an error.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalinginstances
 */
export function createScaling(call: Caller, { region }: { readonly region: string }): Scaling {
  return {
    async memberOf(instanceId) {
      const params = { RegionId: region, InstanceIds: [instanceId] };
      const answer = await call.read('ess', 'DescribeScalingInstances', params, InstancesAnswer);
      const row = answer.ScalingInstances?.find(({ InstanceId }) => InstanceId === instanceId);
      return row && { group: row.ScalingGroupId, lifecycle: row.LifecycleState };
    },

    /** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalingactivities */
    async activityIn(group) {
      const params = { RegionId: region, ScalingGroupId: group, StatusCode: 'InProgress' };
      const answer = await call.read('ess', 'DescribeScalingActivities', params, ActivitiesAnswer);
      const row = answer.ScalingActivities?.find(({ StatusCode }) => StatusCode === 'InProgress');
      return row && { id: row.ScalingActivityId, description: row.Description ?? '' };
    },

    /** https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-setinstancesprotection */
    async setProtection(group, instanceId, isProtected) {
      const params = {
        RegionId: region,
        ScalingGroupId: group,
        InstanceIds: [instanceId],
        ProtectedFromScaleIn: isProtected,
      };
      await call.write('ess', 'SetInstancesProtection', params, Empty);
    },
  };
}

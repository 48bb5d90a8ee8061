import type { Call, Operation } from '../core/call';
import type { ScalingActivity, ScalingGroup } from '../core/scaling';
import type { World } from '../core/world';
import { byNumber } from '../ecs/paging';
import { need, needRegion } from '../ecs/params';
import type { Dialect } from './dialect';
import { groupOf } from './members';

/**
 * Activities of a group, or those that are named by their ids; the newest first.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-describescalingactivities
 */
export function describeScalingActivities({ ids, rows }: Dialect): Operation {
  return (world, call) => {
    needRegion(call, world.region);
    const wanted = ids(call, 'ScalingActivityId');
    const { StatusCode } = call.params;
    const found = groupsAsked(world, call, wanted)
      .flatMap((group) => group.activities.map((activity) => ({ group, activity })))
      .filter(({ activity }) => wanted.length === 0 || wanted.includes(activity.id))
      .filter(({ activity }) => activity.startedAt <= call.now)
      .filter(({ activity }) => (StatusCode ?? statusOf(activity, call.now)) === statusOf(activity, call.now))
      .reverse();
    const { items, fields } = byNumber(call, found, 50, 400);
    const shown = items.map(({ group, activity }) => rowOf(group, activity, call.now));
    return { ...fields, ...rows('ScalingActivities', 'ScalingActivity', shown) };
  };
}

/** Ids of activities say enough; without them the group must be named. */
function groupsAsked(world: World, call: Call, activityIds: readonly string[]): readonly ScalingGroup[] {
  if (activityIds.length > 0 && !call.params.ScalingGroupId) return [...world.scalingGroups.values()];
  return [groupOf(world, need(call, 'ScalingGroupId'))];
}

function statusOf({ endsAt }: ScalingActivity, now: number): string {
  return now < endsAt ? 'InProgress' : 'Successful';
}

function rowOf(group: ScalingGroup, activity: ScalingActivity, now: number): object {
  const { id, description, startedAt, endsAt } = activity;
  const isOver = now >= endsAt;
  return {
    ScalingActivityId: id,
    ScalingGroupId: group.id,
    StatusCode: statusOf(activity, now),
    StatusMessage: '',
    Cause: 'A user changed the expected number of instances.',
    Description: description,
    Progress: isOver ? 100 : 50,
    StartTime: minute(startedAt),
    ...(isOver && { EndTime: minute(endsAt) }),
  };
}

function minute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

import type { Operation } from '../core/call';
import { isDeleted } from './find';

/** Of this region alone. https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-listsummaries */
export const ListSummaries: Operation = (world, { now }) => {
  const count = [...world.stacks.values()].filter((stack) => !isDeleted(stack, now)).length;
  return { RegionSummaries: [{ RegionId: world.region, StackCount: String(count), StackGroupCount: '0' }] };
};

import type { Operation } from '../core/call';
import { shownStatus } from './find';
import { byNumber } from './paging';
import { list, needRegion } from './params';

/** Pages of at most 50. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancestatus */
export const DescribeInstanceStatus: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = list(call, 'InstanceId');
  const zone = call.params.ZoneId;
  const matching = [...world.instances.values()].filter(
    (instance) =>
      (ids.length === 0 || ids.includes(instance.id)) && (zone ?? instance.zone) === instance.zone,
  );
  const { items, fields } = byNumber(call, matching, 50, 400);
  const statuses = items.map((instance) => ({
    InstanceId: instance.id,
    Status: shownStatus(world, instance, call.now),
  }));
  return { ...fields, InstanceStatuses: { InstanceStatus: statuses } };
};

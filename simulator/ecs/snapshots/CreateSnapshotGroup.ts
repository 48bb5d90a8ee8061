import { ApiError } from '../../core/call';
import type { Operation } from '../../core/call';
import { newId } from '../../core/ids';
import { once } from '../../openapi/once';
import { list, need, needRegion, pairs } from '../params';
import { theInstance } from '../find';
import { essd, takeSnapshot } from './take';

/**
 * Snapshots of all disks of an instance at one moment, of the ESSD series only: others have to be excluded.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsnapshotgroup
 */
export const CreateSnapshotGroup: Operation = (world, call) => {
  needRegion(call, world.region);
  need(call, 'InstanceId');
  return once(world, call, () => {
    const instance = theInstance(world, call);
    const excluded = list(call, 'ExcludeDiskId');
    const disks = instance.disks.filter(({ id }) => !excluded.includes(id));
    if (disks.length === 0 || disks.some(({ category }) => !essd.test(category))) {
      throw new ApiError(400, 'DiskCategory.OperationNotSupported', 'A disk is not of the ESSD series.');
    }
    const groupId = newId(world, 'ssg-bp1');
    for (const disk of disks) {
      const name = call.params.Name ?? '';
      takeSnapshot(world, { instance, disk }, { name, groupId, retentionDays: 0, tags: pairs(call, 'Tag') });
    }
    return { SnapshotGroupId: groupId };
  });
};

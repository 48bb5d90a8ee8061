import { ApiError } from '../../core/call';
import type { Operation } from '../../core/call';
import { once } from '../../openapi/once';
import { integer, need, pairs } from '../params';
import { takeSnapshot } from './take';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsnapshot */
export const CreateSnapshot: Operation = (world, call) =>
  once(world, call, () => {
    const id = need(call, 'DiskId');
    const found = [...world.instances.values()]
      .flatMap((instance) => instance.disks.map((disk) => ({ instance, disk })))
      .find(({ disk }) => disk.id === id);
    if (found === undefined) {
      throw new ApiError(404, 'InvalidDiskId.NotFound', 'The specified disk does not exist.');
    }
    const snapshot = takeSnapshot(world, found, {
      name: call.params.SnapshotName ?? '',
      retentionDays: integer(call, 'RetentionDays', 0, 1, 65_536),
      tags: pairs(call, 'Tag'),
    });
    return { SnapshotId: snapshot.id };
  });

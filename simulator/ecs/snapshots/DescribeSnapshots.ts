import type { Operation } from '../../core/call';
import { toSeconds } from '../../core/time';
import { byEither } from '../paging';
import { jsonList, needRegion } from '../params';
import { snapshotProgress, snapshotStatus } from './progress';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describesnapshots */
export const DescribeSnapshots: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = jsonList(call, 'SnapshotIds');
  const { DiskId: disk, InstanceId: instance, SnapshotName: name, Status: status = 'all' } = call.params;
  const found = [...world.snapshots.values()].filter(
    (one) =>
      (ids?.includes(one.id) ?? true) &&
      (disk ?? one.diskId) === one.diskId &&
      (instance ?? one.instanceId) === one.instanceId &&
      (name ?? one.name) === one.name &&
      [snapshotStatus(world, one, call.now), 'all'].includes(status),
  );
  const { items, fields } = byEither(call, found, 100);
  const rows = items.map((one) => ({
    SnapshotId: one.id,
    SnapshotName: one.name,
    Status: snapshotStatus(world, one, call.now),
    Progress: snapshotProgress(one, call.now),
    Available: snapshotStatus(world, one, call.now) === 'accomplished',
    SourceDiskId: one.diskId,
    SourceDiskSize: '40',
    SnapshotType: 'user',
    CreationTime: toSeconds(one.createdAt),
    ...(one.retentionDays > 0 && { RetentionDays: one.retentionDays }),
    Tags: { Tag: one.tags.map(({ key, value }) => ({ TagKey: key, TagValue: value ?? '' })) },
  }));
  return { ...fields, Snapshots: { Snapshot: rows } };
};

import { ApiError } from '../../core/call';
import { newId } from '../../core/ids';
import type { Instance, Snapshot, World } from '../../core/world';
import { snapshotStatus } from './progress';

type Disk = Instance['disks'][number];

/** Categories whose snapshots can be taken together. */
export const essd = /^cloud_(essd|auto|essd_entry|regional_disk_auto)$/;
const hasSnapshots = /^cloud/;

/** Begins the snapshot of one disk, unless the disk cannot have one or has one under way. */
export function takeSnapshot(
  world: World,
  { instance, disk }: { readonly instance: Instance; readonly disk: Disk },
  asked: Pick<Snapshot, 'name' | 'retentionDays' | 'tags' | 'groupId'>,
): Snapshot {
  if (!hasSnapshots.test(disk.category)) {
    throw new ApiError(400, 'DiskCategory.OperationNotSupported', 'The disk category has no snapshots.');
  }
  const isBusy = [...world.snapshots.values()].some(
    (one) => one.diskId === disk.id && snapshotStatus(world, one, world.now) === 'progressing',
  );
  if (isBusy) {
    throw new ApiError(
      403,
      'IncorrectDiskStatus.CreatingSnapshot',
      'A snapshot of the disk is being created.',
    );
  }
  const snapshot: Snapshot = {
    id: newId(world, 's-bp1'),
    diskId: disk.id,
    instanceId: instance.id,
    createdAt: world.now,
    finishedAt: world.now + (world.settings.snapshotSeconds ?? 0) * 1000,
    ...asked,
  };
  world.snapshots.set(snapshot.id, snapshot);
  return snapshot;
}

import type { Operation } from '../core/call';
import { toSeconds } from '../core/time';
import { byEither } from './paging';
import { jsonList, needRegion } from './params';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describedisks */
export const DescribeDisks: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = jsonList(call, 'DiskIds');
  const {
    InstanceId: instanceId,
    Category: category = 'all',
    DiskType: kind = 'all',
    ZoneId: zone,
  } = call.params;
  const all = [...world.instances.values()].flatMap((instance) =>
    instance.disks.map((disk) => ({ instance, disk })),
  );
  const matching = all.filter(
    ({ instance, disk }) =>
      (ids?.includes(disk.id) ?? true) &&
      (instanceId ?? instance.id) === instance.id &&
      [disk.category, 'all'].includes(category) &&
      [disk.kind, 'all'].includes(kind) &&
      (zone ?? instance.zone) === instance.zone,
  );
  const { items, fields } = byEither(call, matching, 500);
  const disks = items.map(({ instance, disk }) => ({
    DiskId: disk.id,
    DiskName: '',
    Type: disk.kind,
    Category: disk.category,
    Status: 'In_use',
    Size: disk.sizeGiB,
    Device: disk.device,
    InstanceId: instance.id,
    SerialNumber: disk.id.slice(2),
    RegionId: world.region,
    ZoneId: instance.zone,
    Portable: !disk.category.startsWith('local_'),
    DeleteWithInstance: true,
    Encrypted: false,
    MultiAttach: 'Disabled',
    CreationTime: toSeconds(instance.history[0]!.at),
    AttachedTime: toSeconds(instance.history[0]!.at),
    DetachedTime: '',
    OperationLocks: { OperationLock: [] },
    Tags: { Tag: [] },
  }));
  return { ...fields, Disks: { Disk: disks } };
};

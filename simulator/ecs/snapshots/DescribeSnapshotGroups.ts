import type { Operation } from '../../core/call';
import { toSeconds } from '../../core/time';
import type { Snapshot } from '../../core/world';
import { byToken } from '../paging';
import { list, needRegion } from '../params';
import { snapshotProgress, snapshotStatus } from './progress';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describesnapshotgroups */
export const DescribeSnapshotGroups: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = list(call, 'SnapshotGroupId');
  const wanted = list(call, 'Status');
  const groups = new Map<string, Snapshot[]>();
  for (const one of world.snapshots.values()) {
    if (one.groupId !== undefined) groups.set(one.groupId, [...(groups.get(one.groupId) ?? []), one]);
  }
  const statusOf = (members: readonly Snapshot[]) => {
    const statuses = members.map((one) => snapshotStatus(world, one, call.now));
    return statuses.includes('failed')
      ? 'failed'
      : statuses.includes('progressing')
        ? 'progressing'
        : 'accomplished';
  };
  const found = [...groups].filter(
    ([id, members]) =>
      (ids.length === 0 || ids.includes(id)) &&
      (call.params.InstanceId ?? members[0]!.instanceId) === members[0]!.instanceId &&
      (call.params.Name ?? members[0]!.name) === members[0]!.name &&
      (wanted.length === 0 || wanted.includes(statusOf(members))),
  );
  const { items, fields } = byToken(call, found, 100);
  const rows = items.map(([id, members]) => ({
    SnapshotGroupId: id,
    Name: members[0]!.name,
    Status: statusOf(members),
    InstanceId: members[0]!.instanceId,
    CreationTime: toSeconds(members[0]!.createdAt),
    Snapshots: {
      Snapshot: members.map((one) => ({
        SnapshotId: one.id,
        SourceDiskId: one.diskId,
        Progress: snapshotProgress(one, call.now),
        Tags: { Tag: one.tags.map(({ key, value }) => ({ Key: key, Value: value ?? '' })) },
      })),
    },
    Tags: { Tag: members[0]!.tags.map(({ key, value }) => ({ Key: key, Value: value ?? '' })) },
  }));
  return { ...fields, SnapshotGroups: { SnapshotGroup: rows } };
};

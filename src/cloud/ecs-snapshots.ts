import * as z from 'zod';
import type { Snapshots, SnapshotState } from '../engine/ports';
import type { Caller } from './call';
import { byToken } from './pages';
import { instantOf, listOf } from './shapes';

const GroupsAnswer = z.object({
  NextToken: z.string().nullish(),
  SnapshotGroups: listOf(
    'SnapshotGroup',
    z.object({
      SnapshotGroupId: z.string(),
      Name: z.string().nullish(),
      Status: z.string(),
      CreationTime: z.string().nullish(),
    }),
  ),
});
const SnapshotsAnswer = z.object({
  NextToken: z.string().nullish(),
  Snapshots: listOf(
    'Snapshot',
    z.object({
      SnapshotId: z.string(),
      SnapshotName: z.string().nullish(),
      Status: z.string(),
      CreationTime: z.string().nullish(),
    }),
  ),
});
const GroupTaken = z.object({ RequestId: z.string(), SnapshotGroupId: z.string() });
const Taken = z.object({ RequestId: z.string(), SnapshotId: z.string() });

/**
 * Snapshots of cloud disks in one region. They are usable before they are done, but a restart meanwhile makes them fail.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsnapshotgroup
 */
export function createSnapshots(call: Caller, { region }: { readonly region: string }): Snapshots {
  return {
    async group(instanceId, name) {
      const rows = await byToken(async (token) => {
        const params = {
          RegionId: region,
          InstanceId: instanceId,
          Name: name,
          MaxResults: 100,
          NextToken: token,
        };
        const answer = await call.read('ecs', 'DescribeSnapshotGroups', params, GroupsAnswer);
        return { rows: answer.SnapshotGroups, next: answer.NextToken };
      });
      return newest(
        rows.filter((row) => row.Name === name).map((row) => ({ ...row, id: row.SnapshotGroupId })),
      );
    },

    async takeGroup({ instanceId, exclude, name, token }) {
      const params = {
        RegionId: region,
        InstanceId: instanceId,
        ExcludeDiskId: exclude,
        Name: name,
        ClientToken: token,
      };
      const { SnapshotGroupId } = await call.write('ecs', 'CreateSnapshotGroup', params, GroupTaken);
      return { id: SnapshotGroupId };
    },

    async ofDisk(diskId, name) {
      const rows = await byToken(async (token) => {
        const params = {
          RegionId: region,
          DiskId: diskId,
          SnapshotName: name,
          MaxResults: 100,
          NextToken: token,
        };
        const answer = await call.read('ecs', 'DescribeSnapshots', params, SnapshotsAnswer);
        return { rows: answer.Snapshots, next: answer.NextToken };
      });
      return newest(
        rows.filter((row) => row.SnapshotName === name).map((row) => ({ ...row, id: row.SnapshotId })),
      );
    },

    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsnapshot */
    async take({ diskId, name, token, retentionDays }) {
      const params = { DiskId: diskId, SnapshotName: name, RetentionDays: retentionDays, ClientToken: token };
      const { SnapshotId } = await call.write('ecs', 'CreateSnapshot', params, Taken);
      return { id: SnapshotId };
    },
  };
}

function newest(
  rows: readonly {
    readonly id: string;
    readonly Status: string;
    readonly CreationTime?: string | null | undefined;
  }[],
): SnapshotState | undefined {
  const at = (text: string | null | undefined) => instantOf(text) ?? 0;
  const [row] = [...rows].sort((one, other) => at(other.CreationTime) - at(one.CreationTime));
  return row && { id: row.id, status: row.Status };
}

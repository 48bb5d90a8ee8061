import * as z from 'zod';
import type { Disks } from '../engine/ports';
import type { Caller } from './call';
import { byToken } from './pages';
import { listOf, Numeric } from './shapes';

const DisksAnswer = z.object({
  NextToken: z.string().nullish(),
  Disks: listOf(
    'Disk',
    z.object({
      DiskId: z.string(),
      Type: z.string().nullish(),
      Category: z.string(),
      Size: Numeric.nullish(),
      Device: z.string().nullish(),
      SerialNumber: z.string().nullish(),
    }),
  ),
});

/** Local and elastic ephemeral disks have no snapshots and stay with the host. */
const local = /^(local_|ephemeral|elastic_ephemeral_disk_)/;

/**
 * Disks of one region's instances.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describedisks
 */
export function createDisks(call: Caller, { region }: { readonly region: string }): Disks {
  return {
    async of(instanceId) {
      const rows = await byToken(async (token) => {
        const params = { RegionId: region, InstanceId: instanceId, MaxResults: 100, NextToken: token };
        const answer = await call.read('ecs', 'DescribeDisks', params, DisksAnswer);
        return { rows: answer.Disks, next: answer.NextToken };
      });
      return rows
        .map(({ DiskId, Type, Category, Size, Device, SerialNumber }) => ({
          id: DiskId,
          category: Category,
          kind: Type ?? '',
          isLocal: local.test(Category),
          device: Device ?? '',
          serial: SerialNumber ?? '',
          sizeGiB: Size ?? 0,
        }))
        .sort((one, other) => one.id.localeCompare(other.id));
    },
  };
}

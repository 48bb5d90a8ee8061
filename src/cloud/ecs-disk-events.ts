import * as z from 'zod';
import { diskCodes } from '../event/kinds';
import { DiskStatusRow } from '../event/read-api';
import type { SystemEvent } from '../event/system-event';
import type { Caller } from './call';
import { byNumber } from './pages';
import { listOf, Numeric } from './shapes';

const DisksAnswer = z.object({
  TotalCount: Numeric.optional().default(0),
  DiskFullStatusSet: listOf('DiskFullStatusType', DiskStatusRow),
});

/**
 * Events of disks, of the last seven days. Asked for by code, so that disks without an event are left out.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describedisksfullstatus
 */
export function createDiskEvents(
  call: Caller,
  region: string,
  read: (row: DiskStatusRow) => readonly SystemEvent[],
): {
  readonly all: () => Promise<readonly SystemEvent[]>;
  readonly byId: (eventId: string) => Promise<readonly SystemEvent[]>;
} {
  const ask = async (filter: Readonly<Record<string, unknown>>): Promise<readonly SystemEvent[]> => {
    const rows = await byNumber(100, async (pageNumber) => {
      const params = { RegionId: region, PageNumber: pageNumber, PageSize: 100, ...filter };
      const answer = await call.read('ecs', 'DescribeDisksFullStatus', params, DisksAnswer);
      return { rows: answer.DiskFullStatusSet, total: answer.TotalCount };
    });
    return rows.flatMap(read);
  };
  return {
    all: async () => (await Promise.all(diskCodes.map((code) => ask({ EventType: code })))).flat(),
    byId: (eventId) => ask({ EventId: [eventId] }),
  };
}

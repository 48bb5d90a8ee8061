import * as z from 'zod';
import type { StackEvent } from '../../cli/deploy/ports';
import type { Caller } from '../call';

const Events = z.object({
  TotalCount: z.coerce.number().default(0),
  Events: z
    .array(
      z.object({
        EventId: z.string(),
        CreateTime: z.string(),
        LogicalResourceId: z.string(),
        ResourceType: z.string(),
        Status: z.string(),
        StatusReason: z.string().nullish(),
      }),
    )
    .nullish(),
});

const pageSize = 50;

/**
 * What happened to a stack, newest first, until an event that is known already.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackevents
 */
export async function readEvents(
  call: Caller,
  asked: { readonly RegionId: string; readonly id: string; readonly known: string | undefined },
): Promise<readonly StackEvent[]> {
  const fresh: StackEvent[] = [];
  for (let page = 1; ; page += 1) {
    const params = { RegionId: asked.RegionId, StackId: asked.id, PageSize: pageSize, PageNumber: page };
    const { Events: rows } = await call.read('ros', 'ListStackEvents', params, Events);
    for (const row of rows ?? []) {
      if (row.EventId === asked.known) return fresh;
      fresh.push(readEvent(row));
    }
    if ((rows ?? []).length < pageSize) return fresh;
  }
}

function readEvent(row: NonNullable<z.output<typeof Events>['Events']>[number]): StackEvent {
  const { EventId, CreateTime, LogicalResourceId, ResourceType, Status, StatusReason } = row;
  return {
    id: EventId,
    at: Date.parse(CreateTime.endsWith('Z') ? CreateTime : `${CreateTime}Z`),
    resource: LogicalResourceId,
    type: ResourceType,
    status: Status,
    ...(StatusReason && { reason: StatusReason }),
  };
}

import * as z from 'zod';
import { isRecord, looseText } from './loose';
import { formEvent, type Found } from './normal-form';

export type { Found } from './normal-form';

/** Whose answer the row came from: rows name neither the account nor the region. */
export interface Origin {
  readonly account: string;
  readonly region: string;
}

const named = z.object({ Name: looseText }).catch({ Name: undefined });
const damage = z
  .object({ DiskId: looseText, Device: looseText, OnlineRepairPolicy: looseText })
  .catch({ DiskId: undefined, Device: undefined, OnlineRepairPolicy: undefined });

const instanceEvent = {
  EventId: looseText,
  EventType: named,
  EventCycleStatus: named,
  EventPublishTime: looseText,
  NotBefore: looseText,
  Reason: looseText,
  ExtendedAttribute: damage,
};

/**
 * One `InstanceSystemEventSet.InstanceSystemEventType[]` of DescribeInstanceHistoryEvents. Parsing never fails, so
 * that one odd row does not hide a page: what is missing shows in `eventFromHistory`.
 *
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-describeinstancehistoryevents
 */
export const HistoryEventRow = looseRow({
  ...instanceEvent,
  InstanceId: looseText,
  EventFinishTime: looseText,
});
export type HistoryEventRow = z.infer<typeof HistoryEventRow>;

/**
 * One `InstanceFullStatusSet.InstanceFullStatusType[]` of DescribeInstancesFullStatus.
 *
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-describeinstancesfullstatus
 */
export const FullStatusRow = looseRow({
  InstanceId: looseText,
  ScheduledSystemEventSet: looseRow({
    ScheduledSystemEventType: z.array(looseRow(instanceEvent)).catch([]),
  }),
});
export type FullStatusRow = z.infer<typeof FullStatusRow>;

/**
 * One `DiskFullStatusSet.DiskFullStatusType[]` of DescribeDisksFullStatus.
 *
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-describedisksfullstatus
 */
export const DiskStatusRow = looseRow({
  DiskId: looseText,
  InstanceId: looseText,
  Device: looseText,
  DiskEventSet: looseRow({
    DiskEventType: z
      .array(
        looseRow({ EventId: looseText, EventType: named, EventTime: looseText, EventEndTime: looseText }),
      )
      .catch([]),
  }),
});
export type DiskStatusRow = z.infer<typeof DiskStatusRow>;

/** The event of a history row. Rows about dedicated hosts have no instance id and are unreadable. */
export function eventFromHistory(row: HistoryEventRow, origin: Origin): Found {
  return formEvent(
    {
      ...origin,
      ...ofInstanceEvent(row),
      where: 'DescribeInstanceHistoryEvents',
      instanceId: row.InstanceId,
      finished: row.EventFinishTime,
    },
    row,
  );
}

/** The pending events of one instance: none, one or several. */
export function eventsFromFullStatus(row: FullStatusRow, origin: Origin): readonly Found[] {
  return row.ScheduledSystemEventSet.ScheduledSystemEventType.map((event) =>
    formEvent(
      {
        ...origin,
        ...ofInstanceEvent(event),
        where: 'DescribeInstancesFullStatus',
        instanceId: row.InstanceId,
      },
      event,
    ),
  );
}

/** The events of one disk. They have no status: one without an end is still executing. */
export function eventsFromDiskStatus(row: DiskStatusRow, origin: Origin): readonly Found[] {
  return row.DiskEventSet.DiskEventType.map((event) =>
    formEvent(
      {
        ...origin,
        where: 'DescribeDisksFullStatus',
        id: event.EventId,
        code: event.EventType.Name,
        status: event.EventEndTime === undefined ? 'Executing' : 'Executed',
        instanceId: row.InstanceId,
        diskId: row.DiskId,
        device: row.Device,
        started: event.EventTime,
        finished: event.EventEndTime,
      },
      event,
    ),
  );
}

function ofInstanceEvent(row: Omit<HistoryEventRow, 'InstanceId' | 'EventFinishTime'>) {
  return {
    id: row.EventId,
    code: row.EventType.Name,
    status: row.EventCycleStatus.Name,
    published: row.EventPublishTime,
    planned: row.NotBefore,
    reason: row.Reason,
    diskId: row.ExtendedAttribute.DiskId,
    device: row.ExtendedAttribute.Device,
    repair: row.ExtendedAttribute.OnlineRepairPolicy,
  };
}

function looseRow<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((value) => (isRecord(value) ? value : {}), z.object(shape));
}

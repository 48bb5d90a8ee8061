import { ApiError } from '../core/call';
import type { Call, Operation } from '../core/call';
import { toSeconds } from '../core/time';
import type { EcsEvent, Instance, World } from '../core/world';
import { finishedAt, isDiskEvent } from './event-history';
import { byNumber } from './paging';
import { list, needRegion } from './params';

const sevenDaysMs = 7 * 24 * 3_600_000;

/**
 * Disks with their events of the last seven days; the only API that knows events of disks. They have no status: one
 * without an end goes on. A filter on events leaves only disks that have such an event.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describedisksfullstatus
 */
export const DescribeDisksFullStatus: Operation = (world, call) => {
  needRegion(call, world.region, 404);
  const ids = limited(call, 'DiskId');
  const wanted = wantedEvents(call);
  const rows = [...world.instances.values()]
    .flatMap((instance) => instance.disks.map((disk) => ({ instance, disk })))
    .filter(({ disk }) => ids.length === 0 || ids.includes(disk.id))
    .map((row) => ({ ...row, events: eventsOf(world, call, row.disk.id).filter(wanted) }))
    .filter(({ events }) => events.length > 0 || !asksForEvents(call))
    .filter((row) => (call.params.HealthStatus ?? healthOf(row, call.now)) === healthOf(row, call.now));
  const { items, fields } = byNumber(call, rows, 100);
  return {
    ...fields,
    DiskFullStatusSet: { DiskFullStatusType: items.map((row) => describe(row, call.now)) },
  };
};

interface Row {
  readonly instance: Instance;
  readonly disk: Instance['disks'][number];
  readonly events: readonly EcsEvent[];
}

function limited(call: Call, name: 'DiskId' | 'EventId'): readonly string[] {
  const values = list(call, name);
  if (values.length <= 100) return values;
  throw new ApiError(403, `${name}LimitExceeded`, `The number of ${name} exceeds the limit.`);
}

function asksForEvents({ params }: Call): boolean {
  return Object.keys(params).some((name) => /^(EventId|EventType|EventTime)/.test(name));
}

function wantedEvents(call: Call): (event: EcsEvent) => boolean {
  const ids = limited(call, 'EventId');
  const { EventType: code } = call.params;
  const from = Date.parse(call.params['EventTime.Start'] ?? '') || -Infinity;
  const to = Date.parse(call.params['EventTime.End'] ?? '') || Infinity;
  if (to < from) {
    throw new ApiError(403, 'InvalidParameter.TimeEndBeforeStart', 'The end time is before the start time.');
  }
  return (event) =>
    (ids.length === 0 || ids.includes(event.id)) &&
    (code ?? event.code) === event.code &&
    event.publishedAt >= from &&
    event.publishedAt <= to;
}

function eventsOf(world: World, call: Call, diskId: string): readonly EcsEvent[] {
  return [...world.events.values()].filter(
    (event) =>
      isDiskEvent(event) &&
      event.diskId === diskId &&
      event.publishedAt <= call.now &&
      call.now - (finishedAt(event, call.now) ?? call.now) <= sevenDaysMs,
  );
}

function healthOf({ events }: Row, now: number): string {
  const goesOn = events.some((event) => finishedAt(event, now) === undefined);
  return goesOn ? 'Impaired' : 'Ok';
}

function describe(row: Row, now: number): object {
  const { instance, disk, events } = row;
  const health = healthOf(row, now);
  return {
    DiskId: disk.id,
    InstanceId: instance.id,
    Device: disk.device,
    Status: { Code: 1, Name: 'In_use' },
    HealthStatus: { Code: health === 'Ok' ? 0 : 128, Name: health },
    DiskEventSet: { DiskEventType: events.map((event) => describeEvent(event, now)) },
  };
}

function describeEvent(event: EcsEvent, now: number): object {
  const over = finishedAt(event, now);
  return {
    EventId: event.id,
    EventType: { Code: 8, Name: event.code },
    EventTime: toSeconds(event.publishedAt),
    EventEndTime: over === undefined ? '' : toSeconds(over),
    ImpactLevel: '100',
  };
}

import { ApiError } from '../core/call';
import type { Call, Operation } from '../core/call';
import type { EcsEvent, Instance, World } from '../core/world';
import { eventFields } from './event-answer';
import { eventFilter } from './event-filter';
import { eventsOf, isDiskEvent, isPending } from './event-history';
import { shownStatus } from './find';
import { byNumber } from './paging';
import { list, needRegion } from './params';

/**
 * Status, health and pending events (Scheduled, Inquiring) of instances; never Executing or finished ones. It has no
 * status filter and no token. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancesfullstatus
 */
export const DescribeInstancesFullStatus: Operation = (world, call) => {
  needRegion(call, world.region, 404);
  const ids = list(call, 'InstanceId');
  if (ids.length > 100)
    throw new ApiError(403, 'InstanceIdLimitExceeded', 'The number of InstanceId exceeds the limit.');
  const matches = eventFilter(call);
  const rows = [...world.instances.values()]
    .filter((instance) => ids.length === 0 || ids.includes(instance.id))
    .map((instance) => ({
      instance,
      events: eventsOf(world, instance.id).filter(
        (event) => matches(event) && !isDiskEvent(event) && isPending(event, call.now),
      ),
    }))
    .filter(
      ({ instance, events }) => suits(world, call, instance) && (!asksForEvents(call) || events.length > 0),
    );
  const { items, fields } = byNumber(call, rows, 100);
  const answer = items.map(({ instance, events }) => describe(world, call, instance, events));
  return { ...fields, InstanceFullStatusSet: { InstanceFullStatusType: answer } };
};

/** A filter on events leaves only instances that have such an event. */
function asksForEvents(call: Call): boolean {
  return Object.keys(call.params).some((name) =>
    /^(EventId|InstanceEventType|EventType|NotBefore|EventPublish)/.test(name),
  );
}

function suits(world: World, call: Call, instance: Instance): boolean {
  const { Status: status, HealthStatus: health } = call.params;
  return (
    (status ?? shownStatus(world, instance, call.now)) === shownStatus(world, instance, call.now) &&
    (health ?? 'Ok') === 'Ok'
  );
}

function describe(world: World, call: Call, instance: Instance, events: readonly EcsEvent[]): object {
  return {
    InstanceId: instance.id,
    Status: { Code: 1, Name: shownStatus(world, instance, call.now) },
    HealthStatus: { Code: 0, Name: 'Ok' },
    ScheduledSystemEventSet: {
      ScheduledSystemEventType: events.map((event) => ({
        ...eventFields(event, call.now),
        ExtendedAttribute: diskFields(event),
      })),
    },
  };
}

/** Only the disk is told here; DescribeInstanceHistoryEvents tells the rest. */
function diskFields({ extended: { Device, DiskId } }: EcsEvent): object {
  return DiskId === undefined ? {} : { Device, DiskId };
}

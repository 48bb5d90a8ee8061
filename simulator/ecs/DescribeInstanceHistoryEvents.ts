import { ApiError } from '../core/call';
import type { Call, Operation } from '../core/call';
import type { EcsEvent, World } from '../core/world';
import { historyFields } from './event-answer';
import { eventFilter, listOr } from './event-filter';
import { eventStatusAt, finalStatuses, finishedAt, isDiskEvent } from './event-history';
import { hasTags } from './find';
import { byEither } from './paging';
import { list, needRegion, pairs } from './params';

const thirtyDaysMs = 30 * 24 * 3_600_000;

/**
 * Events of instances in any status, newest first. Without a status filter the answer is documented as finished
 * events only, and reported as pending ones only: the switch `historyDefaultsToPending` chooses.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancehistoryevents
 */
export const DescribeInstanceHistoryEvents: Operation = (world, call) => {
  needRegion(call, world.region, 404);
  const matches = eventFilter(call);
  const statuses = wantedStatuses(world, call);
  const resources = listOr(call, 'ResourceId', 'InstanceId');
  if (resources.length > 100 || list(call, 'InstanceEventCycleStatus').length > 7) throw invalid();
  const tags = pairs(call, 'Tag');
  const found = [...world.events.values()].filter(
    (event) =>
      matches(event) &&
      !isDiskEvent(event) &&
      statuses.includes(eventStatusAt(event, call.now)) &&
      (resources.length === 0 || resources.includes(event.instanceId)) &&
      isRemembered(event, call.now) &&
      (tags.length === 0 || instanceHasTags(world, event, tags)),
  );
  const newestFirst = found.sort((a, b) => b.publishedAt - a.publishedAt);
  const { items, fields } = byEither(call, newestFirst, 100);
  const answer = items.map((event) => historyFields(event, call.now));
  return { ...fields, InstanceSystemEventSet: { InstanceSystemEventType: answer } };
};

function wantedStatuses(world: World, call: Call): readonly string[] {
  const asked = listOr(call, 'InstanceEventCycleStatus', 'EventCycleStatus');
  if (asked.length > 0) return asked;
  return world.switches.historyDefaultsToPending ? ['Scheduled', 'Inquiring'] : finalStatuses;
}

/** Finished events can be queried for 30 days, unfinished ones without limit. */
function isRemembered(event: EcsEvent, now: number): boolean {
  return now - (finishedAt(event, now) ?? now) <= thirtyDaysMs;
}

function instanceHasTags(world: World, event: EcsEvent, tags: ReturnType<typeof pairs>): boolean {
  const instance = world.instances.get(event.instanceId);
  return instance !== undefined && hasTags(instance, tags);
}

function invalid(): ApiError {
  return new ApiError(403, 'InvalidParameter', 'The specified parameter is not valid.');
}

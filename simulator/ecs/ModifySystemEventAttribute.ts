import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { eventStatusAt } from './event-history';
import { need, needRegion } from './params';
import { pushNow } from './pushes';

/**
 * Pulls the planned time of a Scheduled event earlier, or back again up to where it first was. The codes of its refusals
 * are not documented.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifysystemeventattribute
 */
export const ModifySystemEventAttribute: Operation = (world, call) => {
  needRegion(call, world.region);
  const event = world.events.get(need(call, 'EventId'));
  const to = Date.parse(need(call, 'NotBefore'));
  if (event === undefined || event.instanceId !== need(call, 'InstanceId')) {
    throw new ApiError(404, 'InvalidEventId.NotFound', 'The specified event does not exist.');
  }
  const isPlanned = event.code.startsWith('SystemMaintenance.') && event.notBefore !== undefined;
  if (eventStatusAt(event, world.now) !== 'Scheduled' || !isPlanned) {
    throw new ApiError(
      403,
      'IncorrectEventStatus',
      'The status of the event does not support this operation.',
    );
  }
  if (Number.isNaN(to) || to < world.now || to > (event.initialNotBefore ?? 0)) {
    throw new ApiError(403, 'InvalidParameter.NotBefore', 'The specified NotBefore is not valid.');
  }
  event.notBefore = to;
  pushNow(world, event);
  return {};
};

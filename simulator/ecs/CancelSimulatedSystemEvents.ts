import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { eventStatusAt, redirect } from './event-history';
import { list, missing, needRegion } from './params';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-cancelsimulatedsystemevents */
export const CancelSimulatedSystemEvents: Operation = (world, call) => {
  needRegion(call, world.region, 404);
  const ids = list(call, 'EventId');
  if (ids.length === 0) throw missing('EventId', 404);
  if (ids.length > 100)
    throw new ApiError(400, 'EventIdLimitExceeded', 'The number of EventId exceeds the limit.');
  const events = ids.map((id) => {
    const event = world.events.get(id);
    if (event === undefined)
      throw new ApiError(403, 'InvalidEventId.NotFound', 'The specified EventId does not exist.');
    if (!event.simulated) {
      throw new ApiError(
        403,
        'CannotCancelSystemEvent.NotSimulated',
        'Only simulated events can be cancelled.',
      );
    }
    if (!['Scheduled', 'Executing'].includes(eventStatusAt(event, world.now))) {
      throw new ApiError(403, 'InvalidParameter', 'The specified event is over.');
    }
    return event;
  });
  for (const event of events) redirect(event, world.now, [{ at: world.now, status: 'Canceled' }]);
  return {};
};

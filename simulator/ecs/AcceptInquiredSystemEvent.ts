import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { clears } from './clears';
import { failsOnlineAfterMs } from './damaged-disks';
import { eventStatusAt, redirect } from './event-history';
import { need, needRegion } from './params';
import { execute } from './platform';

/**
 * Lets an Inquiring event's own action happen: it goes to Executing and, when the action is over, to Executed. The
 * `RebootAnd…` codes stay Executing until the caller restarts the instance.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-acceptinquiredsystemevent
 */
export const AcceptInquiredSystemEvent: Operation = (world, call) => {
  needRegion(call, world.region);
  const event = world.events.get(need(call, 'EventId'));
  if (event === undefined || eventStatusAt(event, world.now) !== 'Inquiring') {
    throw new ApiError(
      404,
      'InvalidEventId.NoInquiringEventFound',
      'No inquiring event with the specified EventId was found.',
    );
  }
  const failsAfterMs = failsOnlineAfterMs(world, event);
  if (failsAfterMs === 0) {
    redirect(event, world.now, [{ at: world.now, status: 'Failed' }]);
    const what = event.code.includes('ReInit') ? 'Reinit' : 'Isolate';
    throw new ApiError(403, `SwitchToOffline.Online${what}Fail`, 'The online operation failed.');
  }
  if (failsAfterMs !== undefined) {
    redirect(event, world.now, [
      { at: world.now, status: 'Executing' },
      { at: world.now + failsAfterMs, status: 'Failed' },
    ]);
    return {};
  }
  if (!clears(world, event, 'AcceptInquiredSystemEvent')) return {};
  execute(world, event, world.now);
  return {};
};

import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { newId } from '../core/ids';
import type { EcsEvent, World } from '../core/world';
import { instant, list, missing, need, needRegion } from './params';

const types = [
  'SystemMaintenance.Reboot',
  'SystemMaintenance.Stop',
  'SystemMaintenance.Redeploy',
  'SystemFailure.Reboot',
  'SystemFailure.Redeploy',
  'SystemFailure.Stop',
  'InstanceFailure.Reboot',
];

/**
 * Events without any effect on their instances: maintenance starts Scheduled, failures Executing, and at NotBefore
 * they turn Executed. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsimulatedsystemevents
 */
export const CreateSimulatedSystemEvents: Operation = (world, call) => {
  needRegion(call, world.region, 404);
  const ids = list(call, 'InstanceId');
  const code = need(call, 'EventType', 404);
  need(call, 'NotBefore', 404);
  const notBefore = instant(call, 'NotBefore') ?? 0;
  if (ids.length === 0) throw missing('InstanceId', 404);
  if (ids.length > 100)
    throw new ApiError(403, 'InstanceIdLimitExceeded', 'The number of InstanceId exceeds the limit.');
  if (!types.includes(code))
    throw new ApiError(403, 'InvalidParameter', 'The specified parameter "EventType" is not valid.');
  if (notBefore <= world.now)
    throw new ApiError(403, 'InvalidNotBefore.Passed', 'The specified NotBefore has passed.');
  if (ids.some((id) => !world.instances.has(id))) {
    throw new ApiError(404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');
  }
  return { EventIdSet: { EventId: ids.map((id) => create(world, id, code, notBefore).id) } };
};

function create(world: World, instanceId: string, code: string, notBefore: number): EcsEvent {
  const event: EcsEvent = {
    id: newId(world, 'e-bp1'),
    instanceId,
    code,
    simulated: true,
    publishedAt: world.now,
    notBefore,
    initialNotBefore: notBefore,
    reason: 'A simulated event.',
    extended: {},
    history: [
      { at: world.now, status: code.startsWith('SystemMaintenance.') ? 'Scheduled' : 'Executing' },
      { at: notBefore, status: 'Executed' },
    ],
    clears: true,
    pushed: 0,
  };
  world.events.set(event.id, event);
  return event;
}

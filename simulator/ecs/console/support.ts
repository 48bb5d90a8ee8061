import { ApiError } from '../../core/call';
import type { Call } from '../../core/call';
import type { Instance, World } from '../../core/world';
import { need, needRegion } from '../params';

/** Families that are sold no longer; they have neither console output nor screenshots. */
const retired = /^ecs\.(?:t1|s[123]|m[12]|c[12])\./;

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-getinstanceconsoleoutput */
export function lookedAt(world: World, call: Call): Instance {
  needRegion(call, world.region);
  const instance = world.instances.get(need(call, 'InstanceId'));
  if (instance === undefined) {
    throw new ApiError(404, 'InvalidParameter', 'The specified parameter InstanceId is not valid.');
  }
  if (retired.test(instance.type)) throw notSupported();
  return instance;
}

export function notSupported(): ApiError {
  return new ApiError(405, 'NotSupported', 'The specified instance does not support this operation.');
}

export function incorrectStatus(): ApiError {
  const message = 'The current status of the instance does not support this operation.';
  return new ApiError(405, 'IncorrectInstanceStatus', message);
}

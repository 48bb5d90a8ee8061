import { ApiError } from '../core/call';
import type { Call, Operation } from '../core/call';
import { strike } from '../core/faults';
import type { Instance, World } from '../core/world';
import { mustBe, stopIfDryRun, theInstance } from './find';
import { become, stop } from './lifecycle';
import { localDisks } from './local-disks';

/**
 * Stops a Running instance; with ForceStop like pulling the plug. A stop without force may hang (fault
 * `stop-hangs`).
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-stopinstance
 */
export const StopInstance: Operation = (world, call) => {
  const instance = theInstance(world, call);
  const isForced = call.params.ForceStop === 'true';
  const isPulled = isForced && world.switches.forceStopsWhileStopping === true;
  mustBe(instance, isPulled ? ['Running', 'Stopping'] : ['Running'], world.now);
  const stoppedMode = modeOf(world, call, instance);
  stopIfDryRun(call);
  instance.stoppedMode = stoppedMode;
  if (!isForced && hangs(world, instance)) {
    become(instance, world.now, [{ at: world.now, status: 'Stopping' }]);
    return {};
  }
  stop(instance, world.now);
  return {};
};

/** Economical mode is not for instances with local disks; as the account's default it then just does not apply. */
function modeOf(world: World, call: Call, instance: Instance): 'KeepCharging' | 'StopCharging' {
  const hasLocal = localDisks(instance).length > 0;
  const asked = call.params.StoppedMode;
  if (asked === undefined) {
    return world.switches.stopsInEconomicalMode && !hasLocal ? 'StopCharging' : 'KeepCharging';
  }
  if (asked !== 'KeepCharging' && asked !== 'StopCharging') {
    throw new ApiError(400, 'InvalidParameter', 'The specified parameter "StoppedMode" is not valid.');
  }
  if (asked === 'StopCharging' && hasLocal) {
    const message = 'The specified instance does not support StopCharging.';
    throw new ApiError(403, 'InvalidInstanceId.NotSupport', message);
  }
  return asked;
}

function hangs(world: World, instance: Instance): boolean {
  const call = { product: 'ecs', action: 'StopInstance', subject: instance.id };
  return strike(world, ['stop-hangs'], call) !== undefined;
}

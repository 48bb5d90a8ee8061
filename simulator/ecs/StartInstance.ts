import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { mustBe, stopIfDryRun, theInstance } from './find';
import { start } from './lifecycle';
import { emptyLocalDisks } from './local-disks';
import { answerPlannedRestarts } from './RebootInstance';

/**
 * Starts a Stopped instance; with InitLocalDisk its local disks come back empty.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-startinstance
 */
export const StartInstance: Operation = (world, call) => {
  const instance = theInstance(world, call);
  mustBe(instance, ['Stopped'], world.now);
  if (instance.stoppedMode === 'StopCharging' && world.switches.noStockAfterEconomicalStop) {
    const message = 'The requested resource is sold out in the specified zone.';
    throw new ApiError(403, 'OperationDenied.NoStock', message);
  }
  stopIfDryRun(call);
  if (call.params.InitLocalDisk === 'true') emptyLocalDisks(instance, world.now);
  const runningAt = start(instance, world.now);
  if (world.switches.stopStartAnswersReboot) answerPlannedRestarts(world, instance.id, runningAt);
  return {};
};

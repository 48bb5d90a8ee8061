import type { Operation } from '../core/call';
import { mustBe, stopIfDryRun, theInstance } from './find';
import { stop } from './lifecycle';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-stopinstance */
export const StopInstance: Operation = (world, call) => {
  const instance = theInstance(world, call);
  mustBe(instance, 'Running', world.now);
  stopIfDryRun(call);
  stop(instance, world.now);
  return {};
};

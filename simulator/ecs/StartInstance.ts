import type { Operation } from '../core/call';
import { mustBe, stopIfDryRun, theInstance } from './find';
import { start } from './lifecycle';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-startinstance */
export const StartInstance: Operation = (world, call) => {
  const instance = theInstance(world, call);
  mustBe(instance, 'Stopped', world.now);
  stopIfDryRun(call);
  start(instance, world.now);
  return {};
};

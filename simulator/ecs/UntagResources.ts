import type { Operation } from '../core/call';
import { list } from './params';
import { taggedInstances } from './tags';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-untagresources */
export const UntagResources: Operation = (world, call) => {
  const keys = list(call, 'TagKey');
  const takesAll = keys.length === 0 && call.params.All === 'true';
  for (const instance of taggedInstances(world, call)) {
    for (const key of takesAll ? [...instance.tags.keys()] : keys) instance.tags.delete(key);
  }
  return {};
};

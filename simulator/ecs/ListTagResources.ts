import type { Operation } from '../core/call';
import { byToken } from './paging';
import { list, pairs } from './params';
import { mustBeInstances } from './tags';

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-listtagresources */
export const ListTagResources: Operation = (world, call) => {
  mustBeInstances(world, call);
  const ids = list(call, 'ResourceId');
  const wanted = pairs(call, 'Tag');
  const rows = [...world.instances.values()]
    .filter((instance) => ids.length === 0 || ids.includes(instance.id))
    .filter((instance) =>
      wanted.every(({ key, value }) => (value ?? instance.tags.get(key)) === instance.tags.get(key)),
    )
    .flatMap((instance) =>
      [...instance.tags].map(([TagKey, TagValue]) => ({
        ResourceType: 'instance',
        ResourceId: instance.id,
        TagKey,
        TagValue,
      })),
    );
  const { items, fields } = byToken(call, rows, 50);
  return { ...fields, TagResources: { TagResource: items } };
};

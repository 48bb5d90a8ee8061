import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { missing, pairs } from './params';
import { taggedInstances } from './tags';

/** Tagging again overwrites; there is no compare-and-set. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-tagresources */
export const TagResources: Operation = (world, call) => {
  const instances = taggedInstances(world, call);
  const tags = pairs(call, 'Tag');
  if (tags.length === 0) throw missing('Tags', 404);
  if (tags.length > 20) throw new ApiError(400, 'NumberExceed.Tags', 'The number of tags exceeds the limit.');
  if (new Set(tags.map((tag) => tag.key)).size < tags.length) {
    throw new ApiError(400, 'Duplicate.TagKey', 'The Tag.N.Key contains duplicate keys.');
  }
  if (tags.some(({ key }) => key === '' || key.length > 128 || /^(aliyun|acs:)|https?:\/\//.test(key))) {
    throw new ApiError(400, 'InvalidTagKey.Malformed', 'The specified Tag.N.Key is not valid.');
  }
  for (const instance of instances) {
    if (new Set([...instance.tags.keys(), ...tags.map((tag) => tag.key)]).size > 20) {
      throw new ApiError(403, 'QuotaExceed.Tags', 'The number of tags exceeds the quota.');
    }
    for (const { key, value = '' } of tags) instance.tags.set(key, value);
  }
  return {};
};

import { readAttributes } from './attributes';
import { queueOf, type MnsOperation } from './operation';
import { parseBody } from './xml';

/** https://www.alibabacloud.com/help/en/mns/developer-reference/setqueueattributes */
export const SetQueueAttributes: MnsOperation = (world, request, name) => {
  const queue = queueOf(world, name);
  Object.assign(queue.attributes, readAttributes(parseBody(request.body, 'Queue')));
  queue.modifiedAt = world.now;
  return { status: 204 };
};

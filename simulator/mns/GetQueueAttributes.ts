import { describeQueue } from './attributes';
import { dropExpired } from './messages';
import { queueOf, xmlAnswer, type MnsOperation } from './operation';

/** https://www.alibabacloud.com/help/en/mns/developer-reference/getqueueattributes */
export const GetQueueAttributes: MnsOperation = (world, _request, name) => {
  const queue = queueOf(world, name);
  dropExpired(queue, world.now);
  return xmlAnswer(200, 'Queue', describeQueue(world, queue));
};

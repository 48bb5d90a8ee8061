import { ApiError } from '../core/call';
import { initialAttributes, readAttributes } from './attributes';
import { needQueueName, type MnsOperation } from './operation';
import { parseBody } from './xml';

/** 201 for a new queue, 204 for the same one again. https://www.alibabacloud.com/help/en/mns/developer-reference/createqueue */
export const CreateQueue: MnsOperation = (world, request, name) => {
  needQueueName(name);
  const attributes = initialAttributes(readAttributes(parseBody(request.body, 'Queue')));
  const present = world.queues.get(name);
  if (present === undefined) {
    world.queues.set(name, { name, attributes, createdAt: world.now, messages: [] });
    return { status: 201, headers: { location: `http://${request.headers['host'] ?? ''}/queues/${name}` } };
  }
  if (Object.entries(attributes).some(([key, value]) => present.attributes[key] !== value)) {
    throw new ApiError(409, 'QueueAlreadyExist', 'The queue you want to create is already exist.');
  }
  return { status: 204 };
};

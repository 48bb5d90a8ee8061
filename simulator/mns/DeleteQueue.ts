import type { MnsOperation } from './operation';

/** Also 204 when there is no such queue. https://www.alibabacloud.com/help/en/mns/developer-reference/deletequeue */
export const DeleteQueue: MnsOperation = (world, _request, name) => {
  world.queues.delete(name);
  return { status: 204 };
};

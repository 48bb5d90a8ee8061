import { ApiError } from '../core/call';
import type { Operation, Product } from '../core/call';
import type { Queue } from '../core/world';
import { need } from '../ecs/params';
import { describeQueue } from '../mns/attributes';

/**
 * The management interface of MNS: of the two it alone tells of dead letters.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/api-mns-open-2022-01-19-getqueueattributes
 * Fields: https://github.com/aliyun/alibabacloud-go-sdk/tree/master/mns-open-20220119
 */
const GetQueueAttributes: Operation = (world, call) => {
  const queue = world.queues.get(need(call, 'QueueName'));
  if (queue === undefined) {
    throw new ApiError(404, 'QueueNotExist', 'The queue name you provided is not exist.');
  }
  const { LoggingEnabled, QueueName, ...numbers } = describeQueue(world, queue);
  return {
    Code: 200,
    Status: 'Success',
    Success: true,
    Message: 'operation success',
    Data: {
      QueueName,
      LoggingEnabled: LoggingEnabled === 'True',
      ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)])),
      DlqPolicy: policyOf(queue),
    },
  };
};

function policyOf({ deadLetters }: Queue): object {
  if (deadLetters === undefined) return { Enabled: false };
  const { queue, maxReceiveCount } = deadLetters;
  return { Enabled: true, DeadLetterTargetQueue: queue, MaxReceiveCount: String(maxReceiveCount) };
}

export const mnsOpen: Product = {
  name: 'mns-open',
  version: '2022-01-19',
  operations: { GetQueueAttributes },
  writes: new Set(),
};

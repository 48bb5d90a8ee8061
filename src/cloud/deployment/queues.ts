import * as z from 'zod';
import type { Queues } from '../../cli/deploy/ports';
import { CloudError } from '../../engine/ports';
import { openMns, type MnsOptions } from '../mns-client';
import { askAgain } from '../refusal';

const Attributes = z.object({
  ActiveMessages: z.coerce.number(),
  InactiveMessages: z.coerce.number(),
  DelayMessages: z.coerce.number(),
});

/** https://www.alibabacloud.com/help/en/mns/developer-reference/getqueueattributes */
export function createQueues(options: MnsOptions): Queues {
  const mns = openMns(options);
  return {
    async depth(queue) {
      try {
        const { ActiveMessages, InactiveMessages, DelayMessages } = await askAgain(() =>
          mns({
            origin: { product: 'mns', action: 'GetQueueAttributes', write: false },
            codes: [200],
            schema: Attributes,
            run: (client) => client.getQueueAttributes(queue),
          }),
        );
        return { due: ActiveMessages, taken: InactiveMessages, delayed: DelayMessages };
      } catch (error) {
        if (error instanceof CloudError && error.code === 'QueueNotExist') return undefined;
        throw error;
      }
    },
  };
}

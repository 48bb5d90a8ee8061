import * as z from 'zod';
import type { Clinic } from '../../cli/doctor/ports';
import { CloudError } from '../../engine/ports';
import type { Caller } from '../call';
import { openMns, type MnsOptions } from '../mns-client';
import { messagesPerBatch } from '../mns-messages';
import { askAgain } from '../refusal';
import { Numeric } from '../shapes';

/**
 * `{"Code":200,"Success":true,"Data":{"VisibilityTimeout":180,"MessageRetentionPeriod":604800,"DlqPolicy":{"Enabled":
 * true,"DeadLetterTargetQueue":"failover-runs-dead","MaxReceiveCount":"50"}}}`
 */
const QueueAnswer = z.object({
  Data: z.object({
    VisibilityTimeout: Numeric,
    MessageRetentionPeriod: Numeric,
    DlqPolicy: z
      .object({
        Enabled: z.boolean().nullish(),
        DeadLetterTargetQueue: z.string().nullish(),
        MaxReceiveCount: Numeric.nullish(),
      })
      .nullish(),
  }),
});

const Peeked = z.array(z.object({ MessageId: z.string() }));

/** Neither interface counts messages any more; who peeks sees whether any are there. */
export function createQueueFacts(call: Caller, options: MnsOptions): Pick<Clinic, 'queue' | 'waiting'> {
  const mns = openMns(options);
  return {
    /**
     * Of the two interfaces only this one tells of dead letters.
     * https://www.alibabacloud.com/help/en/mns/developer-reference/api-mns-open-2022-01-19-getqueueattributes
     */
    async queue(name: string) {
      try {
        const { Data } = await call.read('mns-open', 'GetQueueAttributes', { QueueName: name }, QueueAnswer);
        const { DlqPolicy: policy } = Data;
        const hasPolicy = policy?.Enabled === true && Boolean(policy.DeadLetterTargetQueue);
        return {
          visibilitySeconds: Data.VisibilityTimeout,
          retentionSeconds: Data.MessageRetentionPeriod,
          ...(hasPolicy && {
            deadLetters: {
              queue: policy.DeadLetterTargetQueue ?? '',
              maxReceiveCount: policy.MaxReceiveCount ?? 0,
            },
          }),
        };
      } catch (error) {
        if (error instanceof CloudError && error.code.startsWith('QueueNotExist')) return undefined;
        throw error;
      }
    },

    /** https://www.alibabacloud.com/help/en/mns/developer-reference/batchpeekmessage */
    async waiting(queue: string) {
      const peek = () =>
        mns({
          origin: { product: 'mns', action: 'BatchPeekMessage', write: false },
          codes: [200],
          schema: Peeked,
          run: (client) => client.batchPeekMessage(queue, messagesPerBatch),
        });
      try {
        return (await askAgain(peek)).length;
      } catch (error) {
        const isEmpty = error instanceof CloudError && error.code === 'MessageNotExist';
        const isGone = error instanceof CloudError && error.code === 'QueueNotExist';
        if (isEmpty || isGone) return 0;
        throw error;
      }
    },
  };
}

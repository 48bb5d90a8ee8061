import * as z from 'zod';
import type { TriggerState } from '../../cli/doctor/ports';
import { CloudError } from '../../engine/ports';
import type { Caller } from '../call';

/**
 * `{"Code":"Success","Data":{"Status":"ENABLE","FilterPattern":"{\"source\":[\"acs.ecs\"]}","Targets":[{"Endpoint":
 * "acs:fc:…/functions/failover-receive","PushRetryStrategy":"EXPONENTIAL_DECAY_RETRY","DeadLetterQueue":{"Arn":"acs:mns:…"}}]}}`
 */
const RuleAnswer = z.object({
  Code: z.string().nullish(),
  Data: z
    .object({
      RuleName: z.string(),
      Status: z.string(),
      FilterPattern: z.string().nullish(),
      Targets: z
        .array(
          z.object({
            Endpoint: z.string().nullish(),
            PushRetryStrategy: z.string().nullish(),
            DeadLetterQueue: z.object({ Arn: z.string().nullish() }).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

const notThere = 'EventRuleNotExisted';

/**
 * How a rule of the default bus pushes to a function; undefined when there is no such rule, which is told by a refusal
 * or by an answer without data.
 * https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-getrule
 */
export async function readBusRule(
  call: Caller,
  RuleName: string,
  functionName: string,
): Promise<readonly TriggerState[] | undefined> {
  try {
    const asked = { EventBusName: 'default', RuleName };
    const { Data } = await call.read('eventbridge', 'GetRule', asked, RuleAnswer);
    if (!Data) return undefined;
    const targets = (Data.Targets ?? []).filter(({ Endpoint }) => Endpoint?.endsWith(`/${functionName}`));
    return targets.map(({ PushRetryStrategy, DeadLetterQueue }) => ({
      name: Data.RuleName,
      type: 'eventbridge',
      enabled: Data.Status === 'ENABLE',
      source: 'Default',
      ...(Data.FilterPattern && { pattern: Data.FilterPattern }),
      ...(PushRetryStrategy && { retry: PushRetryStrategy }),
      ...(DeadLetterQueue?.Arn && { deadLetters: DeadLetterQueue.Arn }),
    }));
  } catch (error) {
    if (error instanceof CloudError && error.code === notThere) return undefined;
    throw error;
  }
}

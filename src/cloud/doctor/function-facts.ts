import * as z from 'zod';
import type { Clinic, FunctionState, TriggerState } from '../../cli/doctor/ports';
import { CloudError } from '../../engine/ports';
import { openFc2, type FunctionsOptions } from '../deployment/fc2-client';
import { openFc3 } from '../deployment/fc3-call';
import { askAgain } from '../refusal';

const Got = z.object({
  role: z.string().nullish(),
  timeout: z.number(),
  environmentVariables: z.record(z.string(), z.string()).nullish(),
  codeChecksum: z.coerce.string(),
});

/** An object in FC 2.0, JSON text in FC 3.0. */
const Config = z.preprocess(
  (given) => (typeof given === 'string' ? (JSON.parse(given) as unknown) : given),
  z.object({
    /** Of a timer. */
    enable: z.boolean().nullish(),
    cronExpression: z.string().nullish(),
    /** Of the rest: of type eventbridge. */
    triggerEnable: z.boolean().nullish(),
    eventRuleFilterPattern: z.string().nullish(),
    eventSourceConfig: z
      .object({
        eventSourceType: z.string().nullish(),
        eventSourceParameters: z
          .object({ sourceMNSParameters: z.object({ QueueName: z.string().nullish() }).nullish() })
          .nullish(),
      })
      .nullish(),
    runOptions: z
      .object({
        retryStrategy: z.object({ PushRetryStrategy: z.string().nullish() }).nullish(),
        deadLetterQueue: z.object({ Arn: z.string().nullish() }).nullish(),
      })
      .nullish(),
  }),
);

const Triggers = z.object({
  triggers: z.array(
    z.object({ triggerName: z.string(), triggerType: z.string(), triggerConfig: Config.nullish() }),
  ),
});

const Service = z.object({ role: z.string().nullish() });

/**
 * A deployed function with its triggers, of either generation.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-getfunction
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-listtriggers
 */
export function createFunctionFacts(options: FunctionsOptions): Clinic['deployed'] {
  const [fc2, fc3] = [openFc2(options), openFc3(options)];
  const of3 = async (name: string) => {
    const path = `/functions/${name}`;
    const get = (action: string, where: string) =>
      askAgain(() => fc3({ action, method: 'GET', path: where }));
    const [got, triggers] = await Promise.all([
      get('GetFunction', path),
      get('ListTriggers', `${path}/triggers`),
    ]);
    return stateOf(JSON.parse(got.text), JSON.parse(triggers.text));
  };
  const of2 = async (service: string, name: string) => {
    const [own, got, triggers] = await Promise.all([
      fc2.use('GetService', 'read', (client) => client.getService(service)),
      fc2.use('GetFunction', 'read', (client) => client.getFunction(service, name)),
      fc2.use('ListTriggers', 'read', (client) => client.listTriggers(service, name, { limit: 100 })),
    ]);
    return stateOf(got.data, triggers.data, Service.parse(own.data).role);
  };
  return async ({ generation, service, name }) => {
    try {
      return await (generation === 'fc3' ? of3(name) : of2(service, name));
    } catch (error) {
      if (error instanceof CloudError && /^(Function|Service)NotFound$/.test(error.code)) return undefined;
      throw error;
    }
  };
}

function stateOf(got: unknown, listed: unknown, serviceRole?: string | null): FunctionState {
  const { role, timeout, environmentVariables, codeChecksum } = Got.parse(got);
  const arn = serviceRole ?? role ?? '';
  const { triggers } = Triggers.parse(listed);
  return {
    ...(arn !== '' && { role: arn.slice(arn.lastIndexOf('/') + 1) }),
    timeoutSeconds: timeout,
    environment: environmentVariables ?? {},
    checksum: codeChecksum,
    triggers: triggers.map(triggerOf),
  };
}

function triggerOf({
  triggerName,
  triggerType,
  triggerConfig,
}: z.output<typeof Triggers>['triggers'][number]): TriggerState {
  const { enable, cronExpression, triggerEnable, eventRuleFilterPattern, eventSourceConfig, runOptions } =
    triggerConfig ?? {};
  const source = eventSourceConfig?.eventSourceType;
  const queue = eventSourceConfig?.eventSourceParameters?.sourceMNSParameters?.QueueName;
  const retry = runOptions?.retryStrategy?.PushRetryStrategy;
  const deadLetters = runOptions?.deadLetterQueue?.Arn;
  return {
    name: triggerName,
    type: triggerType,
    enabled: (triggerType === 'timer' ? enable : triggerEnable) ?? false,
    ...(cronExpression && { schedule: cronExpression }),
    ...(source && { source }),
    ...(queue && { queue }),
    ...(eventRuleFilterPattern && { pattern: eventRuleFilterPattern }),
    ...(retry && { retry }),
    ...(deadLetters && { deadLetters }),
  };
}

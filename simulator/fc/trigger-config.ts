import * as z from 'zod';
import { check, invalid } from './specs';

/** A schedule that Function Compute takes; `timer.ts` reads it. */
const Cron = z.string('is required').regex(/^(@every [1-9]\d*[mh]|(CRON_TZ=\S+ )?\S+( \S+){5})$/, {
  error: '"@every <n>m", "@every <n>h" or six fields of cron are expected',
});

const Timer = z.looseObject({
  cronExpression: Cron,
  enable: z.boolean().default(false),
  payload: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= 128 * 1024, 'at most 128 KB')
    .default(''),
});

/** Settings of type eventbridge: https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/eventbridge-triggers */
const EventBridge = z.looseObject({
  triggerEnable: z.boolean().default(true),
  asyncInvocationType: z.boolean().default(false),
  eventRuleFilterPattern: z.string().default('{}').refine(isJson, 'must be JSON text'),
  eventSourceConfig: z.looseObject({
    eventSourceType: z.string('is required'),
    eventSourceParameters: z.looseObject({}).optional(),
  }),
});

/** Reads a trigger's configuration, an object or JSON text, and refuses what its type does not take. */
export function readTriggerConfig(
  type: string,
  given: string | Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const config = z
    .record(z.string(), z.unknown())
    .safeParse(typeof given === 'string' ? parse(given) : given);
  if (!config.success) throw invalid('triggerConfig: must be an object');
  if (type === 'timer') return check(Timer, config.data);
  if (type === 'eventbridge') return check(EventBridge, config.data);
  return config.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('triggerConfig: must be JSON text');
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

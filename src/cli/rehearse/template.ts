import { parse } from 'yaml';
import * as z from 'zod';

type Given = Readonly<Record<string, string>>;

/** One function as the template deploys it, with what starts it. */
export interface PlayedFunction {
  /** File without its ending, and the exported name: `dist/functions/poll/index`, `handler`. `failover-poll` is of folder poll. */
  readonly file: string;
  readonly exported: string;
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly timers: readonly { readonly name: string; readonly schedule: string; readonly payload: string }[];
  /** `bus`: EventBridge hands over its events. `queue`: a stream empties a queue that CloudMonitor fills. */
  readonly sources: readonly ('bus' | 'queue')[];
}

/** One queue as the template deploys it, in the words of a fleet file. */
export interface PlayedQueue {
  readonly name: string;
  readonly visibilityTimeout?: number;
  readonly messageRetentionPeriod?: number;
  readonly dlqPolicy?: {
    readonly enabled: boolean;
    readonly deadLetterTargetQueue: string;
    readonly maxReceiveCount: number;
  };
}

const Template = z.object({
  Parameters: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Default: z.union([z.string(), z.number()]).optional() }),
  ),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Condition: z.string().optional(),
      Properties: z.record(z.string(), z.unknown()),
    }),
  ),
});
type Template = z.output<typeof Template>;

const FunctionProperties = z.object({
  FunctionName: z.string(),
  Handler: z.string().regex(/^[\w/-]+\.\w+$/),
  Timeout: z.number(),
  EnvironmentVariables: z.record(z.string(), z.string()),
});
const TriggerProperties = z.object({
  FunctionName: z.string(),
  TriggerName: z.string(),
  TriggerType: z.string(),
  TriggerConfig: z.looseObject({
    cronExpression: z.string().optional(),
    payload: z.string().optional(),
    eventSourceConfig: z.looseObject({ eventSourceType: z.string() }).optional(),
  }),
});
type TriggerProperties = z.output<typeof TriggerProperties>;

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-mns-queue */
const QueueProperties = z.object({
  QueueName: z.string(),
  VisibilityTimeout: z.number().optional(),
  MessageRetentionPeriod: z.number().optional(),
  DlqPolicy: z
    .object({ Enabled: z.boolean(), DeadLetterTargetQueue: z.string(), MaxReceiveCount: z.number() })
    .optional(),
});

/**
 * Reads which functions a template deploys and what starts them.
 *
 * @param given values for the template's parameters and pseudo parameters, before their defaults
 * @throws Error naming the template's part that is not as expected
 */
export function readTemplate(text: string, given: Given): readonly PlayedFunction[] {
  const of = resourcesOf(text, given);
  const triggers = of('ALIYUN::FC3::Trigger', TriggerProperties);
  const prefix = String(parameter('NamePrefix', Template.parse(parse(text)), given));
  return of('ALIYUN::FC3::Function', FunctionProperties).map((properties) =>
    toPlayed(
      properties,
      properties.FunctionName.replace(`${prefix}-`, ''),
      triggers.filter((trigger) => trigger.FunctionName === properties.FunctionName),
    ),
  );
}

/** Reads which queues a template deploys; arguments and errors are those of `readTemplate`. */
export function readQueues(text: string, given: Given): readonly PlayedQueue[] {
  return resourcesOf(text, given)('ALIYUN::MNS::Queue', QueueProperties).map(
    ({ QueueName, VisibilityTimeout, MessageRetentionPeriod, DlqPolicy }) => ({
      name: QueueName,
      visibilityTimeout: VisibilityTimeout,
      messageRetentionPeriod: MessageRetentionPeriod,
      dlqPolicy: DlqPolicy && {
        enabled: DlqPolicy.Enabled,
        deadLetterTargetQueue: DlqPolicy.DeadLetterTargetQueue,
        maxReceiveCount: DlqPolicy.MaxReceiveCount,
      },
    }),
  );
}

/**
 * Answers the template's resources of a type whose condition holds, filled in and checked; arguments and errors are
 * those of `readTemplate`.
 */
export function resourcesOf(
  text: string,
  given: Given,
): <T>(type: string, schema: z.ZodType<T>) => readonly T[] {
  const template = Template.parse(parse(text));
  const resources = Object.values(template.Resources)
    .filter(({ Condition }) => Condition === undefined || holds(Condition, template, given))
    .map(({ Type, Properties }) => ({ type: Type, properties: resolve(Properties, template, given) }));
  return (type, schema) =>
    resources.filter((resource) => resource.type === type).map(({ properties }) => schema.parse(properties));
}

function toPlayed(
  { FunctionName, Handler, Timeout, EnvironmentVariables }: z.output<typeof FunctionProperties>,
  folder: string,
  triggers: readonly TriggerProperties[],
): PlayedFunction {
  const [file = '', exported = ''] = Handler.split('.');
  return {
    file: `dist/functions/${folder}/${file}`,
    exported,
    name: FunctionName,
    timeoutSeconds: Timeout,
    environment: EnvironmentVariables,
    timers: triggers.flatMap(({ TriggerName, TriggerConfig: { cronExpression, payload = '' } }) =>
      cronExpression === undefined ? [] : [{ name: TriggerName, schedule: cronExpression, payload }],
    ),
    sources: triggers.flatMap(({ TriggerConfig: { eventSourceConfig } }) =>
      eventSourceConfig === undefined ? [] : [eventSourceConfig.eventSourceType === 'MNS' ? 'queue' : 'bus'],
    ),
  };
}

/** What `Ref: ALIYUN::NoValue` leaves behind: the property is not there. */
const noValue = Symbol('no value');

/** Fills in `Ref`, `Fn::Sub`, `Fn::If` and the attributes of resources that carry a name of their own. */
function resolve(value: unknown, template: Template, given: Given): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, template, given)).filter(isThere);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument] = []] = Object.entries(value);
  if (key === 'Ref')
    return argument === 'ALIYUN::NoValue' ? noValue : parameter(String(argument), template, given);
  if (key === 'Fn::Sub') {
    return String(argument).replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) =>
      String(parameter(name, template, given)),
    );
  }
  if (key === 'Fn::If' && Array.isArray(argument)) {
    const [condition, then, otherwise] = argument as readonly unknown[];
    return resolve(holds(String(condition), template, given) ? then : otherwise, template, given);
  }
  if (key === 'Fn::GetAtt' && Array.isArray(argument)) {
    const [resource, attribute] = argument.map(String);
    const named = template.Resources[resource ?? '']?.Properties[attribute ?? ''];
    return named === undefined ? `${resource}.${attribute}` : resolve(named, template, given);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, resolve(part, template, given)] as const)
      .filter(([, part]) => isThere(part)),
  );
}

function isThere(value: unknown): boolean {
  return value !== noValue;
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/conditions knows more; the template uses these. */
function holds(condition: unknown, template: Template, given: Given): boolean {
  if (typeof condition === 'string') {
    if (!(condition in template.Conditions)) throw new Error(`template: no condition "${condition}"`);
    return holds(template.Conditions[condition], template, given);
  }
  const [[key, parts] = []] = Object.entries(condition as object);
  const [first, second] = parts as readonly unknown[];
  if (key === 'Fn::Equals') {
    return String(resolve(first, template, given)) === String(resolve(second, template, given));
  }
  if (key === 'Fn::Not') return !holds(first, template, given);
  throw new Error(`template: a condition of ${String(key)}; expected Fn::Equals or Fn::Not`);
}

function parameter(name: string, template: Template, given: Given): string | number | readonly string[] {
  const { Type, Default } = template.Parameters[name] ?? {};
  const found = given[name] ?? Default;
  if (Type === 'CommaDelimitedList')
    return String(found ?? '')
      .split(',')
      .filter((part) => part !== '');
  if (Type === 'Number' && found !== undefined) return Number(found);
  return found === undefined ? `(${name})` : String(found);
}

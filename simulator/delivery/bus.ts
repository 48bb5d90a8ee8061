import { functionKey } from '../core/compute';
import type { Delivery, DeliveryTarget } from '../core/deliveries';
import type { BusRule, BusTarget } from '../core/rules';
import type { World } from '../core/world';
import { fitsPattern } from './pattern';
import { queueOfArn, readStrategy } from './settings';
import { deliveryOf, eventTriggers, inSchema } from './triggers';

type Event = Readonly<Record<string, unknown>>;

/** What the default bus hands over of an event: to the functions' triggers and to the targets of rules. */
export function fromBus(world: World, body: string): readonly Delivery[] {
  const event = JSON.parse(body) as Event;
  const triggers = eventTriggers(world, 'Default').filter(({ trigger: { config } }) =>
    fitsPattern(JSON.parse(String(config['eventRuleFilterPattern'])) as Event, event),
  );
  const rules = [...world.busRules.values()].filter(
    ({ enabled, filterPattern }) => enabled && fitsPattern(filterPattern, event),
  );
  return [
    ...triggers.map((each) => deliveryOf(each, JSON.stringify(inSchema(each.trigger, event)), world.now)),
    ...rules.flatMap((rule) => rule.targets.flatMap((target) => toTarget(world, rule, target, event))),
  ];
}

function toTarget({ now }: World, rule: BusRule, target: BusTarget, event: Event): readonly Delivery[] {
  const where = targetOf(target);
  if (where === undefined) return [];
  const deadLetterQueue = queueOfArn(target.deadLetterQueue);
  return [
    {
      by: rule.name,
      target: where,
      body: bodyFor(target, event),
      retries: readStrategy(target.pushRetryStrategy),
      ...(deadLetterQueue !== undefined && { deadLetterQueue }),
      failures: 0,
      dueAt: now,
    },
  ];
}

/** https://www.alibabacloud.com/help/en/eventbridge/user-guide/event-target-parameters */
function targetOf(target: BusTarget): DeliveryTarget | undefined {
  const { type, endpoint } = target;
  if (type === 'acs.mns.queue') {
    const queue = constant(target, 'queue') ?? queueOfArn(endpoint);
    const inBase64 = /^true$/i.test(constant(target, 'IsBase64Encode') ?? 'false');
    return queue === undefined ? undefined : { kind: 'queue', queue, inBase64 };
  }
  if (!/^acs\.fc/.test(type)) return undefined;
  const [, service, name] = /(?:services\/([^/.]+)[^/]*\/)?functions\/([^/]+)/.exec(endpoint) ?? [];
  const functionName = constant(target, 'functionName') ?? name;
  if (functionName === undefined) return undefined;
  const key = functionKey(constant(target, 'serviceName') ?? service, functionName);
  return { kind: 'function', functionKey: key, asynchronous: false };
}

function constant({ paramList }: BusTarget, key: string): string | undefined {
  return paramList.find(({ resourceKey }) => resourceKey === key)?.value;
}

/** The event as it is, one of its fields (`$.data`), or a text that is always the same. */
function bodyFor({ paramList }: BusTarget, event: Event): string {
  const body = paramList.find(({ resourceKey }) => resourceKey.toLowerCase() === 'body');
  if (body?.form === 'CONSTANT') return body.value ?? '';
  if (body?.form !== 'JSONPATH') return JSON.stringify(event);
  const path = (body.value ?? '$').split('.').slice(1);
  const found = path.reduce<unknown>((value, name) => (value as Event | undefined)?.[name], event);
  return typeof found === 'string' ? found : JSON.stringify(found ?? null);
}

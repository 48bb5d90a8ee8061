import { functionKey, type CloudFunction, type FunctionTrigger } from '../core/compute';
import type { Delivery } from '../core/deliveries';
import type { World } from '../core/world';
import { part, queueOfArn, readStrategy } from './settings';

export interface EventTrigger {
  readonly known: CloudFunction;
  readonly trigger: FunctionTrigger;
}

/** The triggers of type eventbridge that are switched on: on the default bus, or streams of queues. */
export function eventTriggers(world: World, source: 'Default' | 'MNS'): readonly EventTrigger[] {
  return [...world.compute.functions.values()]
    .flatMap((known) => [...known.triggers.values()].map((trigger) => ({ known, trigger })))
    .filter(({ trigger: { type, config } }) => {
      const found = part(config['eventSourceConfig'], 'eventSourceType');
      return type === 'eventbridge' && config['triggerEnable'] !== false && found === source;
    });
}

/** What a trigger's configuration says of a delivery. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/eventbridge-triggers */
export function deliveryOf({ known, trigger }: EventTrigger, body: string, now: number): Delivery {
  const { config, name } = trigger;
  const options = config['runOptions'];
  const deadLetterQueue = queueOfArn(part(part(options, 'deadLetterQueue'), 'arn'));
  return {
    by: name,
    target: {
      kind: 'function',
      functionKey: functionKey(known.service, known.name),
      asynchronous: config['asyncInvocationType'] === true,
    },
    body,
    retries: readStrategy(part(part(options, 'retryStrategy'), 'pushRetryStrategy')),
    ...(deadLetterQueue !== undefined && { deadLetterQueue }),
    failures: 0,
    dueAt: now,
  };
}

/** `RawData` hands over what the event says instead of the event. */
export function inSchema({ config }: FunctionTrigger, event: Readonly<Record<string, unknown>>): unknown {
  const schema = part(part(config['eventSinkConfig'], 'deliveryOption'), 'eventSchema');
  return schema === 'RawData' ? event['data'] : event;
}

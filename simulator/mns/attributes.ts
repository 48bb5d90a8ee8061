import { ApiError } from '../core/call';
import type { Queue, World } from '../core/world';
import { stateOf } from './messages';
import { textOf } from './xml';

/** Range and default of each numeric queue attribute: https://www.alibabacloud.com/help/en/mns/developer-reference/createqueue */
const numericAttributes: Readonly<Record<string, readonly [min: number, max: number, initial: number]>> = {
  DelaySeconds: [0, 604_800, 0],
  MaximumMessageSize: [1024, 65_536, 65_536],
  MessageRetentionPeriod: [60, 604_800, 345_600],
  VisibilityTimeout: [1, 43_200, 30],
  PollingWaitSeconds: [0, 30, 0],
};

/** A new queue's attributes, each as text, the given ones over the defaults. */
export function initialAttributes(given: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = Object.entries(numericAttributes).map(([name, [, , initial]]) => [name, String(initial)]);
  return { ...Object.fromEntries(defaults), LoggingEnabled: 'False', ...given } as Record<string, string>;
}

/** The attributes a `<Queue>` body sets, checked; what it does not name is absent. */
export function readAttributes(element: Record<string, unknown>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, [min, max]] of Object.entries(numericAttributes)) {
    const text = textOf(element, name);
    if (text !== undefined) found[name] = String(readInteger(name, text, min, max));
  }
  const logging = textOf(element, 'LoggingEnabled');
  if (logging !== undefined) found['LoggingEnabled'] = /^true$/i.test(logging) ? 'True' : 'False';
  return found;
}

/** A whole number within its range, or the refusal `InvalidArgument` that says what was expected. */
export function readInteger(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new ApiError(
      400,
      'InvalidArgument',
      `The value of ${name} should be between ${min} and ${max}, not "${text}".`,
    );
  }
  return value;
}

/** All elements of a `<Queue>` answer. The counts are deprecated and documented to become 0, hence the switch. */
export function describeQueue(world: World, queue: Queue): Record<string, string> {
  const count = (state: string) =>
    world.switches['mnsCountsAreZero'] === true
      ? '0'
      : String(queue.messages.filter((message) => stateOf(message, world.now) === state).length);
  const seconds = (ms: number) => String(Math.floor(ms / 1000));
  return {
    QueueName: queue.name,
    CreateTime: seconds(queue.createdAt),
    LastModifyTime: seconds(queue.modifiedAt ?? queue.createdAt),
    ...queue.attributes,
    ActiveMessages: count('visible'),
    InactiveMessages: count('leased'),
    DelayMessages: count('delayed'),
  };
}

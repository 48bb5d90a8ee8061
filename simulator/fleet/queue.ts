import type { Queue } from '../core/world';
import { initialAttributes } from '../mns/attributes';
import type { FleetQueue } from './schema';

/** An empty queue. Attribute names as MNS spells them: https://www.alibabacloud.com/help/en/mns/developer-reference/createqueue */
export function toQueue({ name, dlqPolicy, ...given }: FleetQueue, now: number): Queue {
  const attributes = Object.entries(given).map(([key, value]) => [
    key.charAt(0).toUpperCase() + key.slice(1),
    String(value),
  ]);
  return {
    name,
    attributes: initialAttributes(Object.fromEntries(attributes) as Record<string, string>),
    createdAt: now,
    messages: [],
    ...(dlqPolicy?.enabled && {
      deadLetters: { queue: dlqPolicy.deadLetterTargetQueue, maxReceiveCount: dlqPolicy.maxReceiveCount },
    }),
  };
}

/** What is wrong with the dead-letter policies, a sentence each: the other queue must be there, and be another. */
export function wrongPolicies(queues: ReadonlyMap<string, Queue>): readonly string[] {
  return [...queues.values()].flatMap(({ name, deadLetters }) => {
    if (deadLetters === undefined) return [];
    const others = [...queues.keys()].filter((other) => other !== name);
    if (others.includes(deadLetters.queue)) return [];
    return [
      `queues.${name}.dlqPolicy.deadLetterTargetQueue: found ${deadLetters.queue}; expected another queue: ${others.join(', ') || 'there is none'}`,
    ];
  });
}

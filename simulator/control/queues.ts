import * as z from 'zod';
import type { World } from '../core/world';
import { toQueue, wrongPolicies } from '../fleet/queue';
import { FleetQueue } from '../fleet/schema';
import type { Knock } from './knock';
import { Refusal } from './refusal';

const QueuesRequest = z.strictObject({ queues: z.array(FleetQueue) });

/** Makes queues as a template deploys them; one that is there already gets these attributes and keeps its messages. */
export function putQueues(world: World, { body }: Knock): object {
  const asked = QueuesRequest.parse(body).queues.map((each) => toQueue(each, world.now));
  const queues = new Map([...world.queues, ...asked.map((queue) => [queue.name, queue] as const)]);
  const wrong = wrongPolicies(queues);
  if (wrong.length > 0) throw new Refusal(wrong.join('; '));
  for (const queue of asked) {
    const messages = world.queues.get(queue.name)?.messages ?? [];
    world.queues.set(queue.name, { ...queue, messages });
  }
  return { queues: asked.map(({ name }) => name) };
}

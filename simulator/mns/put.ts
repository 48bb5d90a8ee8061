import type { World } from '../core/world';
import { newMessageId } from './messages';

/** Puts a message into a queue on behalf of another service; false when there is no such queue. */
export function putMessage(world: World, name: string, body: string): boolean {
  const queue = world.queues.get(name);
  if (queue === undefined) return false;
  queue.messages.push({
    id: newMessageId(world),
    body,
    priority: 8,
    enqueuedAt: world.now,
    visibleAt: world.now + Number(queue.attributes['DelaySeconds'] ?? 0) * 1000,
    dequeueCount: 0,
  });
  return true;
}

import type { Queue, World } from '../core/world';
import { pickVisible, removeMessage } from './messages';

/**
 * Moves what would now be received once more than the queue's policy allows. A message keeps its id, its count
 * and the instant from which its retention runs; without the other queue it stays where it is.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/dead-letter-queue
 */
export function moveDeadLetters(world: World, queue: Queue): void {
  const policy = queue.deadLetters;
  const target = policy && world.queues.get(policy.queue);
  if (policy === undefined || target === undefined) return;
  for (const message of pickVisible(queue, queue.messages.length, world.now)) {
    if (message.dequeueCount < policy.maxReceiveCount) continue;
    removeMessage(queue, message);
    target.messages.push(message);
  }
}

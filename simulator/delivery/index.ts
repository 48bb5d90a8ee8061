import type { World } from '../core/world';
import { collectPushes } from '../ecs/pushes';
import { attemptDue } from './attempt';
import { fromBus } from './bus';
import { fromMonitor } from './monitor';
import { fromStreams } from './streams';

/**
 * Hands over what was pushed and what waits in the queues of streams: through rules and triggers, to queues and
 * functions. True when anything was handed over or tried.
 */
export async function deliver(world: World): Promise<boolean> {
  collectPushes(world);
  const pushes = world.pushes.splice(0).sort((a, b) => a.at - b.at);
  for (const { channel, body } of pushes) {
    const made = channel === 'eventbridge' ? fromBus(world, body) : fromMonitor(world, body);
    world.compute.deliveries.push(...made);
  }
  world.compute.deliveries.push(...fromStreams(world));
  return attemptDue(world);
}

import { strike } from '../core/faults';
import type { EcsEvent, World } from '../core/world';

/** Whether an answer has any effect: an event may be announced as one that never clears, or made so by a fault. */
export function clears(world: World, event: EcsEvent, action: string): boolean {
  const struck = strike(world, ['never-clears'], { product: 'ecs', action, subject: event.id });
  return event.clears && struck === undefined;
}

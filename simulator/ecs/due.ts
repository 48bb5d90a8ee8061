import type { EcsEvent, World } from '../core/world';
import { nextRepair, repairDisks } from './damaged-disks';
import { execute } from './platform';
import { release } from './release';

/** Something that the platform does by itself. */
interface Turn {
  readonly at: number;
  readonly take: () => void;
}

/** Does, in order, everything that the platform has planned up to and including `until`. */
export function executeDue(world: World, until: number): void {
  for (;;) {
    const next = nextTurn(world);
    if (next.at > until) return;
    world.now = Math.max(world.now, next.at);
    next.take();
  }
}

/** Of what is due at one instant, repairs come first. */
function nextTurn(world: World): Turn {
  let next: Turn = { at: nextRepair(world), take: () => repairDisks(world) };
  for (const event of world.events.values()) {
    const planned = plannedAt(event);
    if (planned < next.at) next = { at: planned, take: () => execute(world, event, world.now) };
    const released = releasedAt(world, event);
    if (released < next.at) next = { at: released, take: () => releaseOf(world, event) };
  }
  return next;
}

/** A simulated event has no effect on its instance; its end is in its history from the start. */
function plannedAt(event: EcsEvent): number {
  const isWaiting = event.history.at(-1)?.status === 'Scheduled';
  return isWaiting && !event.simulated && event.notBefore !== undefined ? event.notBefore : Infinity;
}

/** The instance is gone once such an event has been carried out. */
function releasedAt(world: World, event: EcsEvent): number {
  if (!event.code.endsWith('.Delete') || !world.instances.has(event.instanceId)) return Infinity;
  return event.history.find(({ status }) => status === 'Executed')?.at ?? Infinity;
}

function releaseOf(world: World, { instanceId }: EcsEvent): void {
  const instance = world.instances.get(instanceId);
  if (instance !== undefined) release(world, instance);
}

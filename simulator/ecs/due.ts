import type { EcsEvent, World } from '../core/world';
import { nextRepair, repairDisks } from './damaged-disks';
import { execute } from './platform';

/** Carries out, in order, every planned event and every repair whose time comes up to and including `until`. */
export function executeDue(world: World, until: number): void {
  for (;;) {
    const [due] = [...world.events.values()]
      .filter((event) => plannedAt(event) <= until)
      .sort((a, b) => plannedAt(a) - plannedAt(b));
    const repairAt = nextRepair(world);
    if (repairAt <= until && repairAt <= (due === undefined ? Infinity : plannedAt(due))) {
      world.now = Math.max(world.now, repairAt);
      repairDisks(world);
      continue;
    }
    if (due === undefined) return;
    world.now = Math.max(world.now, plannedAt(due));
    execute(world, due, world.now);
  }
}

/** A simulated event has no effect on its instance; its end is in its history from the start. */
function plannedAt(event: EcsEvent): number {
  const isWaiting = event.history.at(-1)?.status === 'Scheduled';
  return isWaiting && !event.simulated && event.notBefore !== undefined ? event.notBefore : Infinity;
}

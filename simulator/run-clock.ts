import { setTimeout } from 'node:timers/promises';
import { moveClock, nextInstant } from './control/clock';
import type { FunctionRun } from './core/compute';
import type { World } from './core/world';
import { everywhere } from './core/worlds';
import { playTurn } from './fc/turn';

/** So long nothing is played when nothing is due. */
const breathMs = 200;

/**
 * Lets the cloud's clock run `speed` times as fast as the machine's until it is told to stop, and plays what falls
 * due, each at its own instant of the cloud's clock, even when this machine is late. Every invocation is told, those
 * that were called too.
 */
export async function runClock(
  world: World,
  speed: number,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (run: FunctionRun) => void },
): Promise<void> {
  let from = { cloud: world.now, machine: Date.now() };
  const told = new Map<World, number>();
  while (!signal.aborted) {
    await playTurn(world);
    for (const each of everywhere(world)) {
      for (const run of each.compute.ran.slice(told.get(each) ?? 0)) tell(run);
      told.set(each, each.compute.ran.length);
    }
    const reached = Math.floor(from.cloud + (Date.now() - from.machine) * speed);
    // Whoever moved the clock meanwhile was ahead of us: it runs on from there.
    if (world.now > reached) from = { cloud: world.now, machine: Date.now() };
    const next = nextInstant(world);
    if (next !== undefined && next <= reached) moveClock(world, next);
    else {
      moveClock(world, Math.max(reached, world.now));
      await setTimeout(breathMs);
    }
  }
}

import { setTimeout } from 'node:timers/promises';
import { moveClock, nextInstant } from './control/clock';
import type { FunctionRun } from './core/compute';
import type { World } from './core/world';
import { playTurn } from './fc/turn';

/** So long nothing is played when nothing is due. */
const breathMs = 200;

/**
 * Lets the cloud's clock run `speed` times as fast as the machine's until it is told to stop, and plays what falls
 * due. Everything happens at its own instant of the cloud's clock, even when this machine is late.
 */
export async function runClock(
  world: World,
  speed: number,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (run: FunctionRun) => void },
): Promise<void> {
  const from = { cloud: world.now, machine: Date.now() };
  while (!signal.aborted) {
    for (const run of await playTurn(world)) tell(run);
    const reached = Math.floor(from.cloud + (Date.now() - from.machine) * speed);
    const next = nextInstant(world);
    if (next !== undefined && next <= reached) moveClock(world, next);
    else {
      moveClock(world, Math.max(reached, world.now));
      await setTimeout(breathMs);
    }
  }
}

import type { World, Write } from './world';

/** Counts a call, whether it reads or writes. */
export function recordCall(world: World, product: string, action: string): void {
  const name = `${product}.${action}`;
  world.calls.set(name, (world.calls.get(name) ?? 0) + 1);
}

/** Notes a call that changes something (or tried to) at the cloud's present time. */
export function recordWrite(world: World, write: Omit<Write, 'n' | 'at'>): void {
  world.writes.push({ n: world.writes.length, at: world.now, ...write });
}

import type { World, Write } from './world';

/** Counts a call, whether it reads or writes. */
export function recordCall(world: World, product: string, action: string): void {
  const name = `${product}.${action}`;
  world.calls.set(name, (world.calls.get(name) ?? 0) + 1);
}

/** Counts what a session of a role asked RAM for. */
export function recordUse({ permissionUses }: World, role: string, action: string, isGranted: boolean): void {
  const name = `${role} ${action}`;
  const { granted, refused } = permissionUses.get(name) ?? { granted: 0, refused: 0 };
  permissionUses.set(name, {
    role,
    action,
    granted: granted + (isGranted ? 1 : 0),
    refused: refused + (isGranted ? 0 : 1),
  });
}

/** Notes a call that changes something (or tried to) at the cloud's present time. */
export function recordWrite(world: World, write: Omit<Write, 'n' | 'at'>): void {
  world.writes.push({ n: world.writes.length, at: world.now, ...write });
}

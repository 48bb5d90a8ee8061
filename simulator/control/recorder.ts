import type { World } from '../core/world';
import { everywhere } from '../core/worlds';
import { collectPushes } from '../ecs/pushes';
import type { Knock } from './knock';

/** Every call that changed something or tried to, from number `from` on. */
export function getWrites(world: World, { query }: Knock): object {
  return { writes: world.writes.slice(Number(query.get('from') ?? 0)) };
}

/** How often each API was called, reads included. */
export function getCalls(world: World): object {
  const calls = [...world.calls].map(([name, count]) => {
    const [product, action] = name.split('.');
    return { product, action, count };
  });
  return { calls };
}

/** Which permissions sessions of roles used, and which they lacked, here and in the neighbouring accounts. */
export function getPermissions(world: World): object {
  return { uses: everywhere(world).flatMap(({ permissionUses }) => [...permissionUses.values()]) };
}

/** Hands out and empties the outbox: what the two push channels would deliver by now. */
export function getPushes(world: World): object {
  collectPushes(world);
  return { pushes: world.pushes.splice(0).sort((a, b) => a.at - b.at) };
}

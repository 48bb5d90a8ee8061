import type { PoolLine } from '../steps/slot/pool-lines';
import { note } from './noted';
import type { World } from './ports';

/** A person lets a pool go on that stopped after failures; its next member is a canary again. */
export async function resetPool(
  world: World,
  pool: string,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<void> {
  const line: PoolLine = { kind: 'reset', at: world.now(), by, why };
  await note(world.journals, `pools/${pool}`, () => line);
}

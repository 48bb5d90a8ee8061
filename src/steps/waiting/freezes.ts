import { freezesAt, freezesJournal, readFreezeLines, stops, type Freeze } from '../../run/freezes';
import type { Verdict } from '../../run/run';
import type { Reach, Scene } from '../define-step';
import { atLocal, providerWentFirst } from './window-verdict';

const longestMs = 3600_000;

/** The freezes that hold. */
export async function readFreezes({ journals }: Reach, now: number): Promise<readonly Freeze[]> {
  const { lines } = await journals.read(freezesJournal, 0);
  return freezesAt(readFreezeLines(lines), now);
}

/**
 * The wait that a freeze asks for; undefined when none stops the run. Where the provider has gone first, the run is
 * an emergency whatever its plan says.
 */
export function waitForThaw(
  freezes: readonly Freeze[],
  scene: Pick<Scene, 'now' | 'zone' | 'urgent' | 'event' | 'pool'>,
  pools: readonly string[] = [scene.pool],
): (Verdict & { readonly kind: 'pending' }) | undefined {
  const { now, zone } = scene;
  const urgent = scene.urgent || providerWentFirst(scene);
  const freeze = freezes.find((one) => pools.some((pool) => stops(one, { pool, urgent })));
  if (freeze === undefined) return undefined;
  const again = Math.min(freeze.until ?? Infinity, now + longestMs);
  return { kind: 'pending', again, note: sayFreeze(freeze, zone) };
}

/** `frozen by lin (every pool) until Wed 18 Nov 12:00: sale`. */
export function sayFreeze({ by, pool, hard, until, why }: Freeze, zone: string): string {
  const scope = [pool ?? 'every pool', ...(hard ? ['hard'] : [])].join(', ');
  const end = until === undefined ? '' : ` until ${atLocal(until, zone)}`;
  return `frozen by ${by} (${scope})${end}: ${why}`;
}

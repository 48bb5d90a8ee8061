import type { GroupAbout } from '../../engine/ports';

/** The managed connection draining and what else matters to whoever drains; empty when there is nothing to say. */
export function sayAbout({ drainSeconds, notes }: Pick<GroupAbout, 'drainSeconds' | 'notes'>): string {
  const draining = drainSeconds === undefined ? [] : [`connection draining ${drainSeconds} s, on removal`];
  return [...draining, ...notes].join('; ');
}

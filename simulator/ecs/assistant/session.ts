import type { Instance, World } from '../../core/world';

/** What a script has at hand: whose script it is, and its own time, which its sleeps and transfers move on. */
export interface Session {
  readonly world: World;
  readonly instance: Instance;
  readonly startedAt: number;
  now: number;
}

import type { LogEntry, World } from '../../engine/ports';
import type { Happening } from '../announcements';
import type { Write } from '../front-door';
import type { SimulatedCloud } from '../simulated-cloud';
import type { Runner } from './local-runner';

/** What a story is played with. */
export interface Stage {
  readonly cloud: SimulatedCloud;
  readonly runner: Runner;
  /** For looking at journals; what the program does goes through the runner. */
  readonly world: World;
  readonly queue: string;
  readonly clock: { now: number };
  readonly happenings: readonly Happening[];
  readonly horizonMs: number;
  /** Entries that the program logged since they were last taken. */
  readonly takeLog: () => readonly LogEntry[];
  readonly tell: Teller;
}

/** Where the story is told while it happens. */
export interface Teller {
  happening(at: number, happening: Happening, eventId: string | undefined): void;
  /** What one invocation logged and wrote; false when there is nothing new in it. */
  told(entries: readonly LogEntry[], writes: readonly Write[]): boolean;
  moved(now: number): void;
  /** The provider's own time has come and gone. */
  passed(planned: number): void;
}

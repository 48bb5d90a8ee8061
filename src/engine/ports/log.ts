import type { Millis } from '../../event/system-event';

/** One line of what happened, for people and machines. No secrets. */
export interface LogEntry {
  readonly at: Millis;
  /** `notice`: people are told, nobody need act. `call-someone`: somebody must. `digest`: many things in one entry. */
  readonly kind: 'intake' | 'run' | 'notice' | 'call-someone' | 'warning' | 'sweep' | 'digest';
  readonly text: string;
  readonly run?: string;
  readonly instance?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export type Log = (entry: LogEntry) => void;

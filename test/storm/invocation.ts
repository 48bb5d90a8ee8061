import type { Millis } from '../../src/event/system-event';
import type { OtherFault } from './swarm';

export type InvocationKind = 'receive' | 'advance' | 'poll' | 'person';
export type Death = Extract<OtherFault, `killed-${string}`> | 'timed-out';

/** One running function. It dies at its timeout or when the seed says so, and then nothing of it goes on. */
export interface Invocation {
  /** Also the name under which it writes journals. */
  readonly name: string;
  readonly kind: InvocationKind;
  readonly startedAt: Millis;
  /** Its role's keys are too old: everything is refused. */
  readonly keysExpired: boolean;
  readonly isAlive: () => boolean;
  readonly die: (how: Death) => void;
}

/** As `template.yml` sets it for every function. */
export const timeoutMs = 120_000;
/** What `connect` keeps free at the end for the calls under way. */
export const reserveMs = 20_000;

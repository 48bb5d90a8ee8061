import type { World as SimulatedCloud } from '../../simulator/core/world';
import type { LogEntry } from '../../src/engine/ports';
import type { Millis } from '../../src/event/system-event';
import type { Configuration } from '../../src/playbook/configuration';
import type { Plan, Run } from '../../src/run/run';
import type { Place } from './places';
import type { QueueStand } from './queue';
import type { Swarm } from './swarm';

/** A run as its journal tells it. */
export interface RunView {
  readonly id: string;
  readonly plan: Plan;
  state: Omit<Run, 'plan'>;
  /** The message that was being handled when it got there. */
  by: string;
  readonly startedAt: Millis;
  readonly startedBy: string;
  holdsSlot: boolean;
  /** Set aside after a bug or too many deliveries; nobody carries it on until a signal comes. */
  parked: boolean;
  /** Somebody said a word since; with the next message it is not parked any more. */
  signalled: boolean;
  /** A person skipped a step: what it would have done is theirs. */
  skipped: boolean;
  /** True once somebody was called about the phase it is in. */
  called: boolean;
}

/** An effective write to the cloud's own resources, seen when it takes effect. */
export interface Act {
  readonly at: Millis;
  readonly worker: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  /** The run and step of the worker's newest claim. */
  readonly run?: RunView;
  readonly step?: string;
  /** Weights that it sets. */
  readonly weights: readonly { readonly place: Place; readonly weight: number; readonly before: number }[];
}

/** A line that was appended to a journal. */
export interface JournalLine {
  readonly at: Millis;
  readonly journal: string;
  readonly worker: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly run?: RunView;
}

/** Everything a promise may look at. The cloud is the truth itself, not what a read of it would show. */
export interface Story {
  readonly seed: number;
  readonly cloud: SimulatedCloud;
  readonly configuration: Configuration;
  readonly swarm: Swarm;
  readonly runs: ReadonlyMap<string, RunView>;
  /** Journals of pools, and of the breaker, that let nobody out until a person says so. */
  readonly stopped: ReadonlySet<string>;
  readonly places: readonly Place[];
  readonly queue: QueueStand;
  readonly now: () => Millis;
  /** Since when nothing goes wrong any more; undefined while it may. */
  readonly calmSince: () => Millis | undefined;
  /** Runs that a living invocation has in hand without a message of their own. */
  readonly inHand: (runId: string) => boolean;
}

/** Looks at every thing that happens; each answers with what broke the promise, if it did. */
export interface Watch {
  readonly act?: (act: Act) => string | undefined;
  readonly line?: (line: JournalLine) => string | undefined;
  readonly log?: (entry: LogEntry) => string | undefined;
  readonly sent?: (body: string) => string | undefined;
  /** After every step of the schedule. */
  readonly step?: () => string | undefined;
  readonly end?: () => string | undefined;
}

export interface Promised {
  readonly name: string;
  readonly sentence: string;
  readonly watch: (story: Story) => Watch;
}

/** Calls that answer an event by acting on its instance. */
export const answers: readonly string[] = [
  'RebootInstance',
  'StopInstance',
  'RedeployInstance',
  'AcceptInquiredSystemEvent',
];

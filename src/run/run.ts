import type { Millis, SystemEvent } from '../event/system-event';

/** What a step knows beyond its parameters: facts its claims and acts left behind. Plain JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** Why something did not happen: a code for machines and one sentence for people. */
export interface Reason {
  readonly code: string;
  readonly sentence: string;
}

type OnFail = 'undo' | 'hold' | 'continue';

/** One entry of a plan. `use` names the step type; `parameters` are complete. */
export interface PlanStep {
  readonly id: string;
  readonly use: string;
  readonly parameters: Facts;
  readonly onFail?: OnFail;
  /** From this step's first act on the run is never undone. */
  readonly commit?: true;
  /** How long the step may take from its first look; without it the step waits as long as it must. */
  readonly atMostMs?: number;
}

/** The steps of a playbook with everything filled in for one event. */
export interface Plan {
  readonly playbook: string;
  readonly pool: string;
  /** Of the configuration it was made from, so that a person can tell what was agreed to. */
  readonly digest: string;
  readonly target: { readonly instanceId: string; readonly zone: string; readonly region: string };
  readonly zone: string;
  readonly steps: readonly PlanStep[];
}

type Outcome = 'done' | 'withdrawn' | 'undone' | 'held' | 'infeasible';

/**
 * forward: the steps in order. undoing: what was changed is put back, last step first; `then` is the outcome
 * the run will have. held: waits for a person. ended: nothing is left to do.
 */
export type Phase =
  | { readonly kind: 'forward' }
  | { readonly kind: 'undoing'; readonly then: 'undone' | 'withdrawn'; readonly reason: Reason }
  | { readonly kind: 'held'; readonly reason: Reason }
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly reason?: Reason };

/** One playbook working on one event: a small value that travels in a queue message. */
export interface Run {
  readonly id: string;
  readonly plan: Plan;
  /** As last heard of. */
  readonly event: SystemEvent;
  /** Counts the states the run has been in. */
  readonly revision: number;
  readonly phase: Phase;
  /** Index into `plan.steps` of the step at hand; going down while undoing. */
  readonly step: number;
  readonly stepSince: Millis;
  /** Set by the first act of the step marked `commit`. */
  readonly committed: boolean;
  /** By step id. */
  readonly facts: Readonly<Record<string, Facts>>;
  readonly startedAt: Millis;
  readonly endedAt?: Millis;
}

/**
 * What a step says after a look. `pending.again` is when another look is worth while. `impossible.then`
 * overrules the playbook's `onFail` where only one answer is safe.
 */
export type Verdict =
  | { readonly kind: 'done'; readonly note?: string; readonly facts?: Facts }
  | { readonly kind: 'needed'; readonly note: string }
  | { readonly kind: 'pending'; readonly again: Millis; readonly note: string }
  | {
      readonly kind: 'impossible';
      readonly reason: Reason;
      readonly then?: 'undo' | 'hold' | 'withdraw' | 'infeasible';
    };

export type Signal = { readonly kind: 'event-changed'; readonly event: SystemEvent };

export type Observation =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** The act answered; `facts` are what the step wants to remember of it. */
  | { readonly kind: 'acted'; readonly facts: Facts }
  /** The cloud said no. `tries` counts refusals in a row at this revision, this one included. */
  | {
      readonly kind: 'refused';
      readonly reason: Reason;
      readonly worthRepeating: boolean;
      readonly tries: number;
      readonly retryAt?: Millis;
    }
  | { readonly kind: 'signal'; readonly signal: Signal };

export interface Decision {
  /** The same object when nothing changed; otherwise one revision later. */
  readonly run: Run;
  readonly act: boolean;
  /** When to look again; undefined when nothing is left to do. */
  readonly again?: Millis;
  /** For the timeline: what is so, or what happens next, in one sentence. */
  readonly note: string;
}

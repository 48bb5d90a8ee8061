import type { Site } from '../event/site';
import type { Millis, SystemEvent } from '../event/system-event';
import type { Condition } from './condition';

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
  /** Behind the commit point: when this step fails, the ladder is climbed. */
  readonly climbs?: true;
  /** What was not known when the plan was made; where it does not hold, the step is left out. */
  readonly when?: Condition;
  /** Put there by the plan and not by the playbook: nobody can skip it. */
  readonly frame?: true;
}

/** The steps of a playbook with everything filled in for one event. */
export interface Plan {
  readonly playbook: string;
  readonly pool: string;
  /** Of the configuration it was made from, so that a person can tell what was agreed to. */
  readonly digest: string;
  readonly target: { readonly instanceId: string; readonly zone: string; readonly region: string };
  readonly zone: string;
  /** Where the instance is, and by which role it is reached. Absent: where the functions run. */
  readonly site?: Site;
  readonly steps: readonly PlanStep[];
  /** Steps of the playbook that this event or instance does not ask for. Absent: none. */
  readonly leftOut?: readonly { readonly id: string; readonly onlyIf: string }[];
  /** `now`: an emergency, which waits for no window. Absent in plans of the first version: planned. */
  readonly urgency?: 'planned' | 'now';
  /** Escalating answers, in order, for when a step that `climbs` fails: its rungs. */
  readonly ladder?: readonly PlanStep[];
  /** Most answers this run may give: the first and every rung together. */
  readonly mostAnswers?: number;
  /** A restart that did not clear the event is tried again from the start, no sooner than `afterMs` after it. */
  readonly tryAgain?: { readonly afterMs: number; readonly times: number };
}

export type Outcome = 'done' | 'withdrawn' | 'undone' | 'held' | 'infeasible';

type Forward = { readonly kind: 'forward' };

/**
 * A step behind the commit point failed, and the ladder is climbed. Before each rung the step is looked at once
 * more (`recheck`); if its goal holds by now, the run goes on.
 */
type Climbing = { readonly kind: 'climbing'; readonly at: 'recheck' | 'rung'; readonly reason: Reason };

/**
 * What was changed is put back, last step first. `then` is the outcome the run will have; with `again` it begins
 * anew, and with `held` it waits for a person.
 */
export type Undoing = {
  readonly kind: 'undoing';
  readonly then: Outcome | 'again';
  readonly reason: Reason;
  /** With `held`: when the hold ends by itself. */
  readonly until?: Millis;
};

/**
 * Waits for a person. `back` is where the run goes on once it may: where it stood, or at its `start`.
 * `until` is when the hold ends by itself.
 */
export type Held = {
  readonly kind: 'held';
  readonly reason: Reason;
  readonly back?: Forward | Climbing | Undoing | { readonly kind: 'start' };
  readonly until?: Millis;
};

/** forward: the steps in order. ended: nothing is left to do. */
export type Phase =
  | Forward
  | Climbing
  | Undoing
  | Held
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
  /** Counts the passes through the plan, from 1: a run that begins anew names its commands anew. Absent: 1. */
  readonly round?: number;
  /** Before then the round does not leave its first step. */
  readonly notBefore?: Millis;
  /** Answers given in all rounds, rungs included. Absent: none. */
  readonly answers?: number;
  /** Rungs of the ladder used in this round. Absent: none. */
  readonly rungs?: number;
  /** Set when this round ends in another one, and why. */
  readonly nextRound?: { readonly notBefore: Millis; readonly reason: Reason };
  /** The answer failed and left the instance as it was: it is proved and serves again before the run ends so. */
  readonly failed?: Reason;
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
  | { readonly kind: 'done'; readonly note?: string; readonly facts?: Facts; readonly notice?: string }
  | { readonly kind: 'needed'; readonly note: string }
  | {
      readonly kind: 'pending';
      readonly again: Millis;
      readonly note: string;
      /** Facts that are new since the last look, such as which warnings went out; absent when there are none. */
      readonly facts?: Facts;
      /** What people are to be told with these facts; nobody need act. */
      readonly notice?: string;
    }
  | {
      readonly kind: 'impossible';
      readonly reason: Reason;
      /** What is to be remembered of it, such as what was seen, or that a person has been told. */
      readonly facts?: Facts;
      /**
       * `again`: what was done is put back, and the run begins anew. `finish`: behind the commit point nothing was
       * changed after all; the instance is proved, serves again, and then someone is called.
       */
      readonly then?: 'undo' | 'hold' | 'withdraw' | 'infeasible' | 'again' | 'finish';
    };

/** Who says a thing, and why. */
interface Said {
  readonly by: string;
  readonly why: string;
}

/** A word from outside the run. */
export type Signal =
  | { readonly kind: 'event-changed'; readonly event: SystemEvent }
  /** `digest` is the plan's: what was agreed to. */
  | ({ readonly kind: 'approve' | 'reject'; readonly digest: string } & Said)
  | ({ readonly kind: 'pause' | 'resume' | 'retry' | 'cancel' | 'unfreeze' } & Said)
  | ({ readonly kind: 'skip'; readonly step: string } & Said)
  /** `hard` stops emergencies too; `now` stops behind the call under way and puts nothing back. */
  | ({
      readonly kind: 'freeze';
      /** Of the freeze, so that nobody is told twice. */
      readonly id?: string;
      readonly hard: boolean;
      readonly now: boolean;
      readonly until?: Millis;
    } & Said)
  /** Another run needs the instance more: this one puts back what it did and begins anew. */
  | ({ readonly kind: 'yield'; readonly to: string } & Said)
  /** Another event of the instance, which a step of the run waits for. */
  | { readonly kind: 'later-event'; readonly event: SystemEvent };

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
      /** The account could not be entered: what can be done there can be undone no better. */
      readonly unreachable?: true;
    }
  /** `wasParked`: a bug had stopped the run, and nobody carried it on. */
  | { readonly kind: 'signal'; readonly signal: Signal; readonly wasParked?: boolean }
  /** The hold's own end has come. */
  | { readonly kind: 'time' };

export interface Decision {
  /** The same object when nothing changed; otherwise one revision later. */
  readonly run: Run;
  readonly act: boolean;
  /** When to look again; undefined when nothing is left to do. */
  readonly again?: Millis;
  /** For the timeline: what is so, or what happens next, in one sentence. */
  readonly note: string;
  /** What people are to be told. */
  readonly notice?: string;
}

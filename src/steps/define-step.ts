import type * as z from 'zod';
import type { World } from '../engine/ports';
import type { Millis, SystemEvent } from '../event/system-event';
import type { Facts, Reason, Undoing, Verdict } from '../run/run';

/** What a step may touch: the cloud, and journals (a pool has one). */
export type Reach = Pick<World, 'cloud' | 'journals'>;

/** Where a step stands: everything besides its parameters that its judgement may depend on. */
export interface Scene {
  readonly now: Millis;
  readonly runId: string;
  readonly pool: string;
  readonly stepId: string;
  /** Counts the run's passes through its plan, from 1. */
  readonly round: number;
  /** Before then the round does not leave its first step. */
  readonly notBefore?: Millis;
  /** Of the plan: what people agree to. */
  readonly digest: string;
  /** True for an emergency, which waits for no window. */
  readonly urgent: boolean;
  /** True behind the commit point. */
  readonly committed: boolean;
  /** The answer failed and changed nothing; the instance is only brought back. */
  readonly failed?: Reason;
  /** Why everything is being put back, while it is. */
  readonly undoing?: Pick<Undoing, 'reason' | 'then'>;
  /** When the run came to this step. */
  readonly since: Millis;
  readonly event: SystemEvent;
  readonly target: { readonly instanceId: string; readonly zone: string; readonly region: string };
  /** Zone of the calendar, for times in sentences. */
  readonly zone: string;
  /** What this step's claims and acts left behind; empty before the first. */
  readonly facts: Facts;
  /** Of every step, by id. */
  readonly allFacts: Readonly<Record<string, Facts>>;
}

/** What another step left behind; undefined for a step that the plan does not have. */
export function factsOf({ allFacts }: Scene, step: string | undefined): Facts | undefined {
  return step === undefined ? undefined : allFacts[step];
}

/** Look, judge, act: how a goal is reached, or put back. */
export interface Move<P, S> {
  /** Reads only. */
  look(parameters: P, reach: Reach, scene: Scene): Promise<S>;
  /** Pure: whether the goal holds, an act is needed, it is on its way, or it cannot be. */
  judge(seen: S, parameters: P, scene: Scene): Verdict;
  /** What undoing the act, or recognising it after a crash, will need; made durable before the act. */
  claim?(seen: S, parameters: P, scene: Scene): Facts;
  /** One write. Answers what to remember of it. */
  act(parameters: P, reach: Reach, scene: Scene, seen: S): Promise<Facts>;
}

export interface StepType<P, S, U = unknown> extends Move<P, S> {
  /** Verb and noun, as written after `use:`. */
  readonly type: string;
  /** RAM actions that look, act and undo may call, by RAM's own names. */
  readonly permissions: readonly string[];
  /** Those of `permissions` that a step with these parameters, about an event of that code, needs. Absent: all. */
  needs?(parameters: P, code: string): readonly string[];
  readonly parameters: z.ZodType<P>;
  readonly undo?: Move<P, U>;
}

/** A step type whose kinds of parameters and sights are its own business. */
export interface AnyStep {
  readonly type: string;
  readonly permissions: readonly string[];
  readonly needs?: (parameters: Facts, code: string) => readonly string[];
  readonly forward: AnyMove;
  readonly undo?: AnyMove;
}
export type AnyMove = Move<Facts, unknown>;

/**
 * Makes a step type usable without knowing its types: parameters from a plan are parsed before each use, so
 * that a plan made by another version of the program fails with a clear error and not halfway.
 */
export function defineStep<P, S, U = unknown>(step: StepType<P, S, U>): AnyStep {
  return {
    type: step.type,
    permissions: step.permissions,
    needs: (parameters, code) => step.needs?.(step.parameters.parse(parameters), code) ?? step.permissions,
    forward: parsing(step.parameters, step),
    ...(step.undo && { undo: parsing(step.parameters, step.undo) }),
  };
}

function parsing<P, S>(schema: z.ZodType<P>, move: Move<P, S>): AnyMove {
  const parsed = (parameters: Facts): P => schema.parse(parameters);
  return {
    look: (parameters, reach, scene) => move.look(parsed(parameters), reach, scene),
    judge: (seen, parameters, scene) => move.judge(seen as S, parsed(parameters), scene),
    claim: (seen, parameters, scene) => move.claim?.(seen as S, parsed(parameters), scene) ?? {},
    act: (parameters, reach, scene, seen) => move.act(parsed(parameters), reach, scene, seen as S),
  };
}

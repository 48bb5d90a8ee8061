import type { SystemEvent } from '../../event/system-event';
import type { PlanStep } from '../../run/run';
import type { HealthCheck, Pool, Step } from '../configuration';
import type { SoftDrain } from '../frame';
import type { Places } from '../kinds/traffic';
import type { Answerable } from '../refusals';
import type { Window } from '../window';

/** The instance an event is about, as far as planning needs it. */
export interface Target extends Answerable {
  readonly id: string;
  readonly zone: string;
  readonly localDisks: number;
  readonly spot?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the steps of one plan have in common. */
export interface Context {
  readonly pool: Pool;
  readonly places: Places;
  readonly steps: readonly Step[];
  readonly event: SystemEvent;
  readonly target: Target;
  readonly restartAnswers: boolean;
  readonly beforeCommit: 'undo' | 'hold';
  /** When the work may be done. */
  readonly window: Window;
  /** The playbook has further answers for when the first does not help. */
  readonly hasLadder: boolean;
  /** Weights are lowered ahead of the work; an emergency has no such time. */
  readonly soft?: SoftDrain;
}

/** Beyond the waiting that a playbook asks for: calls, retries, load-balancer locks. */
export const slackMs = 10 * 60_000;

/** A step as its type fills it in: what it adds to the id and the frame of its entry. */
export type Filled = Pick<PlanStep, 'parameters'> & Partial<PlanStep>;

/** An entry of one step type, as the playbook has it. */
export type StepOf<T extends Step['use']> = Step & { readonly use: T };

/** The id of the first step of that type. */
export function idOf(use: Step['use'], { steps }: Pick<Context, 'steps'>): string | undefined {
  return steps.find((step) => step.use === use)?.id;
}

/** The step's permission to empty local disks that nothing has saved. */
export function mayLose({ localData }: { readonly localData?: 'mayBeLost' | undefined }): {
  readonly mayLoseLocalData?: true;
} {
  return localData === undefined ? {} : { mayLoseLocalData: true };
}

/** The names of a pool's health checks. */
export function checksOf({ spec }: Pool): readonly string[] {
  return spec.health.map((check: HealthCheck) => Object.keys(check)[0] ?? '');
}

import { resolve, sayCondition, type Condition } from '../run/condition';
import type { SystemEvent } from '../event/system-event';
import type { Step } from './configuration';
import type { Target } from './fill/context';

/** A step that this event or instance does not ask for, and what would have had to be so. */
export interface LeftOut {
  readonly id: string;
  readonly onlyIf: string;
}

/** What is left of a condition once event and instance are known; undefined where nothing is. */
export function openCondition(
  when: Condition | undefined,
  event: SystemEvent,
  target: Target,
): Condition | boolean {
  return when === undefined ? true : resolve(when, { code: event.code, target });
}

/**
 * The steps that a run may carry out, and those that are left out already. A backup that is left out because there is
 * no local disk is not required either; one that is left out for another reason still is.
 */
export function chooseSteps(
  steps: readonly Step[],
  event: SystemEvent,
  target: Target,
): { readonly steps: readonly Step[]; readonly leftOut: readonly LeftOut[] } {
  const isOut = ({ when }: Step) => openCondition(when, event, target) === false;
  const out = steps.filter(isOut);
  const lapsed = new Set(target.localDisks === 0 ? out.map(({ id }) => id) : []);
  return {
    steps: steps.filter((step) => !isOut(step)).map((step) => withoutBackup(step, lapsed)),
    leftOut: out.map(({ id, when = {} }) => ({ id, onlyIf: sayCondition(when) })),
  };
}

function withoutBackup(step: Step, lapsed: ReadonlySet<string>): Step {
  if (step.use !== 'answer-event' || !lapsed.has(step.with.requireBackup ?? '')) return step;
  const { requireBackup, ...others } = step.with;
  return { ...step, with: others };
}

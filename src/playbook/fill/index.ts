import type { PlanStep } from '../../run/run';
import type { Step } from '../configuration';
import { fillAnswer } from './answer-event';
import { fillAwaitEvent } from './await-event';
import { fillBackup } from './back-up-data';
import { fillHealth } from './check-health';
import { fillDiagnostics } from './collect-diagnostics';
import type { Context, Filled } from './context';
import { openCondition } from '../left-out';
import { fillPrepare, fillRelease, fillRestoreData } from './disks';
import { fillDrain } from './drain-traffic';
import { fillLetGo } from './let-go';
import { fillRestore } from './restore-traffic';
import { fillScript } from './run-script';
import { fillSnapshots } from './snapshot-disks';
import { fillTell } from './tell-someone';

export { whyAnswerUnsaved } from './answer-event';
export { checksOf, type Context, type Target } from './context';

/** One entry of a playbook as the plan carries it: one step, or several where it has several goals. */
export function planStep(step: Step, context: Context): readonly PlanStep[] {
  const onFail = step.onFail ?? (context.beforeCommit === 'hold' ? 'hold' : undefined);
  const when = openCondition(step.when, context.event, context.target);
  const common = {
    id: step.id,
    ...(onFail && { onFail }),
    ...(typeof when === 'object' && { when }),
  };
  const all = fill(step, context);
  // Where an entry has several goals, the one that acts on the world is marked, or is the first.
  const acting = Math.max(
    0,
    all.findIndex(({ commit }) => commit === true),
  );
  return all.map(({ commit, ...filled }, index) => ({
    ...common,
    ...(step.commit && index === acting && { commit: true as const }),
    ...(climbs(step, context) && { climbs: true as const }),
    use: step.use,
    ...filled,
  }));
}

/** A proof behind the commit point: when it fails, another answer is due. Traffic that will not come back is not one. */
function climbs(step: Step, { steps }: Context): boolean {
  const isProof = step.use === 'await-event' && step.with.events === undefined;
  const proves = isProof || step.use === 'check-health';
  const isAnswered = steps.findIndex(({ use }) => use === 'answer-event');
  return proves && step.onFail !== 'continue' && isAnswered >= 0 && steps.indexOf(step) > isAnswered;
}

function fill(step: Step, context: Context): readonly Filled[] {
  switch (step.use) {
    case 'drain-traffic':
      return fillDrain(step, context);
    case 'back-up-data':
      return fillBackup(step, context);
    case 'answer-event':
      return fillAnswer(step, context);
    case 'await-event':
      return fillAwaitEvent(step, context);
    case 'check-health':
      return fillHealth(step, context);
    case 'restore-traffic':
      return fillRestore(step, context);
    case 'let-go':
      return fillLetGo(step);
    case 'run-script':
      return fillScript(step);
    case 'tell-someone':
      return fillTell(step);
    case 'release-disks':
      return fillRelease(step, context);
    case 'prepare-disks':
      return fillPrepare(step, context);
    case 'restore-data':
      return fillRestoreData(step, context);
    case 'collect-diagnostics':
      return fillDiagnostics(step);
    case 'snapshot-disks':
      return fillSnapshots(step);
    default:
      return step satisfies never;
  }
}

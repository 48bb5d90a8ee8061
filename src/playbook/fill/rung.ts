import type { Condition } from '../../run/condition';
import type { Facts, PlanStep } from '../../run/run';
import { diagnosticsOf } from './collect-diagnostics';
import { idOf, mayLose, type Context } from './context';
import { drainOf } from './taking-traffic';
import type { Rung } from '../kinds/rung';
import { openCondition, type LeftOut } from '../left-out';
import { whyNotRedeployed, whyUnsaved } from '../refusals';

/** The rungs that this instance may have, in order. */
export function planLadder(ladder: readonly Rung[], context: Context): readonly PlanStep[] {
  return ladder
    .filter((rung) => rung.use !== 'redeploy-instance' || whyNotRedeployed(context.target) === undefined)
    .filter((rung) => !isUnsaved(rung, context))
    .filter(
      (rung) => !('unless' in rung && rung.unless?.hasLocalDisk === true && context.target.localDisks > 0),
    )
    .map((rung) => ({ rung, when: openCondition(whenOf(rung), context.event, context.target) }))
    .filter(({ when }) => when !== false)
    .map(({ rung, when }, index) => ({
      id: `rung-${index + 1}`,
      use: rung.use,
      ...fill(rung, context),
      ...(typeof when === 'object' && { when }),
    }));
}

/** It would empty local disks that nothing saves: the plan names it among what is left out. */
function isUnsaved(rung: Rung, context: Context): boolean {
  if (rung.use !== 'redeploy-instance' || rung.unless !== undefined) return false;
  const said = { requireBackup: backupOf(context), ...mayLose(rung) };
  return whyUnsaved(said, context.target.localDisks) !== undefined;
}

/** The rungs that wait for a backup which is not made, and what would have had to be so. */
export function unsavedRungs(ladder: readonly Rung[], context: Context): readonly LeftOut[] {
  const onlyIf = 'a back-up-data step saves its local disks, or localData: mayBeLost';
  return ladder.filter((rung) => isUnsaved(rung, context)).map(({ use }) => ({ id: use, onlyIf }));
}

function whenOf(rung: Rung): Condition | undefined {
  return 'when' in rung ? rung.when : undefined;
}

type Filled = Pick<PlanStep, 'parameters' | 'commit' | 'atMostMs'>;

function fill(rung: Rung, context: Context): Filled {
  switch (rung.use) {
    case 'restart-instance': {
      const answer = idOf('answer-event', context);
      return disruptive(rung, context, { answer, afterMs: rung.after }, rung.after);
    }
    case 'stop-start-instance':
      return disruptive(rung, context, {});
    case 'redeploy-instance':
      return disruptive(rung, context, { requireBackup: backupOf(context), ...mayLose(rung) });
    case 'collect-diagnostics':
      return diagnosticsOf(rung.with);
    case 'call-someone':
      return { parameters: {} };
    default:
      return rung satisfies never;
  }
}

function disruptive(
  { atMost, forceStop }: Exclude<Rung, { readonly use: 'call-someone' | 'collect-diagnostics' }>,
  context: Context,
  more: Facts,
  waitMs = 0,
): Filled {
  const drain = drainOf(context);
  const parameters = { places: context.places, forceStop, drain, ...more };
  return { parameters, commit: true, atMostMs: atMost + waitMs };
}

/** What the playbook saves must have been saved before a redeployment empties the local disks. */
function backupOf({ steps }: Context): string | undefined {
  const answer = steps.find((step) => step.use === 'answer-event');
  return answer?.with.requireBackup ?? idOf('back-up-data', { steps });
}

import { parkedIn } from '../../engine/run-journal';
import { stepAtHand } from '../../run/moves';
import { approvalStep } from '../../run/ask-anew';
import type { ReadRun } from './find-run';

/** What a person can say to a run that waits for one, as commands. */
export function adviceFor({ run, tail }: ReadRun): readonly string[] {
  const { id, phase, plan, committed } = run;
  const say = (verb: string, effect: string) => `ecs-failover ${verb} --why …   ${effect}`;
  if (parkedIn(tail) !== undefined) return [say(`runs retry ${id}`, 'goes on, once the bug is mended')];
  if (stepAtHand(run)?.use === approvalStep && phase.kind !== 'held') return answers(id);
  if (phase.kind !== 'held') return [];
  const cancel = committed
    ? say(`runs cancel ${id}`, 'ends it as held; nothing is put back')
    : say(`runs cancel ${id}`, 'puts everything back and ends it');
  const step = stepAtHand(run);
  switch (phase.reason.code) {
    case 'frozen':
      return [
        say('unfreeze', 'lets everything go on'),
        say(`runs resume ${id}`, 'lets this run go on alone'),
        cancel,
      ];
    case 'paused':
      return [say(`runs resume ${id}`, 'goes on where it stood'), cancel];
    case 'no-answer':
      return [...answers(id), cancel];
    case 'undo-failed':
      return [
        say(`runs retry ${id}`, 'puts back the rest, once it can be'),
        say(`runs cancel ${id}`, 'ends it as held, once you have put it back by hand'),
      ];
    default:
      return [
        say(`runs retry ${id}`, 'tries again where it stood'),
        ...(step === undefined || step.frame === true || plan.steps.length === 0
          ? []
          : [say(`runs skip ${id} ${step.id}`, 'goes on without this step')]),
        cancel,
      ];
  }
}

function answers(id: string): readonly string[] {
  return [
    `ecs-failover approve ${id} --why …   says yes to the plan`,
    `ecs-failover reject ${id} --why …   ends the run`,
  ];
}

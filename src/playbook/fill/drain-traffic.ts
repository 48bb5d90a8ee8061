import { slackMs, type Context, type Filled, type StepOf } from './context';
import { beforeDrain } from './taking-traffic';

/** Taking the traffic away and waiting until it is gone are two goals, and so two steps. */
export function fillDrain(step: StepOf<'drain-traffic'>, context: Context): readonly Filled[] {
  const { places, pool } = context;
  const { how, weight, masterSlave, quiet, atMost, notQuiet } = step.with;
  const atMostMs = Math.max(atMost, slackMs);
  if (how === 'lower') {
    return [{ use: 'soften-traffic', parameters: { places, percent: weight }, atMostMs }];
  }
  const { allowLast } = pool.spec.guard;
  const after = beforeDrain(context);
  const more = { ...(after.length > 0 && { after }) };
  const drain = { parameters: { places, how, masterSlave, allowLast, ...more }, atMostMs };
  if (quiet === undefined) return [drain];
  const { by, activeConnectionsBelow: below, for: holdMs } = quiet;
  return [
    drain,
    {
      id: `${step.id}-quiet`,
      use: 'await-quiet',
      parameters: { by, below, holdMs, atMostMs: atMost, notQuiet },
    },
  ];
}

import { slackMs, type Context, type Filled, type StepOf } from './context';
import { drainOf, loweredBy } from './taking-traffic';

export function fillRestore(step: StepOf<'restore-traffic'>, context: Context): readonly Filled[] {
  const ramp = step.with.ramp.map(({ weight, hold = 0 }) => ({ percent: weight, holdMs: hold }));
  const atMostMs = step.with.atMost ?? ramp.reduce((sum, { holdMs }) => sum + holdMs, slackMs);
  const requireHealth = context.pool.spec.health.some((check) => 'loadBalancer' in check);
  const lowered = loweredBy(context);
  const { flaps, abortIf = [] } = step.with;
  const alarms = [abortIf].flat().map(({ cloudMonitorAlarm }) => cloudMonitorAlarm);
  const parameters = {
    drain: drainOf(context),
    ...(lowered.length > 0 && { lowered }),
    places: context.places,
    ramp,
    requireHealth,
    atMostMs,
    ...(alarms.length > 0 && { alarms }),
    ...(flaps && { mostFlaps: flaps.most }),
  };
  return [{ parameters }];
}

import { checksOf, type Context, type Filled, type StepOf } from './context';

export function fillHealth(step: StepOf<'check-health'>, { pool, places }: Context): readonly Filled[] {
  return [{ parameters: { checks: checksOf(pool), places, atMostMs: step.with.atMost } }];
}

import { slotOf } from '../frame';
import type { Context, Filled, StepOf } from './context';
import { drainOf } from './taking-traffic';

export function fillAnswer(step: StepOf<'answer-event'>, context: Context): readonly Filled[] {
  const { forceStop, requireBackup, atMost } = step.with;
  const { places, restartAnswers } = context;
  const drain = drainOf(context);
  const slot = slotOf(context.soft);
  const parameters = { places, forceStop, requireBackup, restartAnswers, drain, slot };
  return [{ parameters, atMostMs: atMost }];
}

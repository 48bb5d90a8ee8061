import { idOf, type Context, type Filled, type StepOf } from './context';

export function fillAwaitEvent(step: StepOf<'await-event'>, context: Context): readonly Filled[] {
  const { states, atMost } = step.with;
  return [{ parameters: { states, atMostMs: atMost, answer: idOf('answer-event', context) } }];
}

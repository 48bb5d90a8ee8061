import type { Filled, StepOf } from './context';

export function fillLetGo(step: StepOf<'let-go'>): readonly Filled[] {
  return [{ parameters: { waitMs: step.with.wait } }];
}

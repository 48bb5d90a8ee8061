import type { Filled, StepOf } from './context';

export function fillTell(step: StepOf<'tell-someone'>): readonly Filled[] {
  return [{ parameters: { beforeMs: step.with.before } }];
}

import type { Filled, StepOf } from './context';

const dayMs = 24 * 3600_000;

export function fillSnapshots(step: StepOf<'snapshot-disks'>): readonly Filled[] {
  const { keep, atMost } = step.with;
  const parameters = keep === undefined ? {} : { retentionDays: Math.ceil(keep / dayMs) };
  return [{ parameters, atMostMs: atMost }];
}

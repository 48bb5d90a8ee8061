import type { Context, Filled, StepOf } from './context';

export function fillBackup(step: StepOf<'back-up-data'>, { event }: Context): readonly Filled[] {
  const { paths, to, role, atMost } = step.with;
  const endpoint = `oss-${event.region}-internal.aliyuncs.com`;
  return [{ parameters: { paths, to, role, endpoint, atMostMs: atMost } }];
}

import type { Context, Filled, StepOf } from './context';

export function fillBackup(step: StepOf<'back-up-data'>, context: Context): readonly Filled[] {
  const { atMost, ...words } = step.with;
  return [{ parameters: { ...words, endpoint: ossHost(context), atMostMs: atMost } }];
}

/** Reached from instances of the region without public traffic. */
export function ossHost({ event }: Context): string {
  return `oss-${event.region}-internal.aliyuncs.com`;
}

import { softenId } from '../frame';
import { standbyOf } from '../scaling-frame';
import type { Context } from './context';

/** The id of the step that takes the traffic away; one that only lowers weights does not. */
export function drainOf({ steps }: Pick<Context, 'steps'>): string | undefined {
  return steps.find((step) => step.use === 'drain-traffic' && step.with.how !== 'lower')?.id;
}

/** Steps that may have taken weight before the drain does, the earliest first. */
export function beforeDrain(context: Context): readonly string[] {
  const standby = standbyOf(context.pool, context.steps);
  return [...loweredBy(context).map(({ step }) => step), ...(standby === undefined ? [] : [standby])];
}

/** The steps that lower weights, the earliest first, each with the share that it leaves. */
export function loweredBy({
  steps,
  soft,
}: Context): readonly { readonly step: string; readonly percent: number }[] {
  const ahead = soft === undefined ? [] : [{ step: softenId, percent: soft.weight }];
  const own = steps.flatMap((step) =>
    step.use === 'drain-traffic' && step.with.how === 'lower' && step.with.weight !== undefined
      ? [{ step: step.id, percent: step.with.weight }]
      : [],
  );
  return [...ahead, ...own];
}

import type { Facts, PlanStep } from '../run/run';
import type { HealthCheck, Pool, Step } from './configuration';
import { slotOf, softenId, type SoftDrain } from './frame';
import type { Places } from './kinds/traffic';
import { standbyOf } from './scaling-frame';

/** What the steps of one plan have in common. */
export interface Context {
  readonly pool: Pool;
  readonly places: Places;
  readonly steps: readonly Step[];
  readonly region: string;
  readonly restartAnswers: boolean;
  readonly beforeCommit: 'undo' | 'hold';
  /** Weights are lowered ahead of the work; an emergency has no such time. */
  readonly soft?: SoftDrain;
}

/** Beyond the waiting that a playbook asks for: calls, retries, load-balancer locks. */
const slackMs = 10 * 60_000;

/** One entry of a playbook as the plan carries it: one step, or several where it has several goals. */
export function planStep(step: Step, context: Context): readonly PlanStep[] {
  const onFail = step.onFail ?? (context.beforeCommit === 'hold' ? 'hold' : undefined);
  const common = { id: step.id, ...(onFail && { onFail }) };
  return fill(step, context).map((filled, index) => ({
    ...common,
    // Where an entry has several goals, the first is the one that acts on the world.
    ...(step.commit && index === 0 && { commit: true as const }),
    ...(climbs(step, context) && { climbs: true as const }),
    use: step.use,
    ...filled,
  }));
}

/** A proof behind the commit point: when it fails, another answer is due. Traffic that will not come back is not one. */
function climbs(step: Step, { steps }: Context): boolean {
  const proves = step.use === 'await-event' || step.use === 'check-health';
  const isAnswered = steps.findIndex(({ use }) => use === 'answer-event');
  return proves && step.onFail !== 'continue' && isAnswered >= 0 && steps.indexOf(step) > isAnswered;
}

type Filled = Pick<PlanStep, 'parameters'> & Partial<PlanStep>;

function fill(step: Step, context: Context): readonly Filled[] {
  const { places, pool } = context;
  switch (step.use) {
    case 'drain-traffic':
      return fillDrain(step, context);
    case 'back-up-data': {
      const { paths, to, role, atMost } = step.with;
      const endpoint = `oss-${context.region}-internal.aliyuncs.com`;
      return [{ parameters: { paths, to, role, endpoint, atMostMs: atMost } }];
    }
    case 'answer-event': {
      const { forceStop, requireBackup, atMost } = step.with;
      const drain = drainOf(context);
      const { restartAnswers } = context;
      const parameters = {
        places,
        forceStop,
        requireBackup,
        restartAnswers,
        drain,
        slot: slotOf(context.soft),
      };
      return [{ parameters, atMostMs: atMost }];
    }
    case 'await-event': {
      const { states, atMost } = step.with;
      return [{ parameters: { states, atMostMs: atMost, answer: idOf('answer-event', context) } }];
    }
    case 'check-health':
      return [{ parameters: { checks: checksOf(pool), places, atMostMs: step.with.atMost } }];
    case 'restore-traffic':
      return [{ parameters: fillRestore(step, context) }];
    default:
      return step satisfies never;
  }
}

/** Taking the traffic away and waiting until it is gone are two goals, and so two steps. */
function fillDrain(step: Step & { use: 'drain-traffic' }, context: Context): readonly Filled[] {
  const { places, pool } = context;
  const { how, weight, masterSlave, quiet, atMost, notQuiet } = step.with;
  const atMostMs = Math.max(atMost, slackMs);
  if (how === 'lower') {
    return [{ use: 'soften-traffic', parameters: { places, percent: weight }, atMostMs }];
  }
  const { allowLast } = pool.spec.guard;
  const after = beforeDrain(context);
  const more = { ...(after.length > 0 && { after }) };
  const drain = { parameters: { places, how, masterSlave, allowLast, ...more }, atMostMs };
  if (quiet === undefined) return [drain];
  const { by, activeConnectionsBelow: below, for: holdMs } = quiet;
  return [
    drain,
    {
      id: `${step.id}-quiet`,
      use: 'await-quiet',
      parameters: { by, below, holdMs, atMostMs: atMost, notQuiet },
    },
  ];
}

function fillRestore(step: Step & { use: 'restore-traffic' }, context: Context): Facts {
  const ramp = step.with.ramp.map(({ weight, hold = 0 }) => ({ percent: weight, holdMs: hold }));
  const atMostMs = step.with.atMost ?? ramp.reduce((sum, { holdMs }) => sum + holdMs, slackMs);
  const requireHealth = context.pool.spec.health.some((check) => 'loadBalancer' in check);
  const lowered = loweredBy(context);
  const { flaps, abortIf = [] } = step.with;
  const alarms = [abortIf].flat().map(({ cloudMonitorAlarm }) => cloudMonitorAlarm);
  return {
    drain: drainOf(context),
    ...(lowered.length > 0 && { lowered }),
    places: context.places,
    ramp,
    requireHealth,
    atMostMs,
    ...(alarms.length > 0 && { alarms }),
    ...(flaps && { mostFlaps: flaps.most }),
  };
}

/** The id of the step that takes the traffic away; one that only lowers weights does not. */
export function drainOf({ steps }: Pick<Context, 'steps'>): string | undefined {
  return steps.find((step) => step.use === 'drain-traffic' && step.with.how !== 'lower')?.id;
}

/** Steps that may have taken weight before the drain does, the earliest first. */
function beforeDrain(context: Context): readonly string[] {
  const standby = standbyOf(context.pool, context.steps);
  return [...loweredBy(context).map(({ step }) => step), ...(standby === undefined ? [] : [standby])];
}

/** The steps that lower weights, the earliest first, each with the share that it leaves. */
function loweredBy({ steps, soft }: Context): readonly { readonly step: string; readonly percent: number }[] {
  const ahead = soft === undefined ? [] : [{ step: softenId, percent: soft.weight }];
  const own = steps.flatMap((step) =>
    step.use === 'drain-traffic' && step.with.how === 'lower' && step.with.weight !== undefined
      ? [{ step: step.id, percent: step.with.weight }]
      : [],
  );
  return [...ahead, ...own];
}

/** The id of the first step of that type. */
export function idOf(use: Step['use'], { steps }: Pick<Context, 'steps'>): string | undefined {
  return steps.find((step) => step.use === use)?.id;
}

/** The names of a pool's health checks. */
export function checksOf({ spec }: Pool): readonly string[] {
  return spec.health.map((check: HealthCheck) => Object.keys(check)[0] ?? '');
}

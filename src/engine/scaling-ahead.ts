import type { Plan } from '../run/run';
import { readScaling, scalingUnderWay, type ScalingState } from '../steps/scaling/state';
import { sayLeft } from '../steps/scaling/standby';
import type { ScalingGroup, World } from './ports';

/** How Auto Scaling stands to the instance of a plan. */
export interface ScalingAhead extends ScalingState {
  /** Read where the plan would put the instance into Standby. */
  readonly standby?: ScalingGroup;
}

/** Empty where the pool ignores Auto Scaling. */
export async function lookAtScaling(world: World, plan: Plan): Promise<ScalingAhead> {
  const idle = plan.steps.find(({ use }) => use === 'await-idle')?.parameters;
  if (idle?.['scaling'] !== true) return {};
  const state = await readScaling(world, plan);
  if (state.member === undefined || !plan.steps.some(({ use }) => use === 'enter-standby')) return state;
  const standby = await world.cloud.scaling.group(state.member.group);
  return { ...state, ...(standby && { standby }) };
}

/** Who does what, in one sentence; undefined for an instance that no group owns, or where nobody asks. */
export function sayScaling(ahead: ScalingAhead): string | undefined {
  const { member, activity, standby } = ahead;
  if (member === undefined) return undefined;
  const { group, lifecycle } = member;
  const busy = scalingUnderWay(ahead);
  const waits = busy === undefined ? '' : `; waits for ${busy}`;
  if (lifecycle !== 'InService')
    return `is ${lifecycle} in ${group}, which is left so${activity ? waits : ''}`;
  return standby === undefined
    ? `${group} counts it as in service, and does not replace it while it is out${waits}`
    : `${group} sets its weights itself, to 0 and back to its own: what was there is set again${sayLeft(standby)}${waits}`;
}

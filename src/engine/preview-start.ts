import type { Millis, SystemEvent } from '../event/system-event';
import { windowState, type Window, type WindowState } from '../playbook/window';
import { whyNotSooner } from '../playbook/why-not-sooner';
import type { Plan } from '../run/run';

/** When a run would begin, and why not sooner. */
export interface Start {
  /** Of the work. `now`: an emergency, which waits for no window. */
  readonly window: WindowState | { readonly kind: 'now' };
  /** To which share weights are lowered ahead of the work, in percent, and from when on. */
  readonly softDrain?: { readonly percent: number; readonly from: Millis };
  /** One sentence a reason; empty when nothing has to be waited for. */
  readonly whyNotSooner: readonly string[];
}

/** Works out from its plan when a run would begin. Pure. */
export function startOf(plan: Plan, event: SystemEvent, now: Millis): Start {
  const slot = plan.steps.find(({ use }) => use === 'take-slot')?.parameters ?? {};
  const window = slot['window'] as Window;
  const { aheadMs = 0, ...work } = window;
  const { calendar, neededMs } = window;
  if (plan.urgency === 'now') return { window: { kind: 'now' }, whyNotSooner: [] };
  const state = windowState(window, event.notBefore, now);
  if (aheadMs === 0 || state.kind === 'none') {
    const from = state.kind === 'later' ? state.at : now;
    return { window: state, whyNotSooner: whyNotSooner(calendar, { now, neededMs, from }) };
  }
  const from = state.kind === 'later' ? state.at : now;
  const start = workBehind(work, event.notBefore, from, from + aheadMs);
  const earliest = now + (start.kind === 'later' ? start.at - from : 0);
  const until = start.kind === 'later' ? start.at : now;
  const soften = plan.steps.find(({ use }) => use === 'soften-traffic')?.parameters ?? {};
  return {
    window: start,
    softDrain: { percent: Number(soften['percent']), from },
    whyNotSooner: whyNotSooner(calendar, { now: earliest, neededMs, from: until }),
  };
}

/** The work behind the whole soft drain; where that does not fit, as soon as the window allows. */
function workBehind(work: Window, notBefore: Millis | undefined, from: Millis, behind: Millis): WindowState {
  const then = windowState(work, notBefore, behind);
  if (then.kind !== 'open') return windowState(work, notBefore, from);
  const { until, ...named } = then;
  return { ...named, kind: 'later', at: behind };
}

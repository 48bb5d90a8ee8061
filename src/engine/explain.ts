import type { Millis } from '../event/system-event';
import { lastSafeMoment, windowState, type Window, type WindowState } from '../playbook/window';
import { whyNotSooner } from '../playbook/why-not-sooner';
import { isEmergency } from '../run/emergency';
import { stops, type Freeze } from '../run/freezes';
import { stepAtHand } from '../run/moves';
import type { Run, Signal, Verdict } from '../run/run';
import { attempt } from './act';
import { freezesNow } from './freeze';
import { moveOf, sceneOf, type StepTypes } from './hop';
import type { World } from './ports';
import { openClaim, parkedIn, type Tail } from './run-journal';
import { untakenWords } from './tell';

/** Why a run does now what it does, and what it waits for. Nothing is written to find out. */
export interface Explanation {
  /** What the step at hand says when it is looked at now; absent where no step is to be looked at. */
  readonly verdict?: Verdict;
  /** The cloud refused the look. */
  readonly refusal?: string;
  /** Somebody is acting, or died acting: nobody else acts until then. */
  readonly actingUntil?: Millis;
  /** Why nobody carries the run on until a person says so. */
  readonly parked?: string;
  /** Words that the run takes next. */
  readonly untaken: readonly Signal[];
  /** Freezes that hold the run back, or would, were it not past its commit point. */
  readonly freezes: readonly Freeze[];
  readonly window?: WindowState;
  /** One sentence a reason; empty when no window is waited for. */
  readonly whyNotSooner: readonly string[];
  readonly lastSafeMoment?: Millis;
}

/** Looks at the step at hand as the next hop would, and judges it by the same rules. Reads only. */
export async function explain(
  world: World,
  steps: StepTypes,
  { run, tail }: { readonly run: Run; readonly tail: Tail },
): Promise<Explanation> {
  const now = world.now();
  const freezes = (await freezesNow(world)).filter((one) =>
    stops(one, { pool: run.plan.pool, urgent: isEmergency(run) }),
  );
  const claim = openClaim(tail, run.revision);
  const parked = parkedIn(tail);
  return {
    untaken: untakenWords(tail),
    freezes,
    whyNotSooner: [],
    ...(claim !== undefined && claim.until > now && { actingUntil: claim.until }),
    ...(parked !== undefined && { parked: parked.reason }),
    ...windowOf(run, now),
    ...(await lookNow(world, steps, run)),
  };
}

async function lookNow(
  world: World,
  steps: StepTypes,
  run: Run,
): Promise<Pick<Explanation, 'verdict' | 'refusal'>> {
  const step = stepAtHand(run);
  const move = step && run.phase.kind !== 'held' ? moveOf(steps, run, step) : undefined;
  if (step === undefined || move === undefined) return {};
  const scene = sceneOf(run, step, world.now());
  const looked = await attempt(() => move.look(step.parameters, world, scene));
  if (looked.kind === 'refused') return { refusal: `${looked.error.code}: ${looked.error.message}` };
  return { verdict: move.judge(looked.value, step.parameters, scene) };
}

/** Until the slot is taken the window decides; afterwards nobody asks any more. */
function windowOf(
  { plan, event, step }: Run,
  now: Millis,
): Pick<Explanation, 'window' | 'lastSafeMoment'> & Partial<Pick<Explanation, 'whyNotSooner'>> {
  const slot = plan.steps.findIndex(({ use }) => use === 'take-slot');
  const window = plan.steps[slot]?.parameters['window'] as Window | undefined;
  if (window === undefined || step > slot) return {};
  const state = windowState(window, event.notBefore, now);
  const from = state.kind === 'later' ? state.at : now;
  const lastSafe = lastSafeMoment(window, event.notBefore);
  return {
    window: state,
    whyNotSooner: whyNotSooner(window.calendar, { now, neededMs: window.neededMs, from }),
    ...(lastSafe !== undefined && { lastSafeMoment: lastSafe }),
  };
}

import type { Millis } from '../event/system-event';
import { inOrder } from '../playbook/turn';
import { lastSafeMoment, windowState, type Window, type WindowState } from '../playbook/window';
import { whyNotSooner } from '../playbook/why-not-sooner';
import { isEmergency } from '../run/emergency';
import { stops, type Freeze } from '../run/freezes';
import { stepAtHand } from '../run/moves';
import type { PlanStep, Run, Signal, Verdict } from '../run/run';
import { readLedger } from '../steps/slot/pool-ledger';
import { attempt } from './act';
import { freezesNow } from './freeze';
import { moveOf, sceneOf, type StepTypes } from './hop';
import type { World } from './ports';
import { openClaim, parkedIn, type Tail } from './run-journal';
import { untakenWords } from './tell';
import { worldOf } from './world-of';

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
  /** So long ahead of that window weights are lowered: `window.at` is when that begins. */
  readonly aheadMs?: number;
  /** What the step that takes a slot would say at the next opening, if nothing else changed until then. */
  readonly slotThen?: Verdict;
  /** Place in the pool's line, from 1, of so many that wait. */
  readonly line?: { readonly place: number; readonly of: number };
}

/** Looks at the step at hand as the next hop would, and judges it by the same rules. Reads only. */
export async function explain(
  world: World,
  steps: StepTypes,
  { run, tail }: { readonly run: Run; readonly tail: Tail },
): Promise<Explanation> {
  const now = world.now();
  const here = worldOf(world, run.plan.site);
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
    ...(await lookNow(here, steps, run)),
    ...(await lookAhead(here, steps, run)),
  };
}

/** The slot is what a run waits for longest: it is looked at before its turn has come. */
async function lookAhead(
  world: World,
  steps: StepTypes,
  run: Run,
): Promise<Pick<Explanation, 'slotThen' | 'line'>> {
  const { step, window } = slotOf(run);
  if (step === undefined) return {};
  const { holders, line } = await readLedger(world.journals, run.plan.pool);
  const ordered = inOrder(line, holders);
  const index = ordered.findIndex((one) => one.run === run.id);
  const state = window && windowState(window, run.event.notBefore, world.now());
  const then = state?.kind === 'later' ? state.at : world.now();
  const isAhead = run.phase.kind === 'forward' && stepAtHand(run)?.id !== step.id;
  const verdict = isAhead ? await lookAt(world, steps, run, step, then) : {};
  return {
    ...(index >= 0 && { line: { place: index + 1, of: line.length } }),
    ...(verdict.verdict && { slotThen: verdict.verdict }),
  };
}

async function lookNow(
  world: World,
  steps: StepTypes,
  run: Run,
): Promise<Pick<Explanation, 'verdict' | 'refusal'>> {
  const step = stepAtHand(run);
  return step === undefined || run.phase.kind === 'held' ? {} : lookAt(world, steps, run, step, world.now());
}

async function lookAt(
  world: World,
  steps: StepTypes,
  run: Run,
  step: PlanStep,
  at: Millis,
): Promise<Pick<Explanation, 'verdict' | 'refusal'>> {
  const move = moveOf(steps, run, step);
  if (move === undefined) return {};
  const scene = sceneOf(run, step, at);
  const looked = await attempt(() => move.look(step.parameters, world, scene));
  if (looked.kind === 'refused') return { refusal: `${looked.error.code}: ${looked.error.message}` };
  return { verdict: move.judge(looked.value, step.parameters, scene) };
}

/** Until the slot is taken the window decides; afterwards nobody asks any more. */
function windowOf(
  run: Run,
  now: Millis,
): Pick<Explanation, 'window' | 'lastSafeMoment' | 'aheadMs'> & Partial<Pick<Explanation, 'whyNotSooner'>> {
  const { window } = slotOf(run);
  const { event } = run;
  if (window === undefined) return {};
  const state = windowState(window, event.notBefore, now);
  const { aheadMs = 0 } = window;
  const from = state.kind === 'later' ? state.at + aheadMs : now;
  const lastSafe = lastSafeMoment(window, event.notBefore);
  return {
    window: state,
    whyNotSooner: whyNotSooner(window.calendar, {
      now: Math.min(now + aheadMs, from),
      neededMs: window.neededMs,
      from,
    }),
    ...(lastSafe !== undefined && { lastSafeMoment: lastSafe }),
    ...(aheadMs > 0 && { aheadMs }),
  };
}

/** The step that takes the slot, and its window; nothing once the run is past it. */
function slotOf({ plan, step }: Run): { readonly step?: PlanStep; readonly window?: Window } {
  const index = plan.steps.findIndex(({ use }) => use === 'take-slot');
  const slot = step > index ? undefined : plan.steps[index];
  const window = slot?.parameters['window'] as Window | undefined;
  return { ...(slot && { step: slot }), ...(window && { window }) };
}

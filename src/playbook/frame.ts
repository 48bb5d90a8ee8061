import type { Facts, PlanStep } from '../run/run';
import type { Pool, Timing } from './configuration';
import type { Places } from './kinds/traffic';
import type { Match } from './match';
import { placesOf } from './places';
import { betweenScaling } from './scaling-frame';
import type { Window } from './window';

const slotId = 'slot';

export type SoftDrain = NonNullable<Timing['softDrain']>;
const approvalId = 'approval';
/** The step that lowers weights ahead of the work, and the one that waits for the window of the work itself. */
export const softenId = 'soften';
const openingId = 'opening';

/** The step whose facts hold the moment by which the event must have been answered. */
export function slotOf(soft: SoftDrain | undefined): string {
  return soft === undefined ? slotId : openingId;
}

/** What every run does around the steps of its playbook; `soft` where weights are lowered ahead of them. */
export function framed(
  match: Match,
  steps: readonly PlanStep[],
  soft?: SoftDrain & { readonly places: Places },
): readonly PlanStep[] {
  const { playbook, pool, others, settings } = match;
  const { priority, rollout } = playbook.spec;
  const window = soft === undefined ? workWindow(match) : windowOf(match);
  const poolName = pool.metadata.name;
  const { notWhile } = pool.spec.members;
  const line = { window, priority, playbook: playbook.metadata.name };
  const { attemptsPerInstance: attempts, breaker } = settings.limits;
  const also = others.map(({ metadata }) => metadata.name);
  const slot = {
    ...limitsOf(pool),
    ...(others.length > 0 && { also: others.map(limitsOf) }),
    ...line,
    rollout,
    ...(notWhile && { notWhile: notWhile.tags }),
    ...(attempts && { attempts }),
    ...(breaker && { breaker }),
  };
  const back = { pool: poolName, ...(also.length > 0 && { also }) };
  return [
    ...approvalSteps(match, window),
    { id: 'line', use: 'join-line', parameters: { pool: poolName, ...line }, frame: true },
    { id: 'window', use: 'await-window', parameters: { window }, frame: true },
    idleStep(pool, window),
    { id: slotId, use: 'take-slot', parameters: slot, frame: true },
    ...betweenScaling(match, [...softSteps(window, soft), ...steps]),
    { id: 'slot-back', use: 'return-slot', parameters: back, frame: true },
  ];
}

/** What a slot of the pool depends on. */
function limitsOf({ metadata, spec }: Pool): Facts {
  const { guard, members, traffic } = spec;
  return { pool: metadata.name, guard, tags: members.tags, places: placesOf(traffic) };
}

/** Lowers the weights, and waits for the window of the work itself. */
function softSteps(
  { aheadMs = 0, ...window }: Window,
  soft: (SoftDrain & { readonly places: Places }) | undefined,
): readonly PlanStep[] {
  if (soft === undefined) return [];
  const lower = { places: soft.places, percent: soft.weight, ahead: true };
  const behind = { step: softenId, slot: slotId, beforeMs: aheadMs };
  return [
    {
      id: softenId,
      use: 'soften-traffic',
      parameters: lower,
      atMostMs: softenAtMostMs,
      onFail: 'continue',
      frame: true,
    },
    { id: openingId, use: 'await-window', parameters: { window, behind }, frame: true },
  ];
}

/** When the work itself may be done, whatever comes ahead of it. */
export function workWindow(match: Match): Window {
  const { aheadMs, ...work } = windowOf(match);
  return work;
}

/** When a playbook may work, and how long ahead of that it lowers weights. */
export function windowOf({ playbook, calendar }: Pick<Match, 'playbook' | 'calendar'>): Window {
  const { timing, approval } = playbook.spec;
  const { softDrain } = timing;
  return {
    calendar: calendar.spec,
    neededMs: timing.maxRun,
    finishBeforeMs: timing.finishBefore,
    ifNoWindow: timing.ifNoWindow,
    warnMs: timing.warn,
    ...(approval && { approval: approvalId }),
    ...(softDrain && { aheadMs: softDrain.before }),
  };
}

/** Asks those whom the playbook names, before anything else. */
function approvalSteps({ playbook, settings }: Match, window: Window): readonly PlanStep[] {
  const { approval } = playbook.spec;
  if (approval === undefined) return [];
  const { when, need, noAnswer } = approval;
  const asked = settings.people.filter(({ name }) => approval.from.includes(name));
  const parameters = {
    when,
    from: [...new Set(asked.flatMap(({ ramUsers }) => ramUsers))],
    need,
    noAnswer: { afterMs: noAnswer.after, then: noAnswer.then },
    window,
  };
  return [{ id: approvalId, use: 'await-approval', parameters, frame: true }];
}

/** Waits, before a slot is taken, until nobody else works on the instance. */
function idleStep({ spec }: Pool, window: Window): PlanStep {
  const notWhile = spec.members.notWhile?.tags ?? {};
  const { finishBeforeMs, neededMs, warnMs } = window;
  const ahead = { finishBeforeMs, neededMs, warnMs };
  const parameters = { notWhile, scaling: spec.scaling !== 'ignore', ahead };
  return { id: 'await-idle', use: 'await-idle', parameters, frame: true };
}

/** Weights that cannot be lowered by then are taken away whole when the work begins. */
const softenAtMostMs = 10 * 60_000;

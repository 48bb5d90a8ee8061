import type { Facts, PlanStep } from '../run/run';
import type { Pool } from './configuration';
import type { Match } from './match';
import { placesOf } from './places';
import type { Window } from './window';

/** The step whose facts hold the moment by which the event must have been answered. */
export const slotId = 'slot';
const approvalId = 'approval';
const protectId = 'protect-from-scaling';

/** What every run does around the steps of its playbook. */
export function framed(match: Match, steps: readonly PlanStep[]): readonly PlanStep[] {
  const { playbook, pool, others, settings } = match;
  const { priority, rollout } = playbook.spec;
  const window = windowOf(match);
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
    ...betweenScaling(pool, steps),
    { id: 'slot-back', use: 'return-slot', parameters: back, frame: true },
  ];
}

/** What a slot of the pool depends on. */
function limitsOf({ metadata, spec }: Pool): Facts {
  const { guard, members, traffic } = spec;
  return { pool: metadata.name, guard, tags: members.tags, places: placesOf(traffic) };
}

/** When a playbook may work. */
export function windowOf({ playbook, calendar }: Pick<Match, 'playbook' | 'calendar'>): Window {
  const { timing, approval } = playbook.spec;
  return {
    calendar: calendar.spec,
    neededMs: timing.maxRun,
    finishBeforeMs: timing.finishBefore,
    ifNoWindow: timing.ifNoWindow,
    warnMs: timing.warn,
    ...(approval && { approval: approvalId }),
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
  const parameters = { notWhile, scaling: spec.scaling === 'protect', ahead };
  return { id: 'await-idle', use: 'await-idle', parameters, frame: true };
}

/** A scaling group whose activity goes on longer than this makes the run give its slot back. */
const protectAtMostMs = 5 * 60_000;

/** Around everything that takes the instance down: Auto Scaling must not replace it meanwhile. */
function betweenScaling({ spec }: Pool, steps: readonly PlanStep[]): readonly PlanStep[] {
  if (spec.scaling === 'ignore') return steps;
  return [
    { id: protectId, use: protectId, parameters: { atMostMs: protectAtMostMs }, frame: true },
    ...steps,
    { id: 'release-to-scaling', use: 'release-to-scaling', parameters: { protect: protectId }, frame: true },
  ];
}

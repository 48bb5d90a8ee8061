import * as z from 'zod';
import { waitsForRestart } from '../../event/answering';
import { atLocal } from '../../event/local-time';
import { isOfDisk } from '../../event/kinds';
import { isOver, type Millis } from '../../event/system-event';
import { sayDuration } from '../../playbook/duration';
import {
  deadlineOf,
  lastSafeMoment,
  windowState,
  type Window,
  type WindowState,
} from '../../playbook/window';
import type { Verdict } from '../../run/run';
import { factsOf, type Scene } from '../define-step';

export { atLocal } from '../../event/local-time';

/** A window as the plan carries it: already checked when the configuration was read. */
export const WindowParameter = z.custom<Window>(
  (value) => typeof value === 'object' && value !== null && 'calendar' in value && 'neededMs' in value,
  { error: 'a window: calendar, neededMs, finishBeforeMs, ifNoWindow' },
);

/**
 * True once the provider acts or has acted by itself: windows and guards no longer decide anything. The alert of a disk
 * is no act of the provider, however long it lasts, nor is an accepted event one that waits for our restart.
 */
export function providerWentFirst(scene: Pick<Scene, 'event'>): boolean {
  if (isOfDisk(scene.event.code) || waitsForRestart(scene.event)) return false;
  return scene.event.status === 'Executing' || isOver(scene.event.status);
}

/** `until` is the moment by which the disruptive call must have been made; absent where there is none. */
interface Open {
  readonly kind: 'open';
  readonly until?: Millis;
  readonly name: string;
}

/**
 * Whether the run may work now, and if not, when: what the calendar says, unless it is an emergency, or people
 * said yes to working without a window.
 */
export function windowAt(window: Window, scene: Scene): Open | Exclude<WindowState, { kind: 'open' }> {
  if (scene.urgent) return { kind: 'open', name: 'an emergency' };
  const { notBefore } = scene.event;
  const state = notSooner(scene, windowState(window, notBefore, Math.max(scene.now, scene.notBefore ?? 0)));
  if (state.kind !== 'none' || !isAgreed(window, scene)) return state;
  const lastSafe = lastSafeMoment(window, notBefore);
  if (lastSafe !== undefined && scene.now > lastSafe) return state;
  const until = deadlineOf(window, notBefore);
  return { kind: 'open', name: 'the time that people agreed to', ...(until !== undefined && { until }) };
}

/** A later round does not begin before its time, even in an open window. */
function notSooner({ now, notBefore = 0 }: Scene, state: WindowState): WindowState {
  return state.kind === 'open' && notBefore > now
    ? { kind: 'later', at: notBefore, name: state.name, ...(state.outside && { outside: true }) }
    : state;
}

/** What `windowAt` says, as the verdict of a step that has to wait for it. */
export function judgeWindow(window: Window, scene: Scene): Open | Verdict {
  const state = windowAt(window, scene);
  if (state.kind === 'open') return state;
  if (state.kind === 'later') {
    const { aheadMs } = window;
    const soft = aheadMs === undefined ? '' : `: a soft drain, ${sayDuration(aheadMs)} ahead of it`;
    const note = `waits for ${state.name}, ${atLocal(state.at, scene.zone)}${soft}`;
    return { kind: 'pending', again: state.at, note };
  }
  if (window.ifNoWindow === 'letProviderAct') {
    const left = leaveToProvider(state.sentence, scene);
    if (left !== undefined) return left;
  }
  const reason = { code: 'no-window', sentence: `no window before the provider's time: ${state.sentence}` };
  return { kind: 'impossible', reason, then: window.ifNoWindow === 'ask' ? 'hold' : 'infeasible' };
}

/** So long after its planned time the provider may still be about to act. */
const graceMs = 24 * 3600_000;
const lookAgainMs = 3600_000;

/**
 * Waits for the provider, so that the traffic is taken away once it acts, and tells people so once for each planned
 * time. Undefined where it gave none, or where it has been past for a day.
 */
function leaveToProvider(why: string, { event, target, now, zone, facts }: Scene): Verdict | undefined {
  const { notBefore } = event;
  if (notBefore === undefined || now > notBefore + graceMs) return undefined;
  const note = `leaves it to the provider, ${atLocal(notBefore, zone)}: ${why}`;
  const again = Math.max(notBefore, now + lookAgainMs);
  if (facts['leftToProvider'] === notBefore) return { kind: 'pending', again, note };
  const notice = `${event.code} on ${target.instanceId}: no window fits, and the provider acts at ${atLocal(notBefore, zone)}; the traffic is taken away then`;
  return { kind: 'pending', again, note, notice, facts: { leftToProvider: notBefore } };
}

const Agreed = z.object({ insteadOfWindow: z.literal(true), settledFor: z.number().nullable() });

/** Another planned time has to be agreed to anew. */
function isAgreed({ approval }: Window, scene: Scene): boolean {
  const agreed = Agreed.safeParse(factsOf(scene, approval));
  return agreed.success && agreed.data.settledFor === (scene.event.notBefore ?? null);
}

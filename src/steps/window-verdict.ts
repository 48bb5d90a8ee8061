import { DateTime } from 'luxon';
import * as z from 'zod';
import { isOver, type Millis } from '../event/system-event';
import { windowState, type Window } from '../playbook/window';
import type { Verdict } from '../run/run';
import type { Scene } from './define-step';

/** A window as the plan carries it: already checked when the configuration was read. */
export const WindowParameter = z.custom<Window>(
  (value) => typeof value === 'object' && value !== null && 'calendar' in value && 'neededMs' in value,
  { error: 'a window: calendar, neededMs, finishBeforeMs, ifNoWindow' },
);

/** True once the provider acts or has acted by itself: windows and guards no longer decide anything. */
export function providerWentFirst(scene: Pick<Scene, 'event'>): boolean {
  return scene.event.status === 'Executing' || isOver(scene.event.status);
}

/**
 * What the window says now: `open` with the moment by which the disruptive call must have been made, or the
 * verdict of a step that has to wait for it.
 */
export function judgeWindow(
  window: Window,
  scene: Scene,
): { readonly kind: 'open'; readonly until: Millis; readonly name: string } | Verdict {
  const state = windowState(window, scene.event.notBefore, scene.now);
  if (state.kind === 'open') return state;
  if (state.kind === 'later') {
    const note = `waits for ${state.name}, ${atLocal(state.at, scene.zone)}`;
    return { kind: 'pending', again: state.at, note };
  }
  const reason = { code: 'no-window', sentence: `no window before the provider's time: ${state.sentence}` };
  return { kind: 'impossible', reason, then: window.ifNoWindow === 'ask' ? 'hold' : 'infeasible' };
}

/** `Wed 18 Nov 02:00` in the zone given. */
export function atLocal(at: Millis, zone: string): string {
  return DateTime.fromMillis(at, { zone }).setLocale('en-GB').toFormat('ccc d LLL HH:mm');
}

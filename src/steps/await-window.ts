import * as z from 'zod';
import type { Window } from '../playbook/window';
import type { Freeze } from '../run/freezes';
import type { Verdict } from '../run/run';
import { defineStep } from './define-step';
import { readFreezes, waitForThaw } from './freezes';
import { warningAhead } from './warn-ahead';
import { judgeWindow, providerWentFirst, WindowParameter } from './window-verdict';

/**
 * Waits until the calendar lets work begin that can end in time, and until no freeze stops it; the provider's own
 * start ends the wait for the calendar.
 */
export const awaitWindow = defineStep<{ readonly window: Window }, readonly Freeze[]>({
  type: 'await-window',
  permissions: [],
  parameters: z.strictObject({ window: WindowParameter }),
  look: (_parameters, reach, { now }) => readFreezes(reach, now),
  judge: (freezes, { window }, scene): Verdict => {
    const frozen = waitForThaw(freezes, scene);
    const isUrgent = scene.urgent || providerWentFirst(scene);
    if (isUrgent && frozen !== undefined) return frozen;
    if (providerWentFirst(scene)) {
      return { kind: 'done', note: `the provider went first (${scene.event.status}); no window to wait for` };
    }
    if (scene.urgent) return { kind: 'done', note: 'an emergency waits for no window' };
    const state = judgeWindow(window, scene);
    if (frozen !== undefined && state.kind !== 'impossible') return warningAhead(frozen, window, scene);
    if (state.kind === 'open') return { kind: 'done', note: `${state.name} is open` };
    return warningAhead(state, window, scene);
  },
  act: async () => ({}),
});

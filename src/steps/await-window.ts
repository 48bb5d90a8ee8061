import * as z from 'zod';
import type { Verdict } from '../run/run';
import { defineStep } from './define-step';
import { warningAhead } from './warn-ahead';
import { judgeWindow, providerWentFirst, WindowParameter } from './window-verdict';

/** Waits until the calendar lets work begin that can end in time; the provider's own start ends the wait. */
export const awaitWindow = defineStep({
  type: 'await-window',
  permissions: [],
  parameters: z.strictObject({ window: WindowParameter }),
  look: async () => null,
  judge: (_seen, { window }, scene): Verdict => {
    if (providerWentFirst(scene)) {
      return { kind: 'done', note: `the provider went first (${scene.event.status}); no window to wait for` };
    }
    if (scene.urgent) return { kind: 'done', note: 'an emergency waits for no window' };
    const state = judgeWindow(window, scene);
    return state.kind === 'open'
      ? { kind: 'done', note: `${state.name} is open` }
      : warningAhead(state, window, scene);
  },
  act: async () => ({}),
});

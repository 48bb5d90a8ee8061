import * as z from 'zod';
import { defineStep } from './define-step';
import { judgeWindow, providerWentFirst, WindowParameter } from './window-verdict';

/** Waits until the calendar lets work begin that can end in time; the provider's own start ends the wait. */
export const awaitWindow = defineStep({
  type: 'await-window',
  permissions: [],
  parameters: z.strictObject({ window: WindowParameter }),
  look: async () => null,
  judge: (_seen, { window }, scene) => {
    if (providerWentFirst(scene)) {
      return { kind: 'done', note: `the provider went first (${scene.event.status}); no window to wait for` };
    }
    const state = judgeWindow(window, scene);
    return state.kind === 'open' ? { kind: 'done', note: `${state.name} is open` } : state;
  },
  act: async () => ({}),
});

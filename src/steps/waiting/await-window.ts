import * as z from 'zod';
import type { Freeze } from '../../run/freezes';
import type { Verdict } from '../../run/run';
import { defineStep } from '../define-step';
import { BehindSoftDrain, judgeBehindSoftDrain } from './window-behind';
import { readFreezes, waitForThaw } from './freezes';
import { subjectOf } from '../answer/subject';
import { warningAhead } from './warn-ahead';
import { judgeWindow, providerWentFirst, WindowParameter } from './window-verdict';

const Parameters = z.strictObject({
  window: WindowParameter,
  /** Weights were lowered ahead of this window. */
  behind: BehindSoftDrain.optional(),
  /** The step that found a later event, where the window is for answering that. */
  about: z.string().optional(),
});
type Parameters = z.output<typeof Parameters>;

/**
 * Waits until the calendar lets work begin that can end in time, and until no freeze stops it; the provider's own
 * start ends the wait for the calendar.
 */
export const awaitWindow = defineStep<Parameters, readonly Freeze[]>({
  type: 'await-window',
  permissions: [],
  parameters: Parameters,
  look: (_parameters, reach, { now }) => readFreezes(reach, now),
  judge: (freezes, { window, behind, about }, here): Verdict => {
    const subject = subjectOf(here, about);
    if (subject === undefined) return { kind: 'done', note: 'nothing more to answer' };
    const scene = { ...here, event: subject };
    const frozen = waitForThaw(freezes, scene);
    const isUrgent = scene.urgent || providerWentFirst(scene);
    if (isUrgent && frozen !== undefined) return frozen;
    if (providerWentFirst(scene)) {
      return { kind: 'done', note: `the provider went first (${scene.event.status}); no window to wait for` };
    }
    if (scene.urgent) return { kind: 'done', note: 'an emergency waits for no window' };
    const state = behind ? judgeBehindSoftDrain(window, behind, scene) : judgeWindow(window, scene);
    if (frozen !== undefined && state.kind !== 'impossible') return warningAhead(frozen, window, scene);
    if (state.kind === 'open') {
      const until = state.until === undefined ? {} : { mustActBy: state.until };
      const facts = { ...until, finishBeforeMs: window.finishBeforeMs };
      const opens = window.aheadMs === undefined ? 'is open' : 'is near enough for the soft drain';
      return { kind: 'done', note: `${state.name} ${opens}`, ...((behind || about) && { facts }) };
    }
    return warningAhead(state, window, scene);
  },
  act: async () => ({}),
});

import * as z from 'zod';
import type { Window } from '../../playbook/window';
import { factsOf, type Scene } from '../define-step';
import { impossible } from '../answer/going-down';
import { readDrained } from '../traffic/snapshot';
import { atLocal, judgeWindow, windowAt } from './window-verdict';

export const BehindSoftDrain = z.strictObject({
  /** The step that lowered the weights. */
  step: z.string(),
  /** The step that took the slot for that. */
  slot: z.string(),
  /** How long the weights stay lowered before the work begins. */
  beforeMs: z.number(),
});
type BehindSoftDrain = z.output<typeof BehindSoftDrain>;

/** So late a look may come at the moment that was chosen when the slot was taken. */
const lateMs = 5 * 60_000;

const SlotFacts = z.object({ claimedAt: z.number().optional() });

/**
 * Whether the work may begin, once weights were lowered ahead of it: when they have been for as long as the playbook
 * says, or sooner where that would be too late. A window that was missed, because a person paused the run, say, is
 * waited for without the slot: everything is put back, and the run begins anew.
 */
export function judgeBehindSoftDrain(
  window: Window,
  { step, slot, beforeMs }: BehindSoftDrain,
  scene: Scene,
): ReturnType<typeof judgeWindow> {
  const { now, zone } = scene;
  const hasLowered = (readDrained(factsOf(scene, step))?.written.length ?? 0) > 0;
  const { claimedAt = scene.since } = SlotFacts.parse(factsOf(scene, slot) ?? {});
  const ready = hasLowered ? claimedAt + beforeMs : now;
  const chosen = now - ready > lateMs ? now : ready;
  const then = windowAt(window, { ...scene, now: chosen });
  if (then.kind === 'open') {
    const note = `lowered until ${atLocal(ready, zone)}, when the work begins in ${then.name}`;
    return now >= ready ? then : { kind: 'pending', again: ready, note };
  }
  const state = windowAt(window, scene);
  if (state.kind === 'later' && state.at - now > beforeMs) {
    return impossible('window-missed', `the next window is only ${atLocal(state.at, zone)}`, 'again');
  }
  return judgeWindow(window, scene);
}

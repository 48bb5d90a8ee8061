import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { isOver } from '../../event/system-event';
import type { Facts, Verdict } from '../../run/run';
import type { Move, Scene } from '../define-step';
import { atLocal } from '../waiting/window-verdict';
import type { SeenBefore } from './going-down';

const RestartFacts = z.object({
  /** When the instance had started before our call. */
  startTime: z.string().optional(),
  actedAt: z.number().optional(),
});

/** Between two looks at an instance that restarts. */
export const lookAgainMs = 15_000;

/** The call that restarts the instance, and what makes it recognised after a crash: the time of start before it. */
export const restarting = {
  claim: ({ instance }, _parameters, { facts }) => {
    const { startTime = instance?.startTime } = RestartFacts.parse(facts);
    return { startTime };
  },
  act: async ({ forceStop }, { cloud }, { target, now }): Promise<Facts> => {
    await cloud.instances.reboot(target.instanceId, { force: forceStop });
    return { actedAt: now };
  },
} satisfies Pick<Move<{ readonly forceStop: boolean }, SeenBefore>, 'claim' | 'act'>;

/** After a claim: on its way, done, or undefined when the call left no trace and must be made again. */
export function judgeRestarted(
  { event }: SeenBefore,
  instance: InstanceState,
  scene: Scene,
): Verdict | undefined {
  const { startTime, actedAt } = RestartFacts.parse(scene.facts);
  if (startTime === undefined) return undefined;
  // A start in the same minute as the one before shows by the event alone.
  const booted = instance.startTime !== startTime || (event !== undefined && isOver(event.status));
  if (booted && instance.status === 'Running') {
    return { kind: 'done', note: `restarted ${atLocal(Date.parse(instance.startTime), scene.zone)}` };
  }
  // Right after the call the old Running may still be shown.
  if (actedAt === undefined && !booted && instance.status === 'Running') return undefined;
  return { kind: 'pending', again: scene.now + lookAgainMs, note: `restarts: ${instance.status}` };
}

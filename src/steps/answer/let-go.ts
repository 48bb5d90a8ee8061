import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { sayDuration } from '../../playbook/duration';
import type { Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';

const Parameters = z.strictObject({ waitMs: z.number() });
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly instance?: InstanceState;
}

const lookAgainMs = 30_000;
/** While ECS shows its lock it may still take the instance; whether the lock is lifted when it does not is not documented. */
const lockedFactor = 4;

/**
 * Waits until a spot instance that is reclaimed is gone: about five minutes after the notice. One that stays serves
 * again: the run puts back what it did and ends.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/query-interruption-events
 */
export const letGo = defineStep<Parameters, Seen>({
  type: 'let-go',
  permissions: ['ecs:DescribeInstances'],
  parameters: Parameters,
  look: async (_parameters, { cloud }, { target }) => {
    const instance = await cloud.instances.get(target.instanceId);
    return { ...(instance && { instance }) };
  },
  judge,
  act: async () => ({}),
});

function judge({ instance }: Seen, { waitMs }: Parameters, scene: Scene): Verdict {
  if (instance === undefined) return { kind: 'done', note: 'the instance is gone' };
  const isLocked = instance.locks.includes('recycling');
  const heardAt = scene.event.publishedAt ?? scene.since;
  const until = heardAt + (isLocked ? lockedFactor * waitMs : waitMs);
  if (scene.now < until) {
    const again = Math.min(until, scene.now + lookAgainMs);
    return { kind: 'pending', again, note: `waits until the instance is gone; it is ${instance.status}` };
  }
  const after = sayDuration(scene.now - heardAt);
  const sentence = `the instance is ${instance.status} ${after} after the notice: it was not reclaimed, and serves again`;
  return { kind: 'impossible', reason: { code: 'not-reclaimed', sentence }, then: 'withdraw' };
}

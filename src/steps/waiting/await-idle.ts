import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import type { Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';
import { instanceGone } from '../answer/going-down';
import { leftAlone } from './left-alone';
import { readScaling, scalingUnderWay, type ScalingState } from '../scaling/state';
import { warningAhead } from './warn-ahead';
import { providerWentFirst } from './window-verdict';

const Parameters = z.strictObject({
  /** Tags that other tools put on an instance while they work on it; `*` is any value. */
  notWhile: z.record(z.string(), z.string()),
  /** Whether Auto Scaling is asked at all. */
  scaling: z.boolean(),
  /** For the warnings ahead of the last safe moment. */
  ahead: z
    .strictObject({
      finishBeforeMs: z.number(),
      neededMs: z.number(),
      warnMs: z.array(z.number()).optional(),
    })
    .optional(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen extends ScalingState {
  readonly instance?: InstanceState;
}

const lookAgainMs = 60_000;

/**
 * Waits while a person holds the instance, another tool works on it, or its scaling group is busy. It comes before
 * the slot is taken: a slot is never held while waiting for something else. Emergencies do not wait.
 */
export const awaitIdle = defineStep<Parameters, Seen>({
  type: 'await-idle',
  permissions: ['ecs:DescribeInstances', 'ess:DescribeScalingInstances', 'ess:DescribeScalingActivities'],
  needs: ({ scaling }) => [
    'ecs:DescribeInstances',
    ...(scaling ? ['ess:DescribeScalingInstances', 'ess:DescribeScalingActivities'] : []),
  ],
  parameters: Parameters,
  look: async ({ scaling }, reach, scene) => {
    const [instance, state] = await Promise.all([
      reach.cloud.instances.get(scene.target.instanceId),
      scaling ? readScaling(reach, scene) : {},
    ]);
    return { ...state, ...(instance && { instance }) };
  },
  judge: (seen, parameters, scene) => warningAhead(judge(seen, parameters, scene), parameters.ahead, scene),
  act: async () => ({}),
});

function judge(seen: Seen, { notWhile }: Parameters, scene: Scene): Verdict {
  if (seen.instance === undefined) return instanceGone();
  if (providerWentFirst(scene))
    return { kind: 'done', note: 'the provider went first; nobody is waited for' };
  if (scene.urgent) return { kind: 'done', note: 'an emergency waits for nobody' };
  const left = leftAlone(seen.instance.tags, notWhile, scene);
  if (left !== undefined) return left;
  const busy = scalingUnderWay(seen);
  return busy === undefined
    ? { kind: 'done', note: 'nobody else works on the instance' }
    : { kind: 'pending', again: scene.now + lookAgainMs, note: `waits for ${busy}` };
}

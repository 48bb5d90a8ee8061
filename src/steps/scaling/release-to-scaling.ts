import * as z from 'zod';
import type { InstanceState, ScalingMember } from '../../engine/ports';
import type { Facts, Verdict } from '../../run/run';
import { defineStep, factsOf, type Move, type Scene } from '../define-step';

const ProtectFacts = z.object({ group: z.string().optional() });

/** The scaling group in which `protect-from-scaling` protected the instance, or may have. */
export function protectedGroup(facts: Facts | undefined): string | undefined {
  return ProtectFacts.parse(facts ?? {}).group;
}

interface Seen {
  readonly member?: ScalingMember;
  readonly instance?: InstanceState;
}

const lookAgainMs = 30_000;
const longestMs = 30 * 60_000;

/**
 * Taking our protection away again, as a step of its own and as the undoing of `protect-from-scaling`. Never
 * while the instance is down, or Auto Scaling would replace it at the next health check.
 *
 * @param groupOf the group in which we protected the instance; undefined when we did not
 */
export function layingOpen<P>(groupOf: (scene: Scene, parameters: P) => string | undefined): Move<P, Seen> {
  return {
    look: async (parameters, { cloud }, scene) => {
      if (groupOf(scene, parameters) === undefined) return {};
      const { instanceId } = scene.target;
      const [member, instance] = await Promise.all([
        cloud.scaling.memberOf(instanceId),
        cloud.instances.get(instanceId),
      ]);
      return { ...(member && { member }), ...(instance && { instance }) };
    },
    judge: (seen, parameters, scene) => judge(seen, groupOf(scene, parameters), scene),
    act: async (parameters, { cloud }, scene) => {
      const group = groupOf(scene, parameters);
      if (group !== undefined) await cloud.scaling.setProtection(group, scene.target.instanceId, false);
      return {};
    },
  };
}

const Parameters = z.strictObject({
  /** The step that protected the instance. */
  protect: z.string(),
});

/** Takes away the protection that `protect-from-scaling` gave, and only that. */
export const releaseToScaling = defineStep<z.output<typeof Parameters>, Seen>({
  type: 'release-to-scaling',
  permissions: ['ess:DescribeScalingInstances', 'ess:SetInstancesProtection', 'ecs:DescribeInstances'],
  parameters: Parameters,
  ...layingOpen((scene, { protect }) => protectedGroup(factsOf(scene, protect))),
});

function judge({ member, instance }: Seen, group: string | undefined, scene: Scene): Verdict {
  if (group === undefined) return { kind: 'done', note: 'no protection of ours to take away' };
  if (member?.group !== group) return { kind: 'done', note: `the instance is not in ${group} any more` };
  if (member.lifecycle !== 'Protected') {
    return { kind: 'done', note: `${group} treats the instance like its other members` };
  }
  if (instance?.status === 'Running') {
    return { kind: 'needed', note: `takes the protection in ${group} away` };
  }
  const sentence = `stays protected in ${group} while it is ${instance?.status ?? 'gone'}`;
  return scene.now - scene.since <= longestMs
    ? { kind: 'pending', again: scene.now + lookAgainMs, note: sentence }
    : { kind: 'impossible', reason: { code: 'not-running', sentence }, then: 'hold' };
}

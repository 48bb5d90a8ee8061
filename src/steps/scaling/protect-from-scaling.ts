import * as z from 'zod';
import type { Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';
import { layingOpen, protectedGroup } from './release-to-scaling';
import { awaitScaling, readScaling, type ScalingState } from './state';

const Parameters = z.strictObject({
  /** So long a scaling activity is waited for while a slot is held. */
  atMostMs: z.number(),
});
type Parameters = z.output<typeof Parameters>;

/**
 * Keeps Auto Scaling from replacing the instance while it is down: its health check counts a member that is not
 * Running as unhealthy, takes it out of its group and releases it. A protected member keeps its health status
 * while it stops and starts. Whoever was protected before stays so afterwards.
 * https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-setinstancesprotection
 */
export const protectFromScaling = defineStep<Parameters, ScalingState>({
  type: 'protect-from-scaling',
  permissions: [
    'ess:DescribeScalingInstances',
    'ess:DescribeScalingActivities',
    'ess:SetInstancesProtection',
    'ecs:DescribeInstances',
  ],
  parameters: Parameters,
  look: (_parameters, reach, scene) => readScaling(reach, scene),
  judge,
  claim: ({ member }) => ({ group: member?.group }),
  act: async (_parameters, { cloud }, { target }, { member }) => {
    if (member !== undefined) await cloud.scaling.setProtection(member.group, target.instanceId, true);
    return {};
  },
  undo: layingOpen(({ facts }) => protectedGroup(facts)),
});

function judge(seen: ScalingState, { atMostMs }: Parameters, scene: Scene): Verdict {
  const { member } = seen;
  if (member === undefined) return { kind: 'done', note: 'belongs to no scaling group' };
  if (member.lifecycle === 'Protected') {
    const ours = protectedGroup(scene.facts) === member.group;
    return { kind: 'done', note: `${ours ? 'protected' : 'is protected already'} in ${member.group}` };
  }
  if (member.lifecycle === 'Standby' || member.lifecycle === 'Stopped') {
    return { kind: 'done', note: `is ${member.lifecycle} in ${member.group}, which leaves it alone` };
  }
  const waits = awaitScaling(seen, atMostMs, scene);
  return waits ?? { kind: 'needed', note: `protects the instance in ${member.group}` };
}

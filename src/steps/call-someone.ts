import * as z from 'zod';
import { defineStep } from './define-step';
import { impossible, instanceGone } from './answer/going-down';
import type { InstanceState } from '../engine/ports';

/** On the instance, so that a person meets it where he looks first. Its value is the run's id. */
export const needsHuman = 'ecs-failover:needs-human';

/**
 * The last answer: the instance is left as it is, marked for a person, and the run holds. The mark says that the
 * machine has given up, and only a person knows when that is over: nothing of ours ever takes the tag off.
 */
export const callSomeone = defineStep<Record<string, never>, InstanceState | undefined>({
  type: 'call-someone',
  permissions: ['ecs:DescribeInstances', 'ecs:TagResources'],
  parameters: z.strictObject({}),
  look: (_parameters, { cloud }, { target }) => cloud.instances.get(target.instanceId),
  judge: (instance, _parameters, { runId }) => {
    if (instance === undefined) return instanceGone();
    if (instance.tags[needsHuman] !== runId)
      return { kind: 'needed', note: 'marks the instance for a person' };
    const sentence = `${runId} has tried everything that its playbook allows; what it did stands in its journal runs/${runId}. Take the tag ${needsHuman} off when the instance is good again`;
    return impossible('needs-human', sentence, 'hold');
  },
  act: async (_parameters, { cloud }, { runId, target }) => {
    await cloud.instances.tag(target.instanceId, { [needsHuman]: runId });
    return { tagged: needsHuman };
  },
});

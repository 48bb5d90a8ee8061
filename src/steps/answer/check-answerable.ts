import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { whyRefused } from '../../playbook/refusals';
import { defineStep } from '../define-step';
import { instanceGone } from './going-down';
import { providerWentFirst } from '../waiting/window-verdict';

/**
 * Stands first in the plan for an instance that ECS would refuse to touch: a person hears of it when the event is
 * announced, and not in the night when it should have been answered.
 */
export const checkAnswerable = defineStep<Record<string, never>, InstanceState | undefined>({
  type: 'check-answerable',
  permissions: ['ecs:DescribeInstances'],
  parameters: z.strictObject({}),
  look: (_parameters, { cloud }, { target }) => cloud.instances.get(target.instanceId),
  judge: (instance, _parameters, scene) => {
    if (instance === undefined) return instanceGone();
    if (providerWentFirst(scene)) return { kind: 'done', note: 'the provider went first' };
    const reason = whyRefused(instance);
    return reason === undefined
      ? { kind: 'done', note: 'ECS would no longer refuse to touch the instance' }
      : { kind: 'impossible', reason, then: 'hold' };
  },
  act: async () => ({}),
});

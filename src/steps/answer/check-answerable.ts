import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { namedAnswers } from '../../event/named-answer';
import { whyRefused, whyUnsaved, whyWrong } from '../../playbook/refusals';
import { defineStep } from '../define-step';
import { instanceGone } from './going-down';
import { providerWentFirst } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  /** The answer that the playbook names. */
  action: z.enum(namedAnswers).optional(),
  /** The answer empties local disks, and no step of the plan saves them. */
  unsaved: z.literal(true).optional(),
});
type Parameters = z.output<typeof Parameters>;

/**
 * Stands first in the plan for an instance that ECS would refuse to touch, for an answer that is none to this event, and
 * for one that would empty local disks unsaved: a person hears of it when the event is announced, and not in the night
 * when it should have been answered.
 */
export const checkAnswerable = defineStep<Parameters, InstanceState | undefined>({
  type: 'check-answerable',
  permissions: ['ecs:DescribeInstances'],
  parameters: Parameters,
  look: (_parameters, { cloud }, { target }) => cloud.instances.get(target.instanceId),
  judge: (instance, { action, unsaved }, scene) => {
    if (instance === undefined) return instanceGone();
    if (providerWentFirst(scene)) return { kind: 'done', note: 'the provider went first' };
    const reason =
      whyRefused(instance) ??
      whyWrong(action, scene.event) ??
      (unsaved && whyUnsaved({}, instance.localDisks));
    return reason === undefined
      ? { kind: 'done', note: 'nothing stands in the way of the answer any more' }
      : { kind: 'impossible', reason, then: 'hold' };
  },
  act: async () => ({}),
});

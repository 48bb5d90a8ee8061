import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { isOver, type SystemEvent } from '../../event/system-event';
import type { Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';
import { impossible, instanceGone, permissionsToAsk } from './going-down';

interface Seen {
  readonly event?: SystemEvent;
  readonly instance?: InstanceState;
}

const StartFacts = z.object({ startAt: z.number().optional(), answered: z.boolean().optional() });

const lookAgainMs = 15_000;

/**
 * Starts an instance that the platform has stopped: the documented answer to a Stop event once it is Executed. An
 * instance that somebody else stopped is not started: the run holds.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary
 */
export const startInstance = defineStep<Record<string, never>, Seen>({
  type: 'start-instance',
  permissions: [...permissionsToAsk(), 'ecs:DescribeInstances', 'ecs:StartInstance'],
  needs: (_parameters, code) => [...permissionsToAsk(code), 'ecs:DescribeInstances', 'ecs:StartInstance'],
  parameters: z.strictObject({}),
  look: async (_parameters, { cloud }, { event, target }) => {
    const [known, instance] = await Promise.all([
      cloud.events.get(event),
      cloud.instances.get(target.instanceId),
    ]);
    return { event: known, instance };
  },
  judge: ({ event, instance }, _parameters, scene) => {
    if (instance === undefined) return instanceGone();
    if (event !== undefined && !isOver(event.status)) return pending(`the event is ${event.status}`, scene);
    if (instance.status === 'Running') return { kind: 'done', note: 'the instance is Running' };
    if (instance.status !== 'Stopped') return pending(`the instance is ${instance.status}`, scene);
    const { startAt, answered } = StartFacts.parse(scene.facts);
    if (answered === true) return pending('the start does not show yet', scene);
    if (startAt !== undefined || event?.status === 'Executed') {
      return { kind: 'needed', note: 'starts the instance that the platform has stopped' };
    }
    const sentence = 'the instance is Stopped, and no event says that the platform did it';
    return impossible('stopped-by-somebody', sentence, 'hold');
  },
  claim: (_seen, _parameters, { now }) => ({ startAt: now }),
  act: async (_parameters, { cloud }, { target }) => {
    await cloud.instances.start(target.instanceId);
    return { answered: true };
  },
});

function pending(note: string, { now }: Scene): Verdict {
  return { kind: 'pending', again: now + lookAgainMs, note };
}

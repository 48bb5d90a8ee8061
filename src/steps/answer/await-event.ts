import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { eventStatuses, isOver, type SystemEvent } from '../../event/system-event';
import type { Verdict } from '../../run/run';
import { defineStep, factsOf, type Scene } from '../define-step';
import { permissionsToAsk } from './going-down';
import { subjectOf } from './subject';
import { atLocal } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  states: z.array(z.enum(eventStatuses)),
  atMostMs: z.number(),
  /** The step that answered the event; its claim holds the time of start before. */
  answer: z.string().optional(),
  /** Steps that may have found another event, which counts instead; of several the last. */
  about: z.array(z.string()).optional(),
  /** Where they have found none, there is nothing to prove; otherwise the run's own event counts. */
  onlyThose: z.boolean().optional(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly event?: SystemEvent;
  readonly instance?: InstanceState;
}

const lookAgainMs = 20_000;

/**
 * Proves that the event is gone: it has left its pending state, and an instance that we restarted has started
 * since. A restart that did not clear the event is not a success; the documented advice is to try again no
 * sooner than twelve hours later.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/system-events-overview
 */
export const awaitEvent = defineStep<Parameters, Seen>({
  type: 'await-event',
  permissions: [...permissionsToAsk(), 'ecs:DescribeInstances'],
  needs: ({ about }, code) => [
    ...permissionsToAsk(about === undefined ? code : undefined),
    'ecs:DescribeInstances',
  ],
  parameters: Parameters,
  look: async (parameters, { cloud }, scene) => {
    const [known, instance] = await Promise.all([
      cloud.events.get(foundBy(parameters, scene) ?? scene.event),
      cloud.instances.get(scene.target.instanceId),
    ]);
    return { event: known, instance };
  },
  judge: ({ event, instance }, parameters, scene): Verdict => {
    if (scene.failed !== undefined) {
      return { kind: 'done', note: `the event stays as it is: ${scene.failed.sentence}` };
    }
    if (parameters.onlyThose === true && foundBy(parameters, scene) === undefined) {
      return { kind: 'done', note: 'no such event has come' };
    }
    if (instance === undefined) {
      return pendingOrHold('ECS does not show the instance any more', 'instance-gone', parameters, scene);
    }
    if (event === undefined) {
      return pendingOrHold('ECS does not show the event any more', 'event-gone', parameters, scene);
    }
    if (event.status === 'Failed') {
      const sentence = 'the platform could not carry the event out';
      return { kind: 'impossible', reason: { code: 'event-failed', sentence }, then: 'hold' };
    }
    if (!isOver(event.status)) {
      return pendingOrHold(`the event is still ${event.status}`, 'event-not-cleared', parameters, scene);
    }
    if (event.status !== 'Canceled' && !parameters.states.includes(event.status)) {
      const sentence = `the event ended ${event.status}, not ${parameters.states.join(' or ')}`;
      return { kind: 'impossible', reason: { code: 'event-ended-otherwise', sentence }, then: 'hold' };
    }
    if (!hasBooted(instance, parameters, scene)) {
      return pendingOrHold('the instance has not started since', 'not-booted', parameters, scene);
    }
    return { kind: 'done', note: `the event is ${event.status}; started ${startedAt(instance, scene)}` };
  },
  act: async () => ({}),
});

function foundBy({ about = [] }: Parameters, scene: Scene): SystemEvent | undefined {
  return about.flatMap((step) => subjectOf(scene, step) ?? []).at(-1);
}

function hasBooted(instance: InstanceState, { answer }: Parameters, scene: Scene): boolean {
  const before = factsOf(scene, answer)?.['startTime'];
  return instance.status === 'Running' && (before === undefined || instance.startTime !== before);
}

function pendingOrHold(sentence: string, code: string, { atMostMs }: Parameters, scene: Scene): Verdict {
  if (scene.now - scene.since <= atMostMs) {
    return { kind: 'pending', again: scene.now + lookAgainMs, note: sentence };
  }
  const waited = `${sentence} after ${Math.round(atMostMs / 60_000)} min`;
  return { kind: 'impossible', reason: { code, sentence: waited }, then: 'hold' };
}

function startedAt(instance: InstanceState, { zone }: Scene): string {
  return atLocal(Date.parse(instance.startTime), zone);
}

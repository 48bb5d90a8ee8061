import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { eventKind } from '../../event/kinds';
import type { Millis } from '../../event/system-event';
import type { Facts, Verdict } from '../../run/run';
import { defineStep, factsOf, type Scene } from '../define-step';
import {
  impossible,
  instanceGone,
  judgeGoingDown,
  lookBefore,
  permissionsToLook,
  type SeenBefore,
} from './going-down';
import { judgeRestarted, lookAgainMs, restarting } from './restarting';
import { Places } from '../../playbook/kinds/traffic';
import { atLocal } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  places: Places,
  forceStop: z.boolean(),
  /** The step that took the traffic away, if the playbook has one. */
  drain: z.string().optional(),
  /** The step that answered the event first: its facts hold when. */
  answer: z.string(),
  /** From the first answer to this one. */
  afterMs: z.number().default(12 * 3600_000),
});
type Parameters = z.output<typeof Parameters>;

/**
 * Restarts the instance through the API once more, because its event is still pending after a first answer. When
 * an event keeps its status the mitigation did not work, and the documented advice is another restart at least
 * twelve hours later. An event that is over meanwhile needs no restart.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/system-events-overview
 */
export const restartInstance = defineStep<Parameters, SeenBefore>({
  type: 'restart-instance',
  permissions: [...permissionsToLook(), 'ecs:RebootInstance'],
  needs: ({ places }, code) => [...permissionsToLook(places, code), 'ecs:RebootInstance'],
  parameters: Parameters,
  look: lookBefore,
  judge: (seen, parameters, scene) => {
    const { instance } = seen;
    if (instance === undefined) return instanceGone();
    return judgeRestarted(seen, instance, scene) ?? judgeReady(seen, instance, parameters, scene);
  },
  ...restarting,
});

function judgeReady(
  { event, memberships }: SeenBefore,
  instance: InstanceState,
  parameters: Parameters,
  scene: Scene,
): Verdict {
  const state = event?.status ?? 'gone';
  if (state === 'Executing') {
    return { kind: 'pending', again: scene.now + lookAgainMs, note: 'the provider is acting' };
  }
  if (state !== 'Inquiring' && state !== 'Scheduled') {
    return { kind: 'done', note: `no restart needed: the event is ${state}` };
  }
  if (!eventKind(scene.event.code)?.answers[state]?.includes('RebootInstance')) {
    return impossible('no-answer', `a ${state} ${scene.event.code} is not answered by a restart`);
  }
  const again = answeredAt(factsOf(scene, parameters.answer)) + parameters.afterMs;
  if (scene.now < again) {
    return { kind: 'pending', again, note: `restarts again ${atLocal(again, scene.zone)}` };
  }
  const stopped = judgeGoingDown(instance, memberships, parameters, scene);
  return stopped ?? { kind: 'needed', note: 'restarts the instance once more' };
}

/** When the call was made; when its answer was lost, when it was about to be. Long ago if there was none. */
function answeredAt(facts: Facts | undefined): Millis {
  const at = facts?.['actedAt'] ?? facts?.['claimedAt'];
  return typeof at === 'number' ? at : -Infinity;
}

import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
import { answeringOf } from '../../event/answering';
import { Places } from '../../playbook/kinds/traffic';
import type { Verdict } from '../../run/run';
import { defineStep, type Scene } from '../define-step';
import {
  impossible,
  instanceGone,
  judgeGoingDown,
  lookBefore,
  permissionsToLook,
  type SeenBefore,
} from './going-down';
import { judgeRestarted, lookAgainMs, restarting } from './restarting';
import { subjectOf } from './subject';

const Parameters = z.strictObject({
  places: Places,
  forceStop: z.boolean(),
  /** The step that took the traffic away, if the playbook has one. */
  drain: z.string().optional(),
  /** The step that found a later event, where that was accepted and not the run's own. */
  about: z.string().optional(),
});
type Parameters = z.output<typeof Parameters>;

/**
 * The restart that an accepted event still asks for: a damaged disk that is isolated, or comes back, "with a reboot"
 * wants both, the acceptance and then a restart through the API. Events of other codes ask for none.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/isolate-damaged-local-disks-by-using-alibaba-cloud-cli
 */
export const restartAccepted = defineStep<Parameters, SeenBefore>({
  type: 'restart-accepted',
  permissions: [...permissionsToLook(), 'ecs:RebootInstance'],
  needs: ({ places, about }, code) => [
    ...permissionsToLook(places, about === undefined ? code : undefined),
    'ecs:RebootInstance',
  ],
  parameters: Parameters,
  look: lookBefore,
  judge: (seen, parameters, scene) => {
    const subject = subjectOf(scene, parameters.about);
    if (subject === undefined) return { kind: 'done', note: 'nothing more to restart for' };
    if (answeringOf(subject.code) !== 'acceptAndRestart')
      return { kind: 'done', note: `${subject.code} asks for no restart` };
    if (seen.instance === undefined) return instanceGone();
    return judgeRestarted(seen, seen.instance, scene) ?? judgeReady(seen, seen.instance, parameters, scene);
  },
  ...restarting,
});

function judgeReady(
  { event, memberships }: SeenBefore,
  instance: InstanceState,
  parameters: Parameters,
  scene: Scene,
): Verdict {
  if (event === undefined) {
    return impossible('event-gone', 'ECS does not know the event any more', 'hold');
  }
  switch (event.status) {
    case 'Inquiring':
    case 'Scheduled':
      return { kind: 'pending', again: scene.now + lookAgainMs, note: 'the acceptance does not show yet' };
    case 'Failed':
      return impossible('event-failed', 'the platform could not carry the event out', 'hold');
    case 'Executed':
    case 'Avoided':
    case 'Canceled':
      return { kind: 'done', note: `no restart needed: the event is ${event.status}` };
    case 'Executing': {
      const standing = judgeGoingDown(instance, memberships, parameters, scene);
      return standing ?? { kind: 'needed', note: 'restarts the instance, as the accepted event asks' };
    }
    default:
      return event.status satisfies never;
  }
}

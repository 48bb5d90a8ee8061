import * as z from 'zod';
import type { InstanceState } from '../../engine/ports';
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
import { Places } from '../../playbook/kinds/traffic';
import { whyUnanswered } from '../../event/named-answer';
import { judgeFirstAnswer } from './first-answer';
import { atLocal } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  places: Places,
  /** Whether a stop that hangs may be forced: like pulling the plug, unsaved data is lost. */
  forceStop: z.boolean(),
  /** The step that took the traffic away, if the playbook has one. */
  drain: z.string().optional(),
  /** The step whose verified manifest must exist. */
  requireBackup: z.string().optional(),
  /** Where this is the first answer: the step whose facts hold the moment by which the stop must have been asked for. */
  slot: z.string().optional(),
  /** How long the instance may be Stopping before the stop counts as hanging. */
  stopAtMostMs: z.number().default(10 * 60_000),
});
type Parameters = z.output<typeof Parameters>;

/** What claims and acts left: when each act was claimed, and whether its call was answered. */
const PowerFacts = z.object({
  /** When the instance had started before we stopped it. */
  startTime: z.string().optional(),
  /** When it was first seen Stopping although we had not stopped it: by the restart before, or by somebody. */
  seenStoppingAt: z.number().optional(),
  stopAt: z.number().optional(),
  forceAt: z.number().optional(),
  startAt: z.number().optional(),
  answered: z.enum(['stop', 'force', 'start']).optional(),
});
type PowerFacts = z.output<typeof PowerFacts>;

const lookAgainMs = 10_000;

/**
 * Stops the instance and starts it again, which may bring it to another host; local disks keep their data.
 *
 * A stop is ours once we have claimed it. What we did not stop we start only where the event itself says that the
 * platform stopped it (a Stop event that is Executed, where starting is the documented answer). Any other Stopped
 * instance was stopped by a person or by billing: the run holds, because starting it may be the last thing wanted.
 * A claimed stop whose call never arrived cannot be told from a person's stop in the same minutes; it is started.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/system-events-overview
 */
export const stopStartInstance = defineStep<Parameters, SeenBefore>({
  type: 'stop-start-instance',
  permissions: [...permissionsToLook(), 'ecs:StopInstance', 'ecs:StartInstance'],
  needs: ({ places }, code) => [...permissionsToLook(places, code), 'ecs:StopInstance', 'ecs:StartInstance'],
  parameters: Parameters,
  look: lookBefore,
  judge,
  claim: ({ instance }, _parameters, { facts, now }) => {
    const { startTime = instance?.startTime } = PowerFacts.parse(facts);
    return { startTime, [`${actOn(instance)}At`]: now };
  },
  act: async (_parameters, { cloud: { instances } }, { target }, { instance }) => {
    const act = actOn(instance);
    if (act === 'start') await instances.start(target.instanceId);
    else await instances.stop(target.instanceId, { force: act === 'force' });
    return { answered: act };
  },
});

/** The act that is needed, where one is. */
function actOn(instance: InstanceState | undefined): 'stop' | 'force' | 'start' {
  if (instance?.status === 'Stopped') return 'start';
  return instance?.status === 'Stopping' ? 'force' : 'stop';
}

function judge(seen: SeenBefore, parameters: Parameters, scene: Scene): Verdict {
  const { instance } = seen;
  if (instance === undefined) return instanceGone();
  const facts = PowerFacts.parse(scene.facts);
  const hasStopped = facts.stopAt !== undefined || facts.forceAt !== undefined;
  const unfit = hasStopped ? undefined : judgeFirst(seen, parameters, scene);
  if (unfit !== undefined) return unfit;
  switch (instance.status) {
    case 'Running':
      return judgeRunning(seen, instance, parameters, scene, facts);
    case 'Stopping':
      return judgeStopping(seen, instance, parameters, scene, facts);
    case 'Stopped':
      return judgeStopped(seen, scene, facts);
    default:
      return pending(`the instance is ${instance.status}`, scene);
  }
}

/** What speaks against it as the first answer, as long as nothing was stopped for it. */
function judgeFirst({ event }: SeenBefore, { slot }: Parameters, scene: Scene): Verdict | undefined {
  const unfit = judgeFirstAnswer(event, slot, scene);
  if (unfit !== undefined || slot === undefined || event === undefined) return unfit;
  const unanswered = whyUnanswered('stopStart', event);
  return unanswered === undefined ? undefined : impossible('wrong-answer', unanswered);
}

function judgeRunning(
  seen: SeenBefore,
  instance: InstanceState,
  parameters: Parameters,
  scene: Scene,
  { startTime, startAt, answered }: PowerFacts,
): Verdict {
  const booted = startTime !== undefined && instance.startTime !== startTime;
  // A start is claimed only when the instance was seen Stopped, even if both starts are of one minute.
  if (booted || startAt !== undefined) {
    const note = `stopped and started ${atLocal(Date.parse(instance.startTime), scene.zone)}`;
    return { kind: 'done', note };
  }
  // Right after the call the old Running may still be shown.
  if (answered !== undefined) return pending('the stop does not show yet', scene);
  // Where the call left no trace it is asked for again, if it still may be.
  const unfit = judgeFirst(seen, parameters, scene);
  if (unfit !== undefined) return unfit;
  if (seen.event?.status === 'Executing') return pending('the provider is acting', scene);
  const standing = judgeGoingDown(instance, seen.memberships, parameters, scene);
  return standing ?? { kind: 'needed', note: 'stops the instance' };
}

function judgeStopping(
  { memberships }: SeenBefore,
  instance: InstanceState,
  parameters: Parameters,
  scene: Scene,
  { seenStoppingAt, stopAt, forceAt, answered }: PowerFacts,
): Verdict {
  const since = forceAt ?? stopAt ?? seenStoppingAt;
  if (since === undefined) {
    return { ...pending('the instance is Stopping', scene), facts: { seenStoppingAt: scene.now } };
  }
  const minutes = Math.round(parameters.stopAtMostMs / 60_000);
  if (scene.now - since <= parameters.stopAtMostMs) return pending('the instance is Stopping', scene);
  if (!parameters.forceStop || answered === 'force') {
    const forced = answered === 'force' ? ', although it was forced' : ' and may not be forced';
    return impossible(
      'stopping-too-long',
      `the instance is Stopping for more than ${minutes} min${forced}`,
      'hold',
    );
  }
  const standing = judgeGoingDown(instance, memberships, parameters, scene, ['Stopping']);
  return standing ?? { kind: 'needed', note: `forces the stop: Stopping for more than ${minutes} min` };
}

function judgeStopped(
  { event }: SeenBefore,
  scene: Scene,
  { stopAt, forceAt, answered }: PowerFacts,
): Verdict {
  if (answered === 'start') return pending('the start does not show yet', scene);
  const isOurs = stopAt !== undefined || forceAt !== undefined;
  const isPlatforms = event?.code.endsWith('.Stop') === true && event.status === 'Executed';
  if (isOurs || isPlatforms) return { kind: 'needed', note: 'starts the instance' };
  const sentence =
    'the instance is Stopped, and not by this run: somebody must say whether it may be started';
  return impossible('stopped-by-somebody', sentence, 'hold');
}

function pending(note: string, { now }: Scene): Verdict & { kind: 'pending' } {
  return { kind: 'pending', again: now + lookAgainMs, note };
}

import * as z from 'zod';
import type { InstanceState, Redeployment } from '../../engine/ports';
import { eventKind } from '../../event/kinds';
import { isOver, type SystemEvent } from '../../event/system-event';
import type { Verdict } from '../../run/run';
import { defineStep, factsOf, type Scene } from '../define-step';
import {
  impossible,
  instanceGone,
  judgeGoingDown,
  lookBefore,
  permissionsToLook,
  type SeenBefore,
} from './going-down';
import { Places } from '../../playbook/kinds/traffic';
import { whyUnsaved } from '../../playbook/refusals';
import { judgeFirstAnswer } from './first-answer';
import { atLocal } from '../waiting/window-verdict';

const Parameters = z.strictObject({
  places: Places,
  forceStop: z.boolean(),
  /** The step that took the traffic away, if the playbook has one. */
  drain: z.string().optional(),
  /** The step whose verified manifest must exist before local disks are emptied. */
  requireBackup: z.string().optional(),
  /** What local disks hold may be lost: the playbook says so. */
  mayLoseLocalData: z.literal(true).optional(),
  /** Where this is the first answer: the step whose facts hold the moment by which the call must have been made. */
  slot: z.string().optional(),
});
type Parameters = z.output<typeof Parameters>;

interface Seen extends SeenBefore {
  readonly redeployments: readonly Redeployment[];
}

const RedeployFacts = z.object({
  /** When the instance had started before our call. */
  startTime: z.string().optional(),
  /** Redeployments that were known before our call. */
  earlier: z.array(z.string()).optional(),
  taskId: z.string().optional(),
});

const lookAgainMs = 20_000;

/**
 * Moves the instance to another host, as the answer to its event. Local disks come back empty: the verified manifest of
 * a backup must exist, unless the playbook says that their data may be lost. When the move fails, the instance is back on its old host
 * as it was, and the task says so; a call whose answer was lost is found again as a task that was not there before.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-redeployinstance
 */
export const redeployInstance = defineStep<Parameters, Seen>({
  type: 'redeploy-instance',
  permissions: [...permissionsToLook(), 'ecs:DescribeTasks', 'ecs:RedeployInstance'],
  needs: ({ places }, code) => [
    ...permissionsToLook(places, code),
    'ecs:DescribeTasks',
    'ecs:RedeployInstance',
  ],
  parameters: Parameters,
  look: async (parameters, reach, scene) => {
    const [before, redeployments] = await Promise.all([
      lookBefore(parameters, reach, scene),
      reach.cloud.instances.redeployments(scene.target.instanceId),
    ]);
    return { ...before, redeployments };
  },
  judge: (seen, parameters, scene) => {
    const { instance } = seen;
    if (instance === undefined) return instanceGone();
    return (
      judgeMoved(seen, instance, scene) ??
      judgeFirstAnswer(seen.event, parameters.slot, scene, (event) => isAnswerable(event, instance)) ??
      judgeReady(seen, instance, parameters, scene)
    );
  },
  claim: ({ instance, redeployments }, _parameters, { facts }) => {
    const known = RedeployFacts.parse(facts);
    const { startTime = instance?.startTime, earlier = redeployments.map(({ taskId }) => taskId) } = known;
    return { startTime, earlier };
  },
  act: async ({ forceStop }, { cloud }, { target }, { instance }) => {
    // Force means something only to a running instance.
    const force = forceStop && instance?.status === 'Running';
    const { taskId } = await cloud.instances.redeploy(target.instanceId, { force });
    return { taskId };
  },
});

/** After a claim: where our redeployment stands, or undefined when the call left no trace and must be made again. */
function judgeMoved(seen: Seen, instance: InstanceState, scene: Scene): Verdict | undefined {
  const { startTime, earlier, taskId } = RedeployFacts.parse(scene.facts);
  if (startTime === undefined) return undefined;
  const task = seen.redeployments.find((one) =>
    taskId === undefined ? !earlier?.includes(one.taskId) : one.taskId === taskId,
  );
  if (task?.status === 'Failed') {
    const sentence = `redeployment ${task.taskId} failed; ECS has put the instance back on its old host, as it was before`;
    return impossible('redeploy-bounced', sentence, 'finish');
  }
  const booted = instance.startTime !== startTime;
  const isOut = seen.event !== undefined && isOver(seen.event.status);
  const isBack = instance.status === 'Running' && (booted || isOut);
  // Where the task is not shown, the event tells whether the move worked.
  if (isBack && (task === undefined ? isOut : task.status === 'Finished')) {
    const at = atLocal(Date.parse(instance.startTime), scene.zone);
    return { kind: 'done', note: `redeployed; started ${at}` };
  }
  const isTraceless = task === undefined && taskId === undefined && !booted && !isOut;
  if (isTraceless && ['Running', 'Stopped'].includes(instance.status)) return undefined;
  const note = `redeployment ${task?.taskId ?? taskId ?? ''} ${task?.status ?? 'is not shown yet'}`;
  return { kind: 'pending', again: scene.now + lookAgainMs, note: note.replace('  ', ' ') };
}

function judgeReady(
  { event, memberships, redeployments }: Seen,
  instance: InstanceState,
  parameters: Parameters,
  scene: Scene,
): Verdict {
  if (instance.dedicatedHost) {
    return impossible('dedicated-host', 'the instance is on a dedicated host; ECS does not redeploy those');
  }
  const strange = redeployments.find(({ status }) => status === 'Processing');
  if (strange !== undefined) {
    const note = `somebody else redeploys the instance (${strange.taskId})`;
    return { kind: 'pending', again: scene.now + lookAgainMs, note };
  }
  if (event === undefined || !isAnswerable(event, instance)) {
    const state =
      event === undefined ? 'no event of ours is known any more' : `${event.code} is ${event.status}`;
    return impossible('no-answer', `ECS redeploys only as the answer to an open event, and ${state}`);
  }
  const unsaved = whyUnsaved(parameters, instance.localDisks);
  if (unsaved !== undefined) return { kind: 'impossible', reason: unsaved };
  const wasTooLate = factsOf(scene, parameters.requireBackup)?.['tooLate'] === true;
  const needsNone = instance.localDisks === 0 || (wasTooLate && parameters.mayLoseLocalData === true);
  const backup = needsNone ? { ...parameters, requireBackup: undefined } : parameters;
  const standing = judgeGoingDown(instance, memberships, backup, scene, ['Running', 'Stopped']);
  if (standing?.kind === 'impossible' && standing.reason.code === 'no-backup' && wasTooLate) {
    return impossible('no-backup', sayUnsaved(event, parameters.requireBackup));
  }
  return standing ?? { kind: 'needed', note: 'redeploys the instance to another host' };
}

/** A failure that hangs: the backup came too late for it, and a move is what would help. */
function sayUnsaved({ code, status }: SystemEvent, backup = 'the backup'): string {
  return (
    `${code} is still ${status}; a redeployment would answer it and empty the local disks, and ${backup} saved nothing, ` +
    'because the provider acted first: somebody must say whether to wait, or to give the data up and redeploy it by hand'
  );
}

/** A failure that the platform already acts on may be redeployed with local disks only. */
function isAnswerable({ code, status }: SystemEvent, { localDisks }: InstanceState): boolean {
  if (status !== 'Inquiring' && status !== 'Scheduled' && status !== 'Executing') return false;
  const answers = eventKind(code)?.answers[status] ?? [];
  return answers.includes('RedeployInstance') && (status !== 'Executing' || localDisks > 0);
}

import { ApiError } from '../core/call';
import { functionKey, type AsyncTask, type CloudFunction } from '../core/compute';
import type { World } from '../core/world';
import { checkEvent } from './invoke';

interface NewTask {
  readonly requestId: string;
  readonly event: Buffer;
  readonly by: string;
  /** In task mode an id that was used before is refused. */
  readonly taskId?: string | undefined;
  readonly delaySeconds?: number;
}

/**
 * Takes an asynchronous invocation; it runs when the next turn is played.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/asynchronous-invocation
 */
export function enqueue(world: World, known: CloudFunction, asked: NewTask): AsyncTask {
  checkEvent(asked.event, 'async');
  const key = functionKey(known.service, known.name);
  const inTaskMode = known.asyncConfig?.asyncTask ?? false;
  const id = (inTaskMode ? asked.taskId : undefined) ?? asked.requestId;
  if (!/^[A-Za-z_0-9][\w-]{0,127}$/.test(id)) {
    throw new ApiError(400, 'InvalidArgument', `found task id ${id}; at most 128 letters, digits, _ and -`);
  }
  if (world.compute.tasks.has(`${key} ${id}`)) {
    const message = `The async invocation ${id} of ${known.name} already exists`;
    throw new ApiError(409, 'StatefulAsyncInvocationAlreadyExists', message);
  }
  const task: AsyncTask = {
    id,
    requestId: asked.requestId,
    by: asked.by,
    functionKey: key,
    payload: asked.event,
    enqueuedAt: world.now,
    dueAt: world.now + (asked.delaySeconds ?? 0) * 1000,
    attempts: 0,
    status: 'Enqueued',
  };
  world.compute.tasks.set(`${key} ${id}`, task);
  return task;
}

/** Tasks that may run by now, the oldest first. */
export function dueTasks(world: World): readonly AsyncTask[] {
  return waitingTasks(world)
    .filter(({ dueAt }) => dueAt <= world.now)
    .sort((a, b) => a.dueAt - b.dueAt);
}

export function waitingTasks(world: World): readonly AsyncTask[] {
  return [...world.compute.tasks.values()].filter(
    ({ status }) => status === 'Enqueued' || status === 'Retrying',
  );
}

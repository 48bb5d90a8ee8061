import { ApiError } from '../core/call';
import type { AsyncConfig, AsyncTask, CloudFunction } from '../core/compute';
import type { World } from '../core/world';
import { sendToDestination } from './destinations';
import { invoke, strikeInvocation } from './invoke';

/** What holds for a function without a configuration of its own. */
const usual: Pick<AsyncConfig, 'maxAsyncRetryAttempts' | 'maxAsyncEventAgeInSeconds' | 'asyncTask'> = {
  maxAsyncRetryAttempts: 3,
  maxAsyncEventAgeInSeconds: 86_400,
  asyncTask: false,
};

/** Tries a task once. A function that fails is tried again, later each time, until its attempts or its time are used up. */
export async function tryTask(world: World, task: AsyncTask): Promise<void> {
  const known = world.compute.functions.get(task.functionKey);
  if (known === undefined) return end(task, { status: 'Failed', error: 'FunctionNotFound' }, world.now);
  const config = known.asyncConfig ?? usual;
  const expiresAt = task.enqueuedAt + config.maxAsyncEventAgeInSeconds * 1000;
  if (world.now > expiresAt) {
    end(task, { status: 'Expired', error: 'the event is too old' }, world.now);
    return sendToDestination(world, known, task, 'EventAgeExceeded');
  }
  task.status = 'Running';
  task.startedAt ??= world.now;
  const failure = await attempt(world, known, task);
  if (failure === undefined) {
    end(task, { status: 'Succeeded' }, world.now);
    return sendToDestination(world, known, task, '');
  }
  task.error = failure.error;
  if (failure.throttled || task.attempts <= config.maxAsyncRetryAttempts) {
    task.status = 'Retrying';
    task.dueAt = world.now + backOffMs(failure.throttled ? (task.throttled ?? 0) : task.attempts);
    if (failure.throttled) task.throttled = (task.throttled ?? 0) + 1;
    return;
  }
  end(task, { status: 'Failed' }, world.now);
  sendToDestination(world, known, task, failure.error);
}

interface Failure {
  readonly error: string;
  readonly throttled: boolean;
}

async function again(world: World, known: CloudFunction, task: AsyncTask): Promise<void> {
  await invoke(world, known, { requestId: task.requestId, event: task.payload, by: task.by });
}

async function attempt(world: World, known: CloudFunction, task: AsyncTask): Promise<Failure | undefined> {
  try {
    const { error, body } = await invoke(world, known, {
      requestId: task.requestId,
      event: task.payload,
      by: task.by,
    });
    task.attempts += 1;
    // Asynchronous invocations run at least once, and sometimes once more.
    if (strikeInvocation(world, 'task-repeated', task.functionKey, task.payload))
      await again(world, known, task);
    task.result = body.toString('utf8');
    return error === undefined ? undefined : { error, throttled: false };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { error: error.code, throttled: error.status === 429 };
  }
}

function end(task: AsyncTask, change: Partial<AsyncTask>, now: number): void {
  Object.assign(task, change, { endedAt: now });
}

/** 1, 2, 4, … seconds; how long Function Compute waits after an error of the function is not documented. */
function backOffMs(attempts: number): number {
  return 1000 * 2 ** Math.min(Math.max(attempts - 1, 0), 9);
}

import { ApiError, type Call } from '../core/call';
import type { Stack } from '../core/stacks';
import type { World } from '../core/world';
import { required } from '../openapi/required';
import { phaseAt } from './engine/course';

/** The stack with the id that a call names, or the refusal `StackNotFound`. */
export function stackOf(world: World, call: Call): Stack {
  const id = required(call, 'StackId');
  const stack = world.stacks.get(id);
  const isForgotten =
    world.switches.rosForgetsDeleted === true && stack !== undefined && isDeleted(stack, call.now);
  if (stack === undefined || isForgotten) {
    throw new ApiError(404, 'StackNotFound', `The Stack (${id}) could not be found.`);
  }
  return stack;
}

/** What a stack is now. */
export function statusOf(stack: Stack, now: number): string {
  return phaseAt(stack.history, now)?.status ?? 'CREATE_IN_PROGRESS';
}

export function isDeleted(stack: Stack, now: number): boolean {
  return statusOf(stack, now) === 'DELETE_COMPLETE';
}

/** https://www.alibabacloud.com/help/en/resource-orchestration-service/latest/stack-management-update-a-stack, "Limits" */
const updatable = /^((CREATE|UPDATE|ROLLBACK)_COMPLETE|(UPDATE|ROLLBACK)_FAILED)$/;

/** Refuses an update where there is none: a stack that was never made whole can only be deleted. */
export function needUpdatable(stack: Stack, now: number): void {
  const status = statusOf(stack, now);
  if (updatable.test(status)) return;
  throw new ApiError(400, 'NotSupported', `Updating a stack in status ${status} is not supported.`);
}

/** Refuses while an operation is under way. A deletion may come at any time, but not twice. */
export function needIdle(stack: Stack, now: number, isDeletion = false): void {
  const status = statusOf(stack, now);
  const isBusy = status.endsWith('_IN_PROGRESS') && !(isDeletion && !status.startsWith('DELETE'));
  if (!isBusy) return;
  const action = status.replace('_IN_PROGRESS', '');
  const message = `Stack ${stack.name} already has an action (${action}) in progress.`;
  throw new ApiError(409, 'ActionInProgress', message);
}

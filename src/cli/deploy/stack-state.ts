import type { Stack } from './ports';

/** What can be done with a stack as it is. */
export type StackState =
  | 'absent'
  /** Something is under way: it is followed, never started again. */
  | 'working'
  /** Can be updated. What failed before does not matter: the update brings every resource where it should be. */
  | 'settled'
  /** Its creation failed: only removing it helps. */
  | 'stillborn'
  /** Its removal failed half-way: it can only be removed again. */
  | 'half-removed';

/**
 * Judges a status of a stack.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstack
 */
export function stateOf(stack: Pick<Stack, 'status'> | undefined): StackState {
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') return 'absent';
  const { status } = stack;
  if (status.endsWith('_IN_PROGRESS')) return 'working';
  if (status === 'DELETE_FAILED') return 'half-removed';
  if (/^CREATE_(FAILED|ROLLBACK_(FAILED|COMPLETE))$/.test(status)) return 'stillborn';
  return 'settled';
}

/** The resources are as the last template says. */
export function isComplete({ status }: Pick<Stack, 'status'>): boolean {
  return status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';
}

/** It is no installation that works, or its last change failed. */
export function isBroken(stack: Pick<Stack, 'status'>): boolean {
  return stack.status.endsWith('_FAILED') || ['stillborn', 'half-removed'].includes(stateOf(stack));
}

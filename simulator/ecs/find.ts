import { ApiError } from '../core/call';
import type { Call } from '../core/call';
import type { Instance, InstanceStatus, World } from '../core/world';
import { statusAt } from './lifecycle';
import { need } from './params';

/** The instance that a call acts on. */
export function theInstance(world: World, call: Call): Instance {
  const instance = world.instances.get(need(call, 'InstanceId'));
  if (instance !== undefined) return instance;
  throw new ApiError(404, 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');
}

/**
 * Refuses what an instance's status or its lock does not allow.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-rebootinstance
 */
export function mustBe(instance: Instance, statuses: readonly InstanceStatus[], now: number): void {
  if (instance.locks.includes('security')) {
    throw new ApiError(
      403,
      'InstanceLockedForSecurity',
      'The specified operation is denied as your instance is locked for security reasons.',
    );
  }
  if (!statuses.includes(statusAt(instance, now))) {
    throw new ApiError(
      403,
      'IncorrectInstanceStatus',
      'The current status of the resource does not support this operation.',
    );
  }
}

/** A dry run that would have worked is answered with an error. */
export function stopIfDryRun(call: Call): void {
  if (call.params.DryRun !== 'true') return;
  throw new ApiError(400, 'DryRunOperation', 'Request validation has been passed with DryRun flag set.');
}

/** A status as the instance APIs show it; with `staleRunningAfterReboot` a fresh Stopping still reads Running. */
export function shownStatus(world: World, instance: Instance, now: number): string {
  const index = instance.history.findLastIndex((entry) => entry.at <= now);
  const current = instance.history[index];
  const staleMs = world.switches.staleRunningAfterReboot
    ? (world.settings.staleRunningSeconds ?? 0) * 1000
    : 0;
  const isStale = current?.status === 'Stopping' && now < current.at + staleMs;
  return isStale ? (instance.history[index - 1]?.status ?? 'Running') : statusAt(instance, now);
}

export function hasTags(
  instance: Instance,
  wanted: readonly { key: string; value: string | undefined }[],
): boolean {
  return wanted.every(({ key, value }) =>
    value === undefined ? instance.tags.has(key) : instance.tags.get(key) === value,
  );
}

import { ApiError } from '../core/call';
import type { AsyncConfig } from '../core/compute';
import type { World } from '../core/world';
import { functionOf } from './resources';
import { AsyncConfigSpec, check } from './specs';

/** Sets how asynchronous invocations of a function are treated, as a whole. */
export function putAsyncConfig(world: World, key: string, spec: AsyncConfigSpec): AsyncConfig {
  const known = functionOf(world, key);
  const { destinationConfig, asyncTask, statefulInvocation, ...rest } = check(AsyncConfigSpec, spec);
  const onSuccess = destinationConfig?.onSuccess?.destination;
  const onFailure = destinationConfig?.onFailure?.destination;
  known.asyncConfig = {
    ...rest,
    createdAt: known.asyncConfig?.createdAt ?? world.now,
    modifiedAt: world.now,
    asyncTask: asyncTask ?? statefulInvocation ?? false,
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onFailure !== undefined && { onFailure }),
  };
  return known.asyncConfig;
}

/** The function's configuration, or the refusal `AsyncConfigNotExists`. */
export function asyncConfigOf(world: World, key: string): AsyncConfig {
  const { asyncConfig, name } = functionOf(world, key);
  if (asyncConfig === undefined) {
    throw new ApiError(404, 'AsyncConfigNotExists', `AsyncConfig for ${name} does not exist.`);
  }
  return asyncConfig;
}

export function removeAsyncConfig(world: World, key: string): void {
  asyncConfigOf(world, key);
  delete functionOf(world, key).asyncConfig;
}

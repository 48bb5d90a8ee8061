import { ApiError } from '../core/call';
import type { Call } from '../core/call';
import type { Instance, World } from '../core/world';
import { list, missing, need, needRegion } from './params';

/** The instances that a tag call names. */
export function taggedInstances(world: World, call: Call): Instance[] {
  mustBeInstances(world, call);
  const ids = list(call, 'ResourceId');
  if (ids.length === 0) throw missing('ResourceId');
  if (ids.length > 50)
    throw new ApiError(400, 'NumberExceed.ResourceIds', 'The number of ResourceId exceeds the limit.');
  return ids.map((id) => {
    const instance = world.instances.get(id);
    if (instance === undefined)
      throw new ApiError(404, 'InvalidResourceId.NotFound', 'The specified ResourceIds are not found.');
    return instance;
  });
}

/** Only instances carry tags in this cloud. */
export function mustBeInstances(world: World, call: Call): void {
  needRegion(call, world.region, 404);
  if (need(call, 'ResourceType', 404) === 'instance') return;
  throw new ApiError(
    404,
    'InvalidResourceType.NotFound',
    'The ResourceType provided does not exist in our records.',
  );
}

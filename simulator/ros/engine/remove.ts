import type { Stack, StackResource } from '../../core/stacks';
import type { World } from '../../core/world';
import { act } from './act';
import { beginCourse, note, noteResource, resourceMs } from './course';

/** Takes a stack down; what is to be retained is left where it is. */
export function deleteResources(
  world: World,
  stack: Stack,
  retains: (resource: StackResource) => boolean,
): void {
  beginCourse(world, stack, 'DELETE_IN_PROGRESS');
  const { at, failed } = removeAll(world, stack, world.now, retains);
  const status = failed === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED';
  note(world, stack, { at, status, reason: failed ?? 'Stack DELETE completed successfully' });
}

/** Removes every resource after those that need it. Answers when it is over, and what went wrong first. */
export function removeAll(
  world: World,
  stack: Stack,
  from: number,
  retains: (resource: StackResource) => boolean,
): { readonly at: number; readonly failed?: string } {
  const goneAt = new Map<string, number>();
  let failed: string | undefined;
  for (const resource of [...stack.resources.values()].reverse()) {
    const needers = [...stack.resources.values()].filter(({ dependsOn }) =>
      dependsOn.includes(resource.logicalId),
    );
    if (needers.some(({ logicalId }) => logicalId !== resource.logicalId && !goneAt.has(logicalId))) continue;
    const at = Math.max(from, ...needers.map(({ logicalId }) => goneAt.get(logicalId) ?? from));
    const reason = removeResource(world, stack, resource, at, retains(resource));
    if (reason === undefined) goneAt.set(resource.logicalId, at + resourceMs(world));
    else failed ??= `Resource DELETE failed: resources.${resource.logicalId}: ${reason}`;
  }
  const at = Math.max(from, ...goneAt.values());
  for (const logicalId of goneAt.keys()) stack.resources.delete(logicalId);
  return { at, ...(failed !== undefined && { failed }) };
}

/** Removes one resource; answers why not. A resource that was never made has nothing to remove. */
export function removeResource(
  world: World,
  stack: Stack,
  resource: StackResource,
  at: number,
  isRetained: boolean,
): string | undefined {
  const end = at + resourceMs(world);
  const { type, physicalId, properties } = resource;
  if (isRetained || physicalId === '') {
    noteResource(world, stack, resource, {
      at: end,
      status: 'DELETE_COMPLETE',
      reason: isRetained ? 'Resource is retained' : '',
    });
    return undefined;
  }
  const outcome = act(world, stack, { verb: 'remove', type, physicalId, properties });
  const isGone = outcome.ok || isMissing(outcome.code);
  noteResource(
    world,
    stack,
    resource,
    { at, status: 'DELETE_IN_PROGRESS', reason: 'state changed' },
    {
      at: end,
      status: isGone ? 'DELETE_COMPLETE' : 'DELETE_FAILED',
      reason: outcome.ok || isGone ? 'state changed' : outcome.reason,
    },
  );
  return outcome.ok || isGone ? undefined : outcome.reason;
}

/** What somebody else deleted before needs no deletion. */
function isMissing(code: string): boolean {
  return /NotExist|NotFound|NoSuch/.test(code);
}

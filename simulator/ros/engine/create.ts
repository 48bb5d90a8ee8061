import type { Stack, StackResource } from '../../core/stacks';
import type { World } from '../../core/world';
import { act } from './act';
import { beginCourse, endOf, note, noteResource, resourceMs, startOf, type Course } from './course';
import { dependenciesOf, propertiesOf, scopeOf, type Design, type Known } from './design';
import { removeAll } from './remove';
import { evaluate } from '../template/evaluate';

/** Makes everything a new stack has; what fails takes the rest back, unless that was not wanted. */
export function createResources(world: World, stack: Stack, design: Design): void {
  const course = beginCourse(world, stack, 'CREATE_IN_PROGRESS');
  const from = world.now;
  let failure: { readonly at: number; readonly reason: string } | undefined;
  for (const logicalId of design.order) {
    const waitsFor = dependenciesOf(design, logicalId);
    const at = startOf(course, waitsFor, from);
    const blocked = waitsFor.some((each) => !course.doneAt.has(each));
    if (blocked || (failure !== undefined && at >= failure.at)) continue;
    const reason = createResource(course, design, logicalId, at);
    if (reason === undefined) course.doneAt.set(logicalId, at + resourceMs(world));
    else
      failure ??= {
        at: at + resourceMs(world),
        reason: `Resource CREATE failed: resources.${logicalId}: ${reason}`,
      };
  }
  if (failure === undefined) {
    stack.outputs = outputsOf(design, knownIn(stack));
    const at = endOf(course, from);
    note(world, stack, { at, status: 'CREATE_COMPLETE', reason: 'Stack CREATE completed successfully' });
    return;
  }
  const at = Math.max(failure.at, endOf(course, from));
  note(world, stack, { at, status: 'CREATE_FAILED', reason: failure.reason });
  if (stack.disableRollback) return;
  note(world, stack, { at, status: 'CREATE_ROLLBACK_IN_PROGRESS', reason: failure.reason });
  const keeps = world.switches.rosRollbackDeletesRetained !== true;
  const removed = removeAll(world, stack, at, (resource) => keeps && resource.deletionPolicy === 'Retain');
  const status = removed.failed === undefined ? 'CREATE_ROLLBACK_COMPLETE' : 'CREATE_ROLLBACK_FAILED';
  note(world, stack, { at: removed.at, status, reason: removed.failed ?? failure.reason });
}

/** Makes one resource; answers why not. */
export function createResource(
  course: Course,
  design: Design,
  logicalId: string,
  at: number,
): string | undefined {
  const { world, stack } = course;
  const { Type: type, DeletionPolicy, Description } = design.template.Resources[logicalId]!;
  const properties = propertiesOf(design, logicalId, knownIn(stack));
  const outcome = act(world, stack, { verb: 'create', type, physicalId: '', properties });
  const made = outcome.ok ? outcome.made : { physicalId: '', attributes: {} };
  const resource: StackResource = {
    logicalId,
    type,
    description: Description,
    deletionPolicy: DeletionPolicy,
    dependsOn: dependenciesOf(design, logicalId),
    properties,
    ...made,
    createdAt: at,
    updatedAt: at,
    history: [],
  };
  const end = at + resourceMs(world);
  noteResource(
    world,
    stack,
    resource,
    { at, status: 'CREATE_IN_PROGRESS', reason: 'state changed' },
    {
      at: end,
      status: outcome.ok ? 'CREATE_COMPLETE' : 'CREATE_FAILED',
      reason: outcome.ok ? 'state changed' : outcome.reason,
    },
  );
  return outcome.ok ? undefined : outcome.reason;
}

/** The resources of a stack as the template's functions see them. */
export function knownIn(stack: Stack): Known {
  return (logicalId) => {
    const resource = stack.resources.get(logicalId);
    return resource && { physicalId: resource.physicalId, attribute: (name) => resource.attributes[name] };
  };
}

export function outputsOf(design: Design, known: Known): Stack['outputs'] {
  const { Outputs } = design.template;
  return Object.entries(Outputs)
    .filter(([, { Condition }]) => Condition === undefined || design.conditions[Condition])
    .map(([key, { Value, Description }]) => ({
      key,
      value: evaluate(Value, scopeOf(design, known)),
      description: typeof Description === 'string' ? Description : '',
    }));
}

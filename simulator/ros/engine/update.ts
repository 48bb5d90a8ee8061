import type { Stack, StackPhase, StackResource } from '../../core/stacks';
import type { World } from '../../core/world';
import { act, type Outcome } from './act';
import { beginCourse, endOf, note, noteResource, resourceMs, startOf, type Course } from './course';
import { createResource, knownIn, outputsOf } from './create';
import { dependenciesOf, propertiesOf, type Design } from './design';
import { isSame, needsAnother } from './differences';
import { removeResource } from './remove';

/** What an update may do with a resource whose change needs another one. */
export type Replacement = 'Enabled' | 'Disabled';

/** Brings a stack to a design; what fails takes it back to where it was, unless that was not wanted. */
export function updateResources(
  world: World,
  stack: Stack,
  design: Design,
  before: Design,
  how: Replacement,
): void {
  const course = beginCourse(world, stack, 'UPDATE_IN_PROGRESS');
  const failure = bring(course, design, how, world.now);
  if (failure === undefined) {
    const at = removeTheRest(course, design);
    stack.outputs = outputsOf(design, knownIn(stack));
    note(world, stack, { at, status: 'UPDATE_COMPLETE', reason: 'Stack UPDATE completed successfully' });
    return;
  }
  const at = endOf(course, failure.at);
  note(world, stack, { at, status: 'UPDATE_FAILED', reason: failure.reason });
  if (stack.disableRollback) return;
  note(world, stack, { at, status: 'ROLLBACK_IN_PROGRESS', reason: failure.reason });
  const back: Course = { world, stack, doneAt: new Map() };
  const stuck = bring(back, before, 'Enabled', at);
  const end = stuck === undefined ? removeTheRest(back, before, at) : endOf(back, stuck.at);
  note(world, stack, {
    at: end,
    status: stuck === undefined ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED',
    reason: stuck?.reason ?? failure.reason,
  });
}

interface Failure {
  readonly at: number;
  readonly reason: string;
}

/** Adds and changes in the order of dependence, up to the first failure. */
function bring(course: Course, design: Design, how: Replacement, from: number): Failure | undefined {
  const { world, stack } = course;
  for (const logicalId of design.order) {
    const at = startOf(course, dependenciesOf(design, logicalId), from);
    const old = stack.resources.get(logicalId);
    const isThere = old !== undefined && old.physicalId !== '';
    const changed = isThere
      ? change(course, design, old, at, how)
      : createResource(course, design, logicalId, at);
    if (changed === same) continue;
    const end = at + resourceMs(world);
    if (changed !== undefined) {
      return {
        at: end,
        reason: `Resource ${isThere ? 'UPDATE' : 'CREATE'} failed: resources.${logicalId}: ${changed}`,
      };
    }
    course.doneAt.set(logicalId, end);
  }
  return undefined;
}

/** Answered in place of a reason where nothing was to be done. */
const same = 'same';

/** Changes one resource, or puts another in its place; answers why not. */
function change(
  course: Course,
  design: Design,
  old: StackResource,
  at: number,
  how: Replacement,
): string | undefined {
  const { world, stack } = course;
  const { Type: type, DeletionPolicy, Description } = design.template.Resources[old.logicalId]!;
  const properties = propertiesOf(design, old.logicalId, knownIn(stack));
  const described = {
    deletionPolicy: DeletionPolicy,
    description: Description,
    dependsOn: dependenciesOf(design, old.logicalId),
  };
  if (isSame(old, type, properties)) {
    stack.resources.set(old.logicalId, { ...old, ...described });
    return same;
  }
  if (needsAnother(old, type, properties)) {
    if (how === 'Disabled') {
      return failed(
        course,
        old,
        at,
        'NotSupported: the changed property needs a replacement update, which is not enabled',
      );
    }
    return removeResource(world, stack, old, at, false) ?? createResource(course, design, old.logicalId, at);
  }
  const { physicalId } = old;
  const outcome: Outcome = act(world, stack, {
    verb: 'update',
    type,
    physicalId,
    properties,
    before: old.properties,
  });
  if (!outcome.ok) return failed(course, old, at, outcome.reason);
  const resource = { ...old, ...described, properties, ...outcome.made, updatedAt: at };
  noteUpdate(course, resource, at, { status: 'UPDATE_COMPLETE', reason: 'state changed' });
  return undefined;
}

function failed(course: Course, old: StackResource, at: number, reason: string): string {
  noteUpdate(course, old, at, { status: 'UPDATE_FAILED', reason });
  return reason;
}

function noteUpdate(
  { world, stack }: Course,
  resource: StackResource,
  at: number,
  end: Pick<StackPhase, 'status' | 'reason'>,
): void {
  const begin = { at, status: 'UPDATE_IN_PROGRESS', reason: 'state changed' } as const;
  noteResource(world, stack, resource, begin, { at: at + resourceMs(world), ...end });
}

/** What the design no longer has goes last. What cannot go is left behind with its failure in the events. */
function removeTheRest(course: Course, design: Design, from = course.world.now): number {
  const { world, stack } = course;
  let at = endOf(course, from);
  for (const resource of [...stack.resources.values()].reverse()) {
    if (design.order.includes(resource.logicalId)) continue;
    removeResource(world, stack, resource, at, resource.deletionPolicy === 'Retain');
    stack.resources.delete(resource.logicalId);
    at += resourceMs(world);
  }
  return at;
}

import { uuid } from '../../core/ids';
import type { Stack, StackPhase, StackResource } from '../../core/stacks';
import type { World } from '../../core/world';

/** An operation on a stack while it is worked out: what it does happens now, and shows when its time has come. */
export interface Course {
  readonly world: World;
  readonly stack: Stack;
  /** When each resource is done, by logical id. */
  readonly doneAt: Map<string, number>;
}

export function beginCourse(world: World, stack: Stack, status: string): Course {
  note(world, stack, { at: world.now, status, reason: '' });
  return { world, stack, doneAt: new Map() };
}

/** How long one resource takes. */
export function resourceMs(world: World): number {
  return (world.settings.rosResourceSeconds ?? 2) * 1000;
}

/** When a resource may begin: after everything that it waits for. */
export function startOf(course: Course, waitsFor: readonly string[], from: number): number {
  return Math.max(from, ...waitsFor.map((logicalId) => course.doneAt.get(logicalId) ?? from));
}

/** When everything that has begun is over. */
export function endOf(course: Course, from: number): number {
  return Math.max(from, ...course.doneAt.values());
}

/** Puts a status of the whole stack into its history, at its time. */
export function note(world: World, stack: Stack, phase: StackPhase): void {
  stack.history.push(phase);
  addEvent(world, stack, phase, { logicalId: stack.name, physicalId: stack.id, type: 'ALIYUN::ROS::Stack' });
}

/** Puts a status of one resource into the history of both, and keeps the resource. */
export function noteResource(
  world: World,
  stack: Stack,
  resource: StackResource,
  ...phases: readonly StackPhase[]
): void {
  stack.resources.set(resource.logicalId, { ...resource, history: [...resource.history, ...phases] });
  for (const phase of phases) addEvent(world, stack, phase, resource);
}

function addEvent(
  world: World,
  stack: Stack,
  phase: StackPhase,
  of: Pick<StackResource, 'logicalId' | 'physicalId' | 'type'>,
): void {
  world.serial += 1;
  const id = uuid(`${world.account}/stack-event/${world.serial}`).toLowerCase();
  const { logicalId, physicalId, type } = of;
  stack.events.push({ ...phase, id, logicalId, physicalId, type });
}

/** What the stack or a resource is now; undefined before its first phase. */
export function phaseAt(history: readonly StackPhase[], now: number): StackPhase | undefined {
  return history.filter(({ at }) => at <= now).at(-1);
}

/** Forgets what has not happened yet, when another operation takes over. */
export function cutOff(stack: Stack, now: number): void {
  const isPast = ({ at }: StackPhase) => at <= now;
  stack.history.splice(0, stack.history.length, ...stack.history.filter(isPast));
  stack.events.splice(0, stack.events.length, ...stack.events.filter(isPast));
}

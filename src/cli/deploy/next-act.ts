import type { Change, Stack } from './ports';
import { stateOf } from './stack-state';

/** What `deploy` does with the stack next. */
export type Act =
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly id: string }
  /** Somebody is at work on it, perhaps an earlier call of ours: wait, then look again. */
  | { readonly kind: 'follow'; readonly id: string }
  /** What is left of a creation that failed goes first. */
  | { readonly kind: 'clear'; readonly id: string }
  | { readonly kind: 'refuse'; readonly why: string };

/** The next act for a stack as it is found; `mustExist` for an upgrade. */
export function nextAct(
  stack: Stack | undefined,
  { name, mustExist }: { readonly name: string; readonly mustExist: boolean },
): Act {
  const state = stateOf(stack);
  if (stack === undefined || state === 'absent') {
    if (!mustExist) return { kind: 'create' };
    return { kind: 'refuse', why: `there is no stack ${name} to upgrade; expected: ecs-failover deploy` };
  }
  const { id } = stack;
  switch (state) {
    case 'working':
      return { kind: 'follow', id };
    case 'settled':
      return { kind: 'update', id };
    case 'stillborn':
      if (!mustExist) return { kind: 'clear', id };
      return { kind: 'refuse', why: `the creation of stack ${name} failed; expected: ecs-failover deploy` };
    case 'half-removed':
      return {
        kind: 'refuse',
        why: `the removal of stack ${name} failed half-way (${stack.reason ?? 'no reason given'}); finish it first: ecs-failover destroy`,
      };
  }
}

/** Resources whose replacement loses what they hold. */
const keepers = ['ALIYUN::OSS::Bucket', 'ALIYUN::MNS::Queue'];
/** Pushes are hints: the sweep finds whatever was in this queue. It goes when an installation moves to FC 2.0. */
const expendable = ['EventQueue'];

/** Changes that would lose journals or messages: nobody is asked for a yes to them in passing. */
export function sayLosses(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(
      ({ resource, type, act }) =>
        keepers.includes(type) && !expendable.includes(resource) && act !== 'create' && act !== 'modify',
    )
    .map(({ resource, type }) => `${resource} (${type}) would lose what it holds`);
}

/** ROS refuses an update that would have to make a resource anew, half-way through it. */
export function sayReplacements(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(({ type, act }) => act === 'replace' && !keepers.includes(type))
    .map(
      ({ resource, type }) =>
        `${resource} (${type}) cannot be changed in place, and an update replaces nothing: take the installation down, its journals stay, and deploy anew`,
    );
}

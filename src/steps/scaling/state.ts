import type { ScalingMember } from '../../engine/ports';
import type { Verdict } from '../../run/run';
import type { Reach, Scene } from '../define-step';
import { providerWentFirst } from '../waiting/window-verdict';

const lookAgainMs = 15_000;

/** How a scaling group stands to an instance; a member's activity is what its whole group is busy with. */
export interface ScalingState {
  readonly member?: ScalingMember;
  readonly activity?: { readonly id: string; readonly description: string };
}

/** One call for an instance that no group owns, two for one that has a group. */
export async function readScaling(
  { cloud }: Reach,
  { target }: Pick<Scene, 'target'>,
): Promise<ScalingState> {
  const member = await cloud.scaling.memberOf(target.instanceId);
  if (member === undefined) return {};
  const activity = await cloud.scaling.activityIn(member.group);
  return { member, ...(activity && { activity }) };
}

/** What has to end in the group before anybody works on the member; undefined when nothing goes on. */
export function scalingUnderWay({ member, activity }: ScalingState): string | undefined {
  if (member === undefined) return undefined;
  if (activity !== undefined) return `the scaling activity ${activity.id} in ${member.group}`;
  const passing = /^(Pending|Removing)(:Wait)?$/.test(member.lifecycle);
  return passing ? `${member.group}, in which the instance is ${member.lifecycle}` : undefined;
}

/**
 * The wait for what goes on in the group, while a slot is held; once that takes too long the slot is given back.
 * Undefined when nothing goes on, and when there is no time to wait for it.
 */
export function awaitScaling(state: ScalingState, atMostMs: number, scene: Scene): Verdict | undefined {
  const busy = scalingUnderWay(state);
  if (busy === undefined || scene.urgent || providerWentFirst(scene)) return undefined;
  if (scene.now - scene.since <= atMostMs) {
    return { kind: 'pending', again: scene.now + lookAgainMs, note: `waits for ${busy}` };
  }
  const sentence = `${busy} goes on; the run gives its slot back and waits without one`;
  return { kind: 'impossible', reason: { code: 'scaling-busy', sentence }, then: 'again' };
}

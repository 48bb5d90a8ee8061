import type { InstanceState, Membership } from '../../engine/ports';
import type { Places } from '../../playbook/kinds/traffic';
import { isOfDisk } from '../../event/kinds';
import type { SystemEvent } from '../../event/system-event';
import type { Reason, Verdict } from '../../run/run';
import { factsOf, type Reach, type Scene } from '../define-step';
import { changedByHand } from '../traffic/drain-traffic';
import { subjectOf } from './subject';
import { permissionsToFind } from '../traffic/permissions';

/** What an act that takes the instance down has to respect; each is the id of a step. */
interface Conditions {
  /** Took the traffic away, if the playbook has such a step. */
  readonly drain?: string | undefined;
  /** Must have left a verified manifest. */
  readonly requireBackup?: string | undefined;
}

/** What every such call looks at first. */
export interface SeenBefore {
  readonly event?: SystemEvent;
  readonly instance?: InstanceState;
  readonly memberships: readonly Membership[];
}

/** RAM actions of asking for events of that code; without one, of any. */
export function permissionsToAsk(code?: string): readonly string[] {
  const ofInstances = code === undefined || !isOfDisk(code) ? ['ecs:DescribeInstanceHistoryEvents'] : [];
  const ofDisks = code === undefined || isOfDisk(code) ? ['ecs:DescribeDisksFullStatus'] : [];
  return [...ofInstances, ...ofDisks];
}

/** RAM actions of `lookBefore`; without places, wherever they might be. */
export function permissionsToLook(places?: Places, code?: string): readonly string[] {
  return [...permissionsToAsk(code), ...new Set(['ecs:DescribeInstances', ...permissionsToFind(places)])];
}

const lookAgainMs = 10_000;

/** The event that the step is about and the instance as ECS shows them now, and where the instance takes traffic. */
export async function lookBefore(
  { places, about }: { readonly places: Places; readonly about?: string | undefined },
  { cloud }: Reach,
  scene: Scene,
): Promise<SeenBefore> {
  const { target } = scene;
  const event = subjectOf(scene, about);
  const [known, instance, memberships] = await Promise.all([
    event && cloud.events.get(event),
    cloud.instances.get(target.instanceId),
    cloud.traffic.memberships(target.instanceId, places),
  ]);
  return { event: known, instance, memberships };
}

/**
 * What forbids to take the instance down now, or `undefined`: a security lock, a status in which the call is
 * refused, traffic, a backup that is missing. The same for every call that restarts, stops or moves an instance.
 */
export function judgeGoingDown(
  instance: InstanceState,
  memberships: readonly Membership[],
  { drain, requireBackup }: Conditions,
  scene: Scene,
  allowed: readonly string[] = ['Running'],
): Verdict | undefined {
  if (instance.locks.includes('security')) {
    return impossible('instance-locked', 'the instance is locked for security; ECS refuses to touch it');
  }
  if (!allowed.includes(instance.status)) return wrongStatus(instance.status, allowed, scene);
  // What no call can drain was settled by the drain: the playbook accepts it, or a person has.
  const counts = ({ weight, fixed }: Membership) =>
    weight > 0 && (fixed === undefined || drain === undefined);
  const serving = memberships.find(counts);
  if (serving !== undefined) return stillServing(serving, drain);
  if (requireBackup !== undefined && factsOf(scene, requireBackup)?.['manifest'] === undefined) {
    return impossible('no-backup', `${requireBackup} left no verified manifest`);
  }
  return undefined;
}

function wrongStatus(status: string, allowed: readonly string[], { now }: Scene): Verdict {
  if (['Pending', 'Starting', 'Stopping'].includes(status)) {
    return { kind: 'pending', again: now + lookAgainMs, note: `the instance is ${status}` };
  }
  return impossible('not-running', `the instance is ${status}; it would have to be ${allowed.join(' or ')}`);
}

/** Never down under traffic. With a drain behind us it can only be a person who brought the traffic back. */
function stillServing(serving: Membership, drain: string | undefined): Verdict {
  if (drain !== undefined) return changedByHand(serving);
  const sentence = `weight ${serving.weight} in ${serving.key}, and no step of the playbook takes it away`;
  return impossible('takes-traffic', sentence);
}

/** Nothing can be done to an instance that does not exist; what was done elsewhere is put back where it still can be. */
export function instanceGone(): Verdict {
  return impossible('instance-gone', 'the instance does not exist any more', 'withdraw');
}

export function impossible(
  code: Reason['code'],
  sentence: string,
  then?: 'hold' | 'withdraw' | 'again' | 'finish',
): Verdict & { kind: 'impossible' } {
  return { kind: 'impossible', reason: { code, sentence }, ...(then && { then }) };
}

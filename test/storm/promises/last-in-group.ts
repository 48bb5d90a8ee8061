import { isApplicationUp } from '../../../simulator/clb/health';
import type { World as SimulatedCloud } from '../../../simulator/core/world';
import type { Place } from '../places';
import type { Promised, Story } from '../story';

/** Between our look and our write others may have come or gone, and a check takes its time to say so. */
const blindMs = 150_000;
const stepMs = 10_000;

/**
 * Nobody takes the last healthy server out of a group without its owner's consent. What other tools, people and
 * failures do to the others in the meantime is not ours.
 */
export const lastInGroup: Promised = {
  name: 'last in group',
  sentence: 'nobody takes the last healthy server out of a group unless allowLast is set',
  watch: (story) => ({
    act: ({ action, run, weights, at }) => {
      if (run === undefined || run.plan.urgency === 'now' || mayTakeLast(story, run.plan.pool))
        return undefined;
      // Where the provider acts the instance goes down in any case.
      if (!['Inquiring', 'Scheduled'].includes(run.state.event.status)) return undefined;
      const out = weights
        .filter(({ weight, before }) => weight === 0 && before > 0)
        .map(({ place }) => place);
      const emptied = out.find((place) => isLast(story, place, at));
      return emptied && `${action} for ${run.id} takes the last healthy server out of ${emptied.group}`;
    },
  }),
};

function mayTakeLast({ configuration }: Story, pool: string): boolean {
  return configuration.pools.find(({ metadata }) => metadata.name === pool)?.spec.guard.allowLast ?? true;
}

/** It serves for certain, and none of the others can have been thought to. */
function isLast({ cloud, places }: Story, place: Place, at: number): boolean {
  if (!isChecked(cloud, place.group) || !recently(at).every((moment) => isUp(cloud, place, moment)))
    return false;
  const others = places.filter((one) => one.group === place.group && one.instanceId !== place.instanceId);
  return !others.some((one) => {
    const byHand = one.hand !== undefined && at - one.hand.at <= blindMs;
    return (one.weight() > 0 || byHand) && recently(at).some((moment) => isUp(cloud, one, moment));
  });
}

function recently(at: number): readonly number[] {
  return Array.from({ length: blindMs / stepMs + 1 }, (_item, index) => at - index * stepMs);
}

function isUp(cloud: SimulatedCloud, { instanceId }: Place, at: number): boolean {
  const instance = cloud.instances.get(instanceId);
  return instance !== undefined && isApplicationUp(instance, at);
}

/** Of a group whose servers nobody checks, all count as well: one that no listener uses is checked by nobody. */
function isChecked(cloud: SimulatedCloud, group: string): boolean {
  const [kind, first = '', second = ''] = group.split('/');
  if (kind !== 'clb') return cloud.serverGroups.get(first)?.healthCheck === true;
  const listeners = cloud.loadBalancers.get(first)?.listeners ?? [];
  return listeners.some(({ vServerGroupId, masterSlaveGroupId, rules }) => {
    const isDefault = vServerGroupId === undefined && masterSlaveGroupId === undefined;
    const used = [vServerGroupId, ...rules.map((rule) => rule.vServerGroupId)];
    return second === 'default' ? isDefault : used.includes(second);
  });
}

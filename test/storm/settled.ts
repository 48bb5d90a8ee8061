import { membersIn } from '../../src/playbook/percentage';
import type { World as SimulatedCloud } from '../../simulator/core/world';
import { isNamedBy, poolsOf } from './meant';
import type { Place } from './places';
import type { RunView, Story } from './story';

const waitingSteps = ['join-line', 'take-slot'];

/**
 * Ended, or waiting for a person; also while it waits for a slot that cannot come without one: a run that holds
 * keeps its slot and its instance (they are freed by proof, never by time alone), a pool that failures have stopped
 * waits for its reset, and one that has too few members in service lets nobody out.
 */
export function isSettled(run: RunView, story: Story): boolean {
  if (waitsForPerson(run) || run.state.phase.kind === 'ended') return true;
  const step = run.plan.steps[run.state.step];
  if (run.state.phase.kind !== 'forward' || !waitingSteps.includes(step?.use ?? '')) return false;
  const others = [...story.runs.values()].filter((other) => other.id !== run.id);
  return others.some(waitsForPerson) || story.stopped.size > 0 || hasTooFew(story) || isAlone(run, story);
}

/** Nobody but its instance serves in one of the groups, and no pool gives its consent to that. */
function isAlone({ plan }: RunView, { cloud, places, configuration, now }: Story): boolean {
  const { instanceId } = plan.target;
  const instance = cloud.instances.get(instanceId);
  const pools = instance === undefined ? [] : poolsOf(configuration, instance);
  return pools
    .filter(({ spec }) => !spec.guard.allowLast)
    .some((pool) => {
      const serving = places.filter((place) => place.weight() > 0 && isNamedBy(pool, place));
      const own = serving.filter((place) => place.instanceId === instanceId).map(({ group }) => group);
      const others = serving.filter(
        (place) => place.instanceId !== instanceId && isRunning(cloud, place, now()),
      );
      return own.some((group) => !others.some((place) => place.group === group));
    });
}

function isRunning(cloud: SimulatedCloud, { instanceId }: Place, at: number): boolean {
  return cloud.instances.get(instanceId)?.history.findLast((entry) => entry.at <= at)?.status === 'Running';
}

function waitsForPerson({ parked, state }: RunView): boolean {
  return parked || state.phase.kind === 'held';
}

/** All pools stand behind one load balancer, so that each would feel it when a member of another goes. */
function hasTooFew({ cloud, places, configuration, now }: Story): boolean {
  return configuration.pools.some((pool) => {
    const { guard } = pool.spec;
    const all = [...cloud.instances.values()].filter((one) => poolsOf(configuration, one).includes(pool));
    const own = places.filter((place) => isNamedBy(pool, place));
    const inService = all.filter(({ id }) =>
      own.some((place) => place.instanceId === id && place.weight() > 0 && isRunning(cloud, place, now())),
    );
    const needed = membersIn(guard.minHealthy, all.length, 'up');
    // Whoever serves nothing could go; after a storm the pool wants to be able to spare one all the same.
    return inService.length - 1 < Math.max(needed, guard.allowLast ? 0 : 1);
  });
}

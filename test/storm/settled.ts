import { membersIn } from '../../src/playbook/percentage';
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
  return others.some(waitsForPerson) || story.stopped.size > 0 || hasTooFew(story);
}

function waitsForPerson({ parked, state }: RunView): boolean {
  return parked || state.phase.kind === 'held';
}

/** All pools stand behind one load balancer, so that each would feel it when a member of another goes. */
function hasTooFew({ cloud, places, configuration, now }: Story): boolean {
  return configuration.pools.some(({ spec: { guard, members } }) => {
    const wanted = Object.entries(members.tags);
    const isMember = (tags: ReadonlyMap<string, string>) =>
      wanted.every(([key, value]) => tags.get(key) === value);
    const all = [...cloud.instances.values()].filter(({ tags }) => isMember(tags));
    const inService = all.filter(
      ({ id, history }) =>
        history.findLast(({ at }) => at <= now())?.status === 'Running' &&
        places.some(({ backend }) => backend.serverId === id && backend.weight > 0),
    );
    const needed = membersIn(guard.minHealthy, all.length, 'up');
    // Whoever serves nothing could go; after a storm the pool wants to be able to spare one all the same.
    return inService.length - 1 < Math.max(needed, guard.allowLast ? 0 : 1);
  });
}

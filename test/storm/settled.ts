import { statusAt } from '../../simulator/ecs/lifecycle';
import type { Guard } from '../../src/playbook/configuration';
import { membersIn } from '../../src/playbook/percentage';
import type { RunView, Story } from './story';

const waitingSteps = ['join-line', 'take-slot'];

/**
 * Ended, or waiting for a person; also while it waits for a slot that cannot come without one: a run that holds
 * keeps its slot and its instance (they are freed by proof, never by time alone), and a pool that has too few
 * members in service lets nobody out.
 */
export function isSettled(run: RunView, story: Story): boolean {
  if (waitsForPerson(run) || run.state.phase.kind === 'ended') return true;
  const step = run.plan.steps[run.state.step];
  if (run.state.phase.kind !== 'forward' || !waitingSteps.includes(step?.use ?? '')) return false;
  const others = [...story.runs.values()].filter((other) => other.id !== run.id);
  return others.some(waitsForPerson) || hasTooFew(story, run);
}

function waitsForPerson({ parked, state }: RunView): boolean {
  return parked || state.phase.kind === 'held';
}

function hasTooFew({ cloud, places, now }: Story, run: RunView): boolean {
  const slot = run.plan.steps.find(({ use }) => use === 'take-slot');
  const guard = slot?.parameters['guard'] as Guard | undefined;
  const members = [...cloud.instances.values()].filter(({ tags }) => tags.get('app') === 'web');
  const inService = members.filter(
    (member) =>
      statusAt(member, now()) === 'Running' &&
      places.some(({ backend }) => backend.serverId === member.id && backend.weight > 0),
  );
  const left = inService.filter(({ id }) => id !== run.plan.target.instanceId).length;
  const needed = guard === undefined ? 0 : membersIn(guard.minHealthy, members.length, 'up');
  return left < Math.max(needed, guard?.allowLast === true ? 0 : 1);
}

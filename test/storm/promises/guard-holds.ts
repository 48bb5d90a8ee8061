import { answers, type Promised, type RunView, type Story } from '../story';
import type { Guard } from '../../../src/playbook/configuration';
import { membersIn } from '../../../src/playbook/percentage';
import { statusAt } from '../../../simulator/ecs/lifecycle';

/** Between a look at the members and the slot that it led to. */
const lookMs = 150_000;

interface Slot {
  readonly run: string;
  readonly instance: string;
  readonly zone: string;
  /** Taken because the provider was acting already: the guard has no say then. */
  readonly forced: boolean;
}

/**
 * Never more members out than the guard allows, in the pool and in a zone; counted from the pool's ledger and
 * from the cloud's own weights. A member that we take out has a slot.
 */
export const guardHolds: Promised = {
  name: 'guard holds',
  sentence: 'never more members out than the guard allows, and none without a slot',
  watch: (story) => {
    const slots = new Map<string, Slot>();
    return {
      line: ({ journal, data, run }) => {
        if (journal === 'pools/web') return slotLine(story, slots, data);
        const ended = run?.state.phase.kind === 'ended' && data['state'] !== undefined;
        return ended && slots.has(run.id) ? `${run.id} has ended and still has a slot` : undefined;
      },
      act: ({ action, run, weights, at }) => {
        if (run === undefined) return undefined;
        const takesOut = weights.some(({ weight, before }) => weight === 0 && before > 0);
        if (!takesOut && !answers.includes(action)) return undefined;
        if (!slots.has(run.id) && !isOverdue(story, run, at))
          return `${action} for ${run.id}, which has no slot`;
        return undefined;
      },
    };
  },
};

function slotLine(
  story: Story,
  slots: Map<string, Slot>,
  data: Readonly<Record<string, unknown>>,
): string | undefined {
  const runId = String(data['run']);
  if (data['kind'] === 'returned') {
    return slots.delete(runId) ? undefined : `${runId} gave a slot back that it did not have`;
  }
  if (data['kind'] !== 'taken') return undefined;
  if (slots.has(runId)) return `${runId} took a second slot`;
  const run = story.runs.get(runId);
  const guard = run?.plan.steps.find(({ use }) => use === 'take-slot')?.parameters['guard'] as
    Guard | undefined;
  if (run === undefined || guard === undefined) return `a slot for ${runId}, which is not under way`;
  const { instanceId: instance, zone } = run.plan.target;
  const forced = isOverdue(story, run, story.now());
  const others = [...slots.values()].filter((other) => other.instance !== instance);
  slots.set(runId, { run: runId, instance, zone, forced });
  return forced ? undefined : tooManyOut(story, guard, instance, zone, others);
}

/** The provider acts, or has acted, by itself: then the member is out whatever the guard says. */
function isOverdue({ cloud }: Story, run: RunView, at: number): boolean {
  const event = cloud.events.get(run.state.event.id);
  return (
    event?.history.some((entry) => entry.at <= at && !['Scheduled', 'Inquiring'].includes(entry.status)) ??
    true
  );
}

function tooManyOut(
  { cloud, now }: Story,
  guard: Guard,
  instance: string,
  zone: string,
  others: readonly Slot[],
): string | undefined {
  const members = [...cloud.instances.values()].filter(({ tags }) => tags.get('app') === 'web');
  const inZone = members.filter((member) => member.zone === zone).length;
  const maxOut = membersIn(guard.maxOut, members.length, 'down');
  const maxOutPerZone = membersIn(guard.maxOutPerZone, inZone, 'down');
  const outInZone = others.filter((other) => other.zone === zone).length;
  if (others.length + 1 > maxOut)
    return `${instance} is out with ${others.length} others; at most ${maxOut} may be`;
  if (outInZone + 1 > maxOutPerZone) {
    return `${instance} is out with ${outInZone} others in ${zone}; at most ${maxOutPerZone} may be`;
  }
  const alone = members.length === 1 && guard.allowLast;
  const minHealthy = alone ? 0 : membersIn(guard.minHealthy, members.length, 'up');
  const left = members.filter((member) => {
    const running = statusAt(member, now()) === 'Running' || statusAt(member, now() - lookMs) === 'Running';
    return running && member.id !== instance && !others.some((other) => other.instance === member.id);
  });
  return left.length < minHealthy
    ? `with ${instance} out ${left.length} healthy members are left; ${minHealthy} must be`
    : undefined;
}

import { statusAt } from '../../../simulator/ecs/lifecycle';
import type { Pool } from '../../../src/playbook/configuration';
import { membersIn } from '../../../src/playbook/percentage';
import { isNamedBy } from '../meant';
import { answers, type Promised, type RunView, type Story } from '../story';

/** Between a look at the members and the slot that it led to. */
const lookMs = 150_000;

interface Slot {
  readonly run: string;
  readonly instance: string;
  readonly zone: string;
}

/**
 * Never more members out than the guard allows, in each pool and in a zone; an emergency goes down to the hard
 * floor. A member that we take out has a slot.
 */
export const guardHolds: Promised = {
  name: 'guard holds',
  sentence: 'never more members out than the guard allows, and none without a slot',
  watch: (story) => {
    const { configuration } = story;
    const ledgers = new Map(
      configuration.pools.map((pool) => [
        `pools/${pool.metadata.name}`,
        { pool, slots: new Map<string, Slot>() },
      ]),
    );
    const hasSlot = (run: RunView) => ledgers.get(`pools/${run.plan.pool}`)?.slots.has(run.id) === true;
    return {
      line: ({ journal, data, run }) => {
        const ledger = ledgers.get(journal);
        if (ledger !== undefined) return slotLine(story, ledger.pool, ledger.slots, data);
        if (run === undefined || data['state'] === undefined || !hasSlot(run)) return undefined;
        const { phase } = run.state;
        // A run that a person gave up leaves its slot to whoever proves that it has ended.
        return phase.kind === 'ended' && phase.outcome !== 'held'
          ? `${run.id} has ended and still has a slot`
          : undefined;
      },
      act: ({ action, run, weights, at }) => {
        if (run === undefined) return undefined;
        const takesOut = weights.some(({ weight, before }) => weight === 0 && before > 0);
        if (!takesOut && !answers.includes(action)) return undefined;
        if (!hasSlot(run) && !isOverdue(story, run, at)) return `${action} for ${run.id}, which has no slot`;
        return undefined;
      },
    };
  },
};

function slotLine(
  story: Story,
  pool: Pool,
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
  if (run === undefined) return `a slot for ${runId}, which is not under way`;
  const { instanceId: instance, zone } = run.plan.target;
  const others = [...slots.values()].filter((other) => other.instance !== instance);
  slots.set(runId, { run: runId, instance, zone });
  if (isOverdue(story, run, story.now())) return undefined;
  if (run.plan.urgency === 'now' && servesNothing(story, pool, instance)) return undefined;
  return run.plan.urgency === 'now'
    ? tooFewLeft(story, pool, instance, others, pool.spec.guard.hardFloor ?? { count: 1 })
    : tooManyOut(story, pool, instance, zone, others);
}

/** The provider acts, or has acted, by itself: then the member is out whatever the guard says. */
function isOverdue({ cloud }: Story, run: RunView, at: number): boolean {
  const event = cloud.events.get(run.state.event.id);
  return (
    event?.history.some((entry) => entry.at <= at && !['Scheduled', 'Inquiring'].includes(entry.status)) ??
    true
  );
}

/** Nobody misses a member that is down, or that takes no traffic for the pool: an emergency may have it. */
function servesNothing({ cloud, places, now }: Story, pool: Pool, instanceId: string): boolean {
  const instance = cloud.instances.get(instanceId);
  const wasUp = [0, lookMs].every(
    (ago) => instance !== undefined && statusAt(instance, now() - ago) === 'Running',
  );
  const own = places.filter((place) => place.instanceId === instanceId && isNamedBy(pool, place));
  return !wasUp || (own.length > 0 && own.every((place) => place.weight() === 0));
}

function tooManyOut(
  story: Story,
  pool: Pool,
  instance: string,
  zone: string,
  others: readonly Slot[],
): string | undefined {
  const { guard } = pool.spec;
  const members = membersOf(story, pool);
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
  return alone ? undefined : tooFewLeft(story, pool, instance, others, guard.minHealthy);
}

function tooFewLeft(
  story: Story,
  pool: Pool,
  instance: string,
  others: readonly Slot[],
  least: Pool['spec']['guard']['minHealthy'],
): string | undefined {
  const members = membersOf(story, pool);
  const needed = membersIn(least, members.length, 'up');
  const left = members.filter((member) => {
    const running = [0, lookMs].some((ago) => statusAt(member, story.now() - ago) === 'Running');
    return running && member.id !== instance && !others.some((other) => other.instance === member.id);
  });
  return left.length < needed
    ? `with ${instance} out ${left.length} healthy members are left; ${needed} must be`
    : undefined;
}

function membersOf({ cloud }: Story, { spec }: Pool) {
  const wanted = Object.entries(spec.members.tags);
  return [...cloud.instances.values()].filter(({ tags }) =>
    wanted.every(([key, value]) => tags.get(key) === value),
  );
}

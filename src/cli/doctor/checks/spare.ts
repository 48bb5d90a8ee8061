import { judgeGuard, type GuardAnswer } from '../../../playbook/guard';
import { placesOf } from '../../../playbook/places';
import { readMembers, type Member } from '../../../steps/slot/pool-members';
import { CloudError } from '../../../engine/ports';
import { defineCheck, type Found } from '../define-check';
import type { PoolSeen } from '../patient';

const codes = {
  'pool-spares-nobody': {
    severity: 'error',
    what: 'the guard of a pool lets nobody out, though every member were healthy',
    why: 'Every planned run waits for a slot until its deadline has passed.',
    mend: 'lower minHealthy, raise maxOut or maxOutPerZone, add members, or write allowLast: true where one is all there is',
  },
  'member-is-last-in-group': {
    severity: 'error',
    what: 'a member is the last healthy server of a group',
    why: 'Taking it out would leave the group without a server, so that its run waits for ever.',
    mend: 'register another server in the group, or write allowLast: true in the guard',
  },
  'pool-unwell': {
    severity: 'warning',
    what: 'so many members of a pool are unwell that nobody could go out now',
    why: 'Planned work waits until they are well again.',
    mend: 'see which members fail: ecs-failover traffic <instance>',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly seen: PoolSeen;
  /** Undefined where a place cannot be read, which is told as that. */
  readonly members: readonly Member[] | undefined;
}

export const spare = defineCheck<readonly Seen[], Code>({
  area: 'members',
  looksAt: 'whether pools can spare a member',
  codes,
  look: async ({ pools }) =>
    Promise.all(
      (await pools()).map(async (seen) => {
        const { members, traffic } = seen.pool.spec;
        const read = readMembers(seen.cloud, members.tags, placesOf(traffic)).catch((error: unknown) => {
          if (error instanceof CloudError && !error.detail.worthRepeating) return undefined;
          throw error;
        });
        return { seen, members: await read };
      }),
    ),
  judge: (all) => all.flatMap(({ seen, members }) => (members?.length ? judgePool(seen, members) : [])),
});

function judgePool({ pool }: PoolSeen, members: readonly Member[]): readonly Found<Code>[] {
  const about = pool.metadata.name;
  const ideal = askEach(
    pool,
    members.map((member) => ({ ...member, healthy: true })),
  );
  const alone = ideal.filter(({ answer }) => answer.code === 'last-in-group');
  const refused = ideal.filter(({ answer }) => !answer.allowed);
  const [first] = refused;
  if (first !== undefined && refused.length === ideal.length && alone.length === 0) {
    return [{ code: 'pool-spares-nobody', about, what: first.answer.sentence }];
  }
  const last = alone.map(({ id, answer }) => ({
    code: 'member-is-last-in-group' as const,
    about: id,
    what: answer.sentence,
  }));
  const unwell = members.filter(({ healthy }) => !healthy).map(({ instanceId }) => instanceId);
  const others = [...unwell, ...alone.map(({ id }) => id)];
  const now = askEach(pool, members).filter(({ id }) => !others.includes(id));
  const stuck = unwell.length > 0 && now.length > 0 && now.every(({ answer }) => !answer.allowed);
  if (!stuck) return last;
  const what = `${unwell.join(', ')} ${unwell.length === 1 ? 'is' : 'are'} unwell; ${now[0]?.answer.sentence}`;
  return [...last, { code: 'pool-unwell', about, what }];
}

function askEach(
  { spec: { guard } }: PoolSeen['pool'],
  members: readonly Member[],
): readonly { readonly id: string; readonly answer: GuardAnswer }[] {
  return members.map((candidate) => ({
    id: candidate.instanceId,
    answer: judgeGuard({ guard, members, out: [], candidate }),
  }));
}

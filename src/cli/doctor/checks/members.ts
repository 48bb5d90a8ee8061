import { CloudError } from '../../../engine/ports';
import { defineCheck, type Found } from '../define-check';
import { playbooksOf, type PoolSeen } from '../patient';

const codes = {
  'pool-unread': {
    severity: 'error',
    what: 'the members of a pool cannot be read',
    why: 'Its account cannot be entered, or does not answer: no event there is found, and no run there goes on.',
    mend: 'see whether the role of the account can be assumed, and by whom; then look again',
  },
  'pool-half-seen': {
    severity: 'warning',
    what: 'members in another account or region cannot be asked about maintenance, Cloud Assistant and RAM roles',
    why: 'What of it would stop a run there is not seen from here.',
    mend: 'let the role there call ecs:DescribeInstanceMaintenanceAttributes, ecs:DescribeCloudAssistantStatus and ecs:DescribeInstanceRamRole, or run the doctor there',
  },
  'pool-empty': {
    severity: 'error',
    what: 'no instance of the region carries the tags of a pool',
    why: 'Every event on its instances is passed over: they are in no pool.',
    mend: 'put the tags on the instances, or mend members.tags of the pool',
  },
  'pool-unanswered': {
    severity: 'warning',
    what: 'no playbook answers for a pool',
    why: 'Events on its members are logged, and nothing is done about them.',
    mend: 'name the pool in match.pools of a playbook',
  },
  'member-down': {
    severity: 'warning',
    what: 'a member is not running',
    why: 'It counts as a member and not as a healthy one, so that the guard lets nobody, or fewer, out.',
    mend: 'start the instance, or take the tags of the pool off it',
  },
  'member-locked': {
    severity: 'error',
    what: 'ECS has locked a member',
    why: 'A locked instance can be neither restarted nor stopped, started or redeployed.',
    mend: 'ECS console, the instance: it says why it is locked and how to lift that',
  },
} as const;

interface Seen {
  readonly seen: PoolSeen;
  /** Why its members cannot be asked about everything. */
  readonly refused: string | undefined;
}

export const members = defineCheck<readonly Seen[], keyof typeof codes>({
  area: 'members',
  looksAt: 'pools and their members',
  codes,
  look: async ({ everyPool }) =>
    Promise.all((await everyPool()).map(async (seen) => ({ seen, refused: await whyHalfSeen(seen) }))),
  judge: (pools, { configuration }) =>
    pools.flatMap(({ seen, refused }): readonly Found<keyof typeof codes>[] => {
      const { pool, members: found, unread } = seen;
      const about = pool.metadata.name;
      if (unread !== undefined) return [{ code: 'pool-unread', about, what: unread }];
      const tags = Object.entries(pool.spec.members.tags).map(([key, value]) => `${key}=${value}`);
      return [
        ...(refused === undefined ? [] : [{ code: 'pool-half-seen' as const, about, what: refused }]),
        ...(found.length === 0
          ? [{ code: 'pool-empty' as const, about, what: `no instance has ${tags.join(' and ')}` }]
          : []),
        ...(playbooksOf(configuration, pool).length === 0
          ? [{ code: 'pool-unanswered' as const, about, what: 'no playbook names it in match.pools' }]
          : []),
        ...found
          .filter(({ status }) => status !== 'Running')
          .map(({ id, status }) => ({
            code: 'member-down' as const,
            about: id,
            what: `it is ${status}, a member of ${about}`,
          })),
        ...found
          .filter(({ locks }) => locks.length > 0)
          .map(({ id, locks }) => ({
            code: 'member-locked' as const,
            about: id,
            what: `it is locked: ${locks.join(', ')}`,
          })),
      ];
    }),
});

/** At home a check that is refused says so itself. */
async function whyHalfSeen({ isHome, ward, members: found, unread }: PoolSeen): Promise<string | undefined> {
  if (isHome || unread !== undefined) return undefined;
  const ids = found.slice(0, 1).map(({ id }) => id);
  try {
    await ward.maintenance(ids);
    await ward.agentsOnline(ids);
    await ward.instanceRoles(ids);
    return undefined;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return error.message;
  }
}

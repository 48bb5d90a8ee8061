import type { Configuration, Pool } from '../../../playbook/configuration';
import { defineCheck, type Found } from '../define-check';
import { askWards, everyId, playbooksOf, type Facts, type PoolSeen } from '../patient';
import type { BucketState, Ward } from '../ports';

const codes = {
  'backup-role-missing': {
    severity: 'error',
    what: 'a member has no RAM role, and its playbook saves data to OSS',
    why: 'The backup is made by the instance under that role; without it the step fails, and nothing is restarted.',
    mend: 'attach the role: ECS console, the instance, Attach/Detach RAM Role',
  },
  'backup-role-differs': {
    severity: 'error',
    what: 'a member has another RAM role than its playbook names',
    why: 'The instance can take up no role but its own, so that the backup fails, and nothing is restarted.',
    mend: 'attach the role that the playbook names, or name the one that is attached',
  },
  'backup-bucket-missing': {
    severity: 'error',
    what: 'the bucket that a playbook saves to does not exist',
    why: 'Nothing is saved, and where a backup is required nothing is restarted.',
    mend: 'make the bucket, private and in the same region, or name another',
  },
  'backup-bucket-public': {
    severity: 'warning',
    what: 'strangers may read the bucket that a playbook saves to',
    why: 'What is on the local disks of the members is copied there.',
    mend: 'set the ACL of the bucket to private: OSS console, the bucket, Permission Control, Bucket ACL',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly pools: readonly PoolSeen[];
  readonly roles: Readonly<Record<string, string>>;
  readonly buckets: readonly { readonly name: string; readonly state: BucketState | undefined }[];
}

export const backups = defineCheck<Seen, Code>({
  area: 'members',
  looksAt: 'RAM roles of the members, and where backups go',
  codes,
  look: async (patient) => {
    const { configuration } = patient.facts;
    const saving = (await patient.pools()).filter(({ pool }) => savesOf(configuration, pool).length > 0);
    const { pools, answers } = await askWards(saving, async (ward, some) => [
      await lookAt(ward, some, configuration),
    ]);
    return {
      pools,
      roles: Object.assign({}, ...answers.map(({ roles }) => roles)) as Seen['roles'],
      buckets: answers.flatMap(({ buckets }) => buckets),
    };
  },
  judge: (seen, facts) => [...judgeRoles(seen, facts), ...seen.buckets.flatMap(judgeBucket)],
});

async function lookAt(ward: Ward, pools: readonly PoolSeen[], configuration: Configuration) {
  const names = pools.flatMap(({ pool }) => savesOf(configuration, pool).map(({ to }) => to.bucket));
  const [roles, buckets] = await Promise.all([
    ward.instanceRoles(everyId(pools)),
    Promise.all([...new Set(names)].map(async (name) => ({ name, state: await ward.bucket(name) }))),
  ]);
  return { roles, buckets };
}

function judgeRoles({ pools, roles }: Seen, { configuration }: Facts): readonly Found<Code>[] {
  return pools.flatMap(({ pool, members }) => {
    const wanted = [...new Set(savesOf(configuration, pool).map(({ role }) => role))];
    return members.flatMap(({ id: about }) =>
      wanted
        .filter((role) => roles[about] !== role)
        .map((role): Found<Code> => {
          const found = roles[about];
          return found === undefined
            ? { code: 'backup-role-missing', about, what: `it has no RAM role; expected ${role}` }
            : { code: 'backup-role-differs', about, what: `its RAM role is ${found}; expected ${role}` };
        }),
    );
  });
}

function judgeBucket({ name: about, state }: Seen['buckets'][number]): readonly Found<Code>[] {
  if (state === undefined) {
    return [{ code: 'backup-bucket-missing', about, what: `there is no bucket ${about}` }];
  }
  if (state.acl === 'private') return [];
  return [{ code: 'backup-bucket-public', about, what: `its ACL is ${state.acl}; expected private` }];
}

function savesOf(
  configuration: Configuration,
  pool: Pool,
): readonly { readonly to: { readonly bucket: string }; readonly role: string }[] {
  return playbooksOf(configuration, pool)
    .flatMap(({ spec }) => spec.steps)
    .flatMap((step) => (step.use === 'back-up-data' ? [step.with] : []));
}

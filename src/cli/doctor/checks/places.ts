import { CloudError, type GroupServer } from '../../../engine/ports';
import type { TrafficPlace } from '../../../playbook/kinds/traffic';
import { placesOf } from '../../../playbook/places';
import { defineCheck, type Found } from '../define-check';
import type { PoolSeen } from '../patient';

const codes = {
  'place-missing': {
    severity: 'error',
    what: 'a place where a pool takes traffic does not exist',
    why: 'A run cannot see whether the traffic is gone, and holds before the restart.',
    mend: 'mend the id in traffic of the pool; see: ecs-failover traffic <instance>',
  },
  'place-without-members': {
    severity: 'warning',
    what: 'no member of the pool is registered in a place that it names',
    why: 'It is the wrong group, or somebody took everybody out of it.',
    mend: 'register the members there, or take the place out of the pool',
  },
  'member-without-place': {
    severity: 'warning',
    what: 'a member takes traffic in none of the places that its pool names',
    why: 'It serves nothing, or serves where no run looks: then it is restarted under load.',
    mend: 'register it, or name the place in the pool; see: ecs-failover traffic <instance>',
  },
  'member-serves-elsewhere': {
    severity: 'error',
    what: 'a member serves in a group that its pool does not name',
    why: 'A run takes the traffic away in the named places alone, and restarts the member under the rest.',
    mend: 'name the group in traffic of the pool, or write traffic: discover',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly seen: PoolSeen;
  readonly places: readonly {
    readonly place: TrafficPlace;
    readonly servers: readonly GroupServer[] | Missing;
  }[];
  /** Wherever the members are found in the region. */
  readonly everywhere: readonly GroupServer[];
}
interface Missing {
  readonly missing: string;
}

export const places = defineCheck<readonly Seen[], Code>({
  area: 'traffic',
  looksAt: 'places where members take traffic',
  codes,
  look: async ({ pools }) => {
    const named = (await pools()).filter(({ pool }) => pool.spec.traffic !== 'discover');
    return Promise.all(named.map(lookAt));
  },
  judge: (all) => all.flatMap((one) => [...judgePlaces(one), ...judgeMembers(one)]),
});

async function lookAt(seen: PoolSeen): Promise<Seen> {
  const ids = seen.members.map(({ id }) => id);
  const named = placesOf(seen.pool.spec.traffic);
  const { traffic } = seen.cloud;
  const read = async (place: TrafficPlace) => {
    try {
      return { place, servers: await traffic.survey(ids, [place]) };
    } catch (error) {
      if (!(error instanceof CloudError) || !isMissing(error)) throw error;
      return { place, servers: { missing: error.message } };
    }
  };
  return {
    seen,
    places: named === 'discover' ? [] : await Promise.all(named.map(read)),
    everywhere: ids.length === 0 ? [] : await lookEverywhere(seen, ids),
  };
}

/** A role in another account need not look beyond the places that its playbooks name. */
async function lookEverywhere(
  { cloud: { traffic }, isHome }: PoolSeen,
  ids: readonly string[],
): Promise<readonly GroupServer[]> {
  try {
    return await traffic.survey(ids, 'discover');
  } catch (error) {
    if (isHome || !(error instanceof CloudError)) throw error;
    return [];
  }
}

/** A refusal for good that is not about permissions. */
function isMissing({ code, detail }: CloudError): boolean {
  return !detail.worthRepeating && !/forbidden|permission|unauthori[sz]ed|accesskey|token/i.test(code);
}

function judgePlaces({ seen: { pool, members }, places: read }: Seen): readonly Found<Code>[] {
  return read.flatMap(({ place, servers }): readonly Found<Code>[] => {
    const about = nameOf(place);
    const { name } = pool.metadata;
    if ('missing' in servers) {
      return [{ code: 'place-missing', about, what: `pool ${name} names it: ${servers.missing}` }];
    }
    const isOurs = servers.some(({ instanceId }) => members.some(({ id }) => id === instanceId));
    if (isOurs || members.length === 0) return [];
    return [{ code: 'place-without-members', about, what: `no member of pool ${name} is registered here` }];
  });
}

function judgeMembers({ seen: { pool, members }, places: read, everywhere }: Seen): readonly Found<Code>[] {
  const servers = read.flatMap((one) => ('missing' in one.servers ? [] : one.servers));
  const keys = new Set(servers.map(({ key }) => key));
  const { name } = pool.metadata;
  return members.flatMap(({ id: about }): readonly Found<Code>[] => {
    const here = servers.some(({ instanceId }) => instanceId === about);
    const elsewhere = everywhere.filter(
      ({ instanceId, key, weight }) => instanceId === about && weight > 0 && !keys.has(key),
    );
    const groups = [...new Set(elsewhere.map(({ group }) => group))].join(', ');
    return [
      ...(here || read.length === 0
        ? []
        : [{ code: 'member-without-place' as const, about, what: `pool ${name} finds it in no group` }]),
      ...(elsewhere.length === 0
        ? []
        : [
            {
              code: 'member-serves-elsewhere' as const,
              about,
              what: `it serves in ${groups}, outside of pool ${name}`,
            },
          ]),
    ];
  });
}

/** `clb lb-bp1web0000001 rsp-bp1web8443`. */
function nameOf({ kind, ...place }: TrafficPlace): string {
  return [kind, ...Object.values(place).map(String)].join(' ');
}

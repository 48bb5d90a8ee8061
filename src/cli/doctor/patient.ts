import type { GroupServer, InstanceState, World } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import type { Configuration, Playbook, Pool } from '../../playbook/configuration';
import { placesOf } from '../../playbook/places';
import type { Clinic } from './ports';

/** What is looked at, under the names that the deployment gave it. */
interface Installation {
  /** Queue that carries the runs. */
  readonly runs: string;
  readonly deadRuns: string;
  /** Queue into which CloudMonitor pushes. */
  readonly events: string;
  readonly bucket: string;
}

/** What a judgement may know besides what was seen. */
export interface Facts {
  readonly now: Millis;
  /** On the machine where the doctor runs. */
  readonly machineNow: Millis;
  readonly configuration: Configuration;
  readonly installation: Installation;
}

export interface PoolSeen {
  readonly pool: Pool;
  readonly members: readonly InstanceState[];
}

/** Everything a check may look at; what several checks want is read once. */
export interface Patient {
  readonly facts: Facts;
  readonly world: World;
  readonly clinic: Clinic;
  readonly pools: () => Promise<readonly PoolSeen[]>;
  /** Every server of every group that the pool's places mean. */
  readonly servers: (seen: PoolSeen) => Promise<readonly GroupServer[]>;
}

export function openPatient(facts: Facts, world: World, clinic: Clinic): Patient {
  const { pools } = facts.configuration;
  const surveys = new Map<string, Promise<readonly GroupServer[]>>();
  let seen: Promise<readonly PoolSeen[]> | undefined;
  const survey = ({ pool, members }: PoolSeen) => {
    const ids = members.map(({ id }) => id);
    return world.cloud.traffic.survey(ids, placesOf(pool.spec.traffic));
  };
  return {
    facts,
    world,
    clinic,
    pools: () =>
      (seen ??= Promise.all(
        pools.map(async (pool) => ({
          pool,
          members: await world.cloud.instances.withTags(pool.spec.members.tags),
        })),
      )),
    servers: (one) => {
      const { name } = one.pool.metadata;
      const known = surveys.get(name) ?? survey(one);
      surveys.set(name, known);
      return known;
    },
  };
}

/** The playbooks that answer for a pool. */
export function playbooksOf({ playbooks }: Configuration, pool: Pool): readonly Playbook[] {
  return playbooks.filter(({ spec }) => spec.match.pools.includes(pool.metadata.name));
}

/** Each instance once, whatever pools it is in. */
export function everyMember(pools: readonly PoolSeen[]): readonly InstanceState[] {
  const all = pools.flatMap(({ members }) => members);
  return [...new Map(all.map((member) => [member.id, member])).values()];
}

export function everyId(pools: readonly PoolSeen[]): readonly string[] {
  return everyMember(pools).map(({ id }) => id);
}

import { CloudError, type Cloud, type InstanceState, type World } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import type { Configuration, Playbook, Pool } from '../../playbook/configuration';
import { siteOfPool } from '../../playbook/sites';
import { worldOf } from '../../engine/world-of';
import { isSameSite, type Site } from '../../event/site';
import type { Sources } from '../../playbook/version';
import type { LocalCode } from '../deploy/local-code';
import type { OneFunction } from '../deploy/names';
import type { FunctionName, Generation } from '../deploy/ports';
import type { Clinic, FunctionState, Ward } from './ports';

/** What is looked at, under the names that the deployment gave it. */
export interface Installation {
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly generation: Generation;
  /** Queue that carries the runs. */
  readonly runs: string;
  readonly deadRuns: string;
  /** Queue into which CloudMonitor pushes; to functions of 2.0 it pushes without one. */
  readonly events?: string;
  readonly deadEvents: string;
  readonly bucket: string;
  readonly codeBucket: string;
  /** EventBridge's rule for pushes, which functions of 2.0 have in place of a trigger. */
  readonly busRule?: string;
  /** CloudMonitor's rule for system events. */
  readonly eventRule: string;
  readonly functionOf: (name: OneFunction) => FunctionName;
}

/** What a judgement may know besides what was seen. */
export interface Facts {
  readonly now: Millis;
  /** On the machine where the doctor runs. */
  readonly machineNow: Millis;
  readonly configuration: Configuration;
  /** The files of a folder that the functions are to work with; absent where theirs were asked for. */
  readonly given?: Sources | undefined;
  readonly installation: Installation;
  /** The code that was built here; empty where nothing was. */
  readonly built: readonly Pick<LocalCode, 'name' | 'key'>[];
}

export interface PoolSeen {
  readonly pool: Pool;
  /** Of the account and region of its members, like `ward`. */
  readonly cloud: Cloud;
  readonly ward: Ward;
  /** Whether that is where the functions are. */
  readonly isHome: boolean;
  /** Why its members could not be read. */
  readonly unread?: string;
  readonly members: readonly InstanceState[];
}

/** Everything a check may look at; what several checks want is read once. */
export interface Patient {
  readonly facts: Facts;
  readonly world: World;
  readonly clinic: Clinic;
  /** Undefined where there is no such function. */
  readonly deployed: (name: OneFunction) => Promise<FunctionState | undefined>;
  /** Those whose members could be read. */
  readonly pools: () => Promise<readonly PoolSeen[]>;
  readonly everyPool: () => Promise<readonly PoolSeen[]>;
}

export function openPatient(facts: Facts, world: World, clinic: Clinic): Patient {
  const { pools } = facts.configuration;
  const functions = new Map<OneFunction, Promise<FunctionState | undefined>>();
  let seen: Promise<readonly PoolSeen[]> | undefined;
  const wards = new Map<string, Ward>();
  const wardOf = (site: Site): Ward => {
    const name = JSON.stringify(site);
    const ward = wards.get(name) ?? clinic.at(site);
    wards.set(name, ward);
    return ward;
  };
  const everyPool = () => (seen ??= Promise.all(pools.map((pool) => meetPool(facts, world, pool, wardOf))));
  return {
    facts,
    world,
    clinic,
    everyPool,
    pools: async () => (await everyPool()).filter(({ unread }) => unread === undefined),
    deployed: (name) => {
      const known = functions.get(name) ?? clinic.deployed(facts.installation.functionOf(name));
      functions.set(name, known);
      return known;
    },
  };
}

/** An account that cannot be entered is a finding about its pool, and hides no other. */
async function meetPool(
  { configuration, installation }: Facts,
  world: World,
  pool: Pool,
  wardOf: (site: Site) => Ward,
): Promise<PoolSeen> {
  const site = siteOfPool(configuration.settings.spec, pool.spec);
  const { cloud } = worldOf(world, site);
  const home = world.home ?? installation;
  const isHome = site === undefined || isSameSite(site, home);
  const seen = { pool, cloud, isHome, ward: wardOf(site ?? { account: home.account, region: home.region }) };
  try {
    return { ...seen, members: await cloud.instances.withTags(pool.spec.members.tags) };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { ...seen, members: [], unread: error.message };
  }
}

/**
 * Asks about members where they are, once for each account and region. Pools elsewhere whose place refuses are left out: that
 * it does is a finding of its own.
 */
export async function askWards<T>(
  pools: readonly PoolSeen[],
  ask: (ward: Ward, pools: readonly PoolSeen[]) => Promise<readonly T[]>,
): Promise<{ readonly pools: readonly PoolSeen[]; readonly answers: readonly T[] }> {
  const wards = [...new Set(pools.map(({ ward }) => ward))];
  const asked = await Promise.all(
    wards.map(async (ward) => {
      const mine = pools.filter((seen) => seen.ward === ward);
      try {
        return { pools: mine, answers: await ask(ward, mine) };
      } catch (error) {
        if (!(error instanceof CloudError) || mine.some(({ isHome }) => isHome)) throw error;
        return { pools: [], answers: [] };
      }
    }),
  );
  return {
    pools: asked.flatMap((one) => one.pools),
    answers: asked.flatMap((one) => one.answers),
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

import { CloudError, type Cloud, type InstanceState, type World } from '../../engine/ports';
import type { Millis } from '../../event/system-event';
import type { Configuration, Playbook, Pool } from '../../playbook/configuration';
import { siteOfPool } from '../../playbook/sites';
import { worldOf } from '../../engine/world-of';
import { isSameSite } from '../../event/site';
import type { Sources } from '../../playbook/version';
import type { LocalCode } from '../deploy/local-code';
import type { OneFunction } from '../deploy/names';
import type { FunctionName, Generation } from '../deploy/ports';
import type { Clinic, FunctionState } from './ports';

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
  /** Of the account and region of its members. */
  readonly cloud: Cloud;
  /** Whether that is where the functions are: elsewhere only the engine's ports can look. */
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
  readonly pools: () => Promise<readonly PoolSeen[]>;
}

export function openPatient(facts: Facts, world: World, clinic: Clinic): Patient {
  const { pools } = facts.configuration;
  const functions = new Map<OneFunction, Promise<FunctionState | undefined>>();
  let seen: Promise<readonly PoolSeen[]> | undefined;
  return {
    facts,
    world,
    clinic,
    pools: () => (seen ??= Promise.all(pools.map((pool) => meetPool(facts, world, pool)))),
    deployed: (name) => {
      const known = functions.get(name) ?? clinic.deployed(facts.installation.functionOf(name));
      functions.set(name, known);
      return known;
    },
  };
}

/** An account that cannot be entered is a finding about its pool, and hides no other. */
async function meetPool({ configuration }: Facts, world: World, pool: Pool): Promise<PoolSeen> {
  const site = siteOfPool(configuration.settings.spec, pool.spec);
  const { cloud } = worldOf(world, site);
  const isHome = site === undefined || world.home === undefined || isSameSite(site, world.home);
  try {
    return { pool, cloud, isHome, members: await cloud.instances.withTags(pool.spec.members.tags) };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { pool, cloud, isHome, members: [], unread: error.message };
  }
}

/** Pools whose members are where the functions are. */
export async function homePools({ pools }: Pick<Patient, 'pools'>): Promise<readonly PoolSeen[]> {
  return (await pools()).filter(({ isHome }) => isHome);
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

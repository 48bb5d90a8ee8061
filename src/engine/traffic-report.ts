import type { Configuration, Pool } from '../playbook/configuration';
import { placesOf } from '../playbook/places';
import { poolsOf } from '../playbook/match';
import {
  CloudError,
  type GroupAbout,
  type Health,
  type InstanceState,
  type Membership,
  type ScalingMember,
  type World,
} from './ports';

/** Everywhere an instance takes traffic in its region, whoever named it. */
export interface TrafficReport {
  readonly instance: InstanceState;
  readonly places: readonly PlaceReport[];
  /** Pools that the instance is a member of. */
  readonly pools: readonly string[];
  /** How its scaling group sees it. */
  readonly scaling?: ScalingMember;
  /** Why the places that its pools name could not be read. */
  readonly unread?: string;
  /** Tags by which another tool says that it works on the instance: `key=value`. */
  readonly marks: readonly string[];
}

interface PlaceReport {
  readonly membership: Membership;
  readonly health: Health;
  readonly about?: GroupAbout;
  /** Whether a pool of the instance names the place; a run takes the traffic away in those alone. */
  readonly isNamed: boolean;
}

/** Reads only. Undefined when the region knows no such instance. */
export async function reportTraffic(
  world: World,
  { pools }: Configuration,
  instanceId: string,
): Promise<TrafficReport | undefined> {
  const { cloud } = world;
  const instance = await cloud.instances.get(instanceId);
  if (instance === undefined) return undefined;
  const own = poolsOf(pools, instance.tags);
  const [servers, about, { named, unread }, scaling] = await Promise.all([
    cloud.traffic.survey([instanceId], 'discover'),
    cloud.traffic.about(instanceId, 'discover'),
    readNamed(world, own, instanceId),
    cloud.scaling.memberOf(instanceId),
  ]);
  const keys = new Set(named.map(({ key }) => key));
  const found = servers.filter((one) => one.instanceId === instanceId);
  // What a pool names is shown although no search finds it: some products cannot be searched.
  const unseen = named.filter(({ key }) => !found.some((one) => one.key === key));
  return {
    instance,
    places: [
      ...found.map(({ health, instanceId: _own, ...membership }) => ({ membership, health })),
      ...unseen.map((membership) => ({ membership, health: 'unknown' as const })),
    ].map(({ membership, health }) => {
      const known = about.find(({ group }) => group === membership.group);
      return { membership, health, isNamed: keys.has(membership.key), ...(known && { about: known }) };
    }),
    pools: own.map(({ metadata }) => metadata.name),
    ...(scaling && { scaling }),
    ...(unread !== undefined && { unread }),
    marks: own.flatMap(({ spec }) => marksIn(spec.members.notWhile?.tags ?? {}, instance.tags)),
  };
}

/** A place that a pool names and that is not there is a finding, not the end of the report. */
async function readNamed(
  { cloud }: World,
  pools: readonly Pool[],
  instanceId: string,
): Promise<{ readonly named: readonly Membership[]; readonly unread?: string }> {
  if (pools.length === 0) return { named: [] };
  try {
    const places = placesOf(...pools.map(({ spec }) => spec.traffic));
    return { named: await cloud.traffic.memberships(instanceId, places) };
  } catch (error) {
    if (error instanceof CloudError) return { named: [], unread: error.message };
    throw error;
  }
}

function marksIn(notWhile: InstanceState['tags'], tags: InstanceState['tags']): readonly string[] {
  return Object.entries(notWhile).flatMap(([key, wanted]) => {
    const value = tags[key];
    return value !== undefined && (wanted === '*' || wanted === value) ? [`${key}=${value}`] : [];
  });
}

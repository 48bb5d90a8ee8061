import type { Site } from '../event/site';
import type { Configuration, Pool } from '../playbook/configuration';
import type { Places } from '../playbook/kinds/traffic';
import { placesOf } from '../playbook/places';
import { poolsOf } from '../playbook/match';
import { poolsAt } from '../playbook/sites';
import {
  CloudError,
  type GroupAbout,
  type GroupServer,
  type Health,
  type InstanceState,
  type Membership,
  type ScalingMember,
  type World,
} from './ports';
import { worldOf } from './world-of';

/** Everywhere an instance takes traffic in its region, whoever named it. */
export interface TrafficReport {
  readonly instance: InstanceState;
  readonly places: readonly PlaceReport[];
  /** Pools that the instance is a member of. */
  readonly pools: readonly string[];
  /** How its scaling group sees it. */
  readonly scaling?: ScalingMember;
  /** Why places that its pools name could not be read. */
  readonly unread: readonly string[];
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

/** Reads only. Undefined when that account and region know no such instance. */
export async function reportTraffic(
  world: World,
  { settings, pools }: Configuration,
  instanceId: string,
  site: Site,
): Promise<TrafficReport | undefined> {
  const here = worldOf(world, site);
  const { cloud } = here;
  const instance = await cloud.instances.get(instanceId);
  if (instance === undefined) return undefined;
  const own = poolsOf(poolsAt(settings.spec, pools, site), instance.tags);
  const [found, named, scaling] = await Promise.all([
    readAt(here, instanceId, 'discover'),
    readNamed(here, own, instanceId),
    cloud.scaling.memberOf(instanceId),
  ]);
  const keys = new Set(named.servers.map(({ key }) => key));
  // What a pool names is shown although no search finds it: some products cannot be searched.
  const servers = new Map([...found.servers, ...named.servers].map((one) => [one.key, one]));
  const about = [...found.about, ...named.about];
  return {
    instance,
    places: [...servers.values()].map(({ health, instanceId: _own, ...membership }) => {
      const known = about.find(({ group }) => group === membership.group);
      return { membership, health, isNamed: keys.has(membership.key), ...(known && { about: known }) };
    }),
    pools: own.map(({ metadata }) => metadata.name),
    ...(scaling && { scaling }),
    unread: named.unread,
    marks: own.flatMap(({ spec }) => marksIn(spec.members.notWhile?.tags ?? {}, instance.tags)),
  };
}

interface Found {
  readonly servers: readonly GroupServer[];
  readonly about: readonly GroupAbout[];
}

/** The instance's own places among those that are meant. */
async function readAt({ cloud }: World, instanceId: string, places: Places): Promise<Found> {
  const [servers, about] = await Promise.all([
    cloud.traffic.survey([instanceId], places),
    cloud.traffic.about(instanceId, places),
  ]);
  return { servers: servers.filter((one) => one.instanceId === instanceId), about };
}

/** A place that a pool names and that is not there is a finding, and hides none of the others. */
async function readNamed(
  world: World,
  pools: readonly Pool[],
  instanceId: string,
): Promise<Found & Pick<TrafficReport, 'unread'>> {
  const places = placesOf(...pools.map(({ spec }) => spec.traffic));
  const parts = places === 'discover' ? [places] : places.map((place) => [place]);
  const read = parts.map(async (part) => {
    try {
      return { ...(await readAt(world, instanceId, part)), unread: [] };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      return { servers: [], about: [], unread: [error.message] };
    }
  });
  const told = await Promise.all(read);
  return {
    servers: told.flatMap(({ servers }) => servers),
    about: told.flatMap(({ about }) => about),
    unread: told.flatMap(({ unread }) => unread),
  };
}

function marksIn(notWhile: InstanceState['tags'], tags: InstanceState['tags']): readonly string[] {
  return Object.entries(notWhile).flatMap(([key, wanted]) => {
    const value = tags[key];
    return value !== undefined && (wanted === '*' || wanted === value) ? [`${key}=${value}`] : [];
  });
}

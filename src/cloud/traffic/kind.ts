import type { Change, GroupAbout, GroupServer, Health, ServerRef, Traffic } from '../../engine/ports';
import type { TrafficKindName, TrafficPlace } from '../../playbook/kinds/traffic';

/** By what a group may know an instance. */
export interface Server {
  readonly id: string;
  readonly enis: readonly string[];
  /** Private addresses. */
  readonly ips: readonly string[];
  /** Public and elastic addresses, which only names in DNS point at. */
  readonly publicIps: readonly string[];
}

/** One server of one group, as the group registers it. */
export type Entry = Omit<GroupServer, 'health' | 'instanceId' | 'server'> & { readonly server: ServerRef };

/** A change whose servers are all named as the group registers them. */
export type NamedChange = Omit<Change, 'servers'> & {
  readonly servers: readonly Pick<Entry, 'port' | 'server' | 'weight'>[];
};

export type PlaceOf<K extends TrafficKindName> = Extract<TrafficPlace, { readonly kind: K }>;

/**
 * One way in which instances take traffic: what a product has to be able to do for us. A new kind is one file that
 * makes one of these, a line in the registry beside it, and the form of its places in `src/playbook/kinds/traffic.ts`.
 */
export interface TrafficKind<K extends TrafficKindName = TrafficKindName> {
  /** Also the first part of the name of each of its groups. */
  readonly kind: K;
  /** The type under which its groups register an instance by its id: `ecs`, `Ecs`. */
  readonly ownType: string;
  /** Every place in the region that holds one of the servers, by whatever name. */
  discover(servers: readonly Server[]): Promise<readonly PlaceOf<K>[]>;
  /** Every server in the groups that the places mean; one that two places mean may come twice. */
  entries(places: readonly PlaceOf<K>[]): Promise<readonly Entry[]>;
  /** What the health checks say, by the entries' keys; an entry nobody reports on is left out. */
  health(places: readonly PlaceOf<K>[], entries: readonly Entry[]): Promise<Readonly<Record<string, Health>>>;
  about(places: readonly PlaceOf<K>[]): Promise<readonly GroupAbout[]>;
  /** One call. */
  write(change: NamedChange): Promise<{ readonly job?: string }>;
  /** Where writes are only taken on: what became of one. */
  job?(group: string, job: string): ReturnType<Traffic['job']>;
}

import type { Places, TrafficPlace } from '../../playbook/kinds/traffic';
import type { Entry, Server, TrafficKind } from './kind';

/** What one kind has for a set of places. */
interface Found {
  readonly kind: TrafficKind;
  readonly places: readonly TrafficPlace[];
  /** Every server of their groups, once. */
  readonly entries: readonly Entry[];
}

/** Every server of every group that the places mean, or that holds one of the servers. */
export async function readGroups(
  kinds: readonly TrafficKind[],
  places: Places,
  servers: readonly Server[],
): Promise<readonly Found[]> {
  const found = kinds.map(async (kind) => {
    const own = await placesFor(kind, places, servers);
    const entries = own.length === 0 ? [] : await kind.entries(own);
    return { kind, places: own, entries: [...new Map(entries.map((one) => [one.key, one])).values()] };
  });
  return Promise.all(found);
}

/** The places that are a kind's business. */
export async function placesFor(
  kind: TrafficKind,
  places: Places,
  servers: readonly Server[],
): Promise<readonly TrafficPlace[]> {
  return places === 'discover' ? kind.discover(servers) : places.filter((place) => place.kind === kind.kind);
}

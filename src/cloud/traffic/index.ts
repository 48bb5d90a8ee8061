import type { Change, Membership, Traffic } from '../../engine/ports';
import type { Places } from '../../playbook/kinds/traffic';
import type { Caller } from '../call';
import { createAlb } from './alb';
import { createClb } from './clb';
import { createDns } from './dns';
import type { Entry, NamedChange, Server, TrafficKind } from './kind';
import { createNlb } from './nlb';
import { placesFor, readGroups } from './read-groups';
import { identify } from './servers';
import { sideBySide } from './side-by-side';

/** All ways of taking traffic. Adding one is a line here. */
function kindsOf(call: Caller, region: string): readonly TrafficKind[] {
  return [
    createClb(call, region),
    createAlb(call),
    createNlb(call, region),
    createDns(call),
  ] as readonly TrafficKind[];
}

/** All of them behind one port. */
export function createTraffic(call: Caller, { region }: { readonly region: string }): Traffic {
  const kinds = kindsOf(call, region);
  const kindOf = (group: string): TrafficKind => {
    const kind = kinds.find((one) => group.startsWith(`${one.kind}/`));
    if (kind !== undefined) return kind;
    const known = kinds.map((one) => `${one.kind}/…`).join(' or ');
    throw new Error(`group: found "${group}"; expected ${known}`);
  };
  const read = (places: Places, servers: readonly Server[]) => readGroups(kinds, places, servers);

  return {
    async memberships(instanceId, places) {
      if (places.length === 0) return [];
      const servers = await identify(call, region, [instanceId]);
      const found = await read(places, servers);
      return found.flatMap(({ kind, entries }) =>
        entries
          .filter((entry) => ownerOf(entry, servers) === instanceId)
          .map((entry) => membershipOf(entry, kind)),
      );
    },

    async survey(instanceIds, places) {
      if (places.length === 0) return [];
      const servers = await identify(call, region, instanceIds);
      const found = await read(places, servers);
      const surveyed = found.map(async ({ kind, places: own, entries }) => {
        const health = own.length === 0 ? {} : await kind.health(own, entries);
        return entries.map((entry) => {
          const owner = ownerOf(entry, servers);
          return {
            ...membershipOf(entry, kind),
            ...(owner !== undefined && { instanceId: owner }),
            health: health[entry.key] ?? ('unknown' as const),
          };
        });
      });
      return (await Promise.all(surveyed)).flat();
    },

    async about(instanceId, places) {
      if (places.length === 0) return [];
      const servers = await identify(call, region, [instanceId]);
      const told = kinds.map(async (kind) => {
        const own = await placesFor(kind, places, servers);
        return own.length === 0 ? [] : kind.about(own);
      });
      return (await Promise.all(told)).flat();
    },

    write: async (instanceId, changes) => {
      const writes = changes.map((change) => {
        const kind = kindOf(change.group);
        return { group: change.group, make: () => kind.write(named(instanceId, change, kind)) };
      });
      return sideBySide(writes);
    },
    job: async (group, job) => kindOf(group).job?.(group, job),
  };
}

/** Whose entry it is, of the servers asked about; a group may know an instance by its id, a card or an address. */
function ownerOf({ server }: Entry, servers: readonly Server[]): string | undefined {
  const owner = servers.find(
    ({ id, enis, ips, publicIps }) =>
      server.id === id ||
      enis.includes(server.id) ||
      ips.includes(server.id) ||
      [...ips, ...publicIps].includes(server.ip ?? ''),
  );
  return owner?.id ?? (server.id.startsWith('i-') ? server.id : undefined);
}

/** Registered by its id is what goes without saying. */
function membershipOf(entry: Entry, { ownType }: TrafficKind): Membership {
  const { server, ...rest } = entry;
  return server.type === ownType && server.ip === undefined ? rest : { ...rest, server };
}

function named(instanceId: string, { servers, ...change }: Change, { ownType }: TrafficKind): NamedChange {
  return {
    ...change,
    servers: servers.map((one) => ({ ...one, server: one.server ?? { id: instanceId, type: ownType } })),
  };
}

import * as z from 'zod';
import { CloudError, type GroupAbout, type Health } from '../../engine/ports';
import type { Caller } from '../call';
import { RecordId, recordsOf, type DnsRecord } from './dns-records';
import type { Entry, NamedChange, PlaceOf, TrafficKind } from './kind';

type Place = PlaceOf<'dns'>;

const Done = z.object({ RecordId });

/** Whoever has a private zone's id in front of it; domains have no colon. */
const privatePrefix = 'pvtz:';

/**
 * Names of Alidns and PrivateZone whose records point at instances, by a private, public or elastic address. A record
 * is on or off: its weight cannot be 0, and deleting it would lose it, so being taken out means being switched off.
 * Resolvers keep an answer for its TTL. Neither product can be asked which of its zones hold an address, so `discover`
 * finds none. Records of version 6 are read, and are nobody's: their addresses are not asked for.
 * https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-setdomainrecordstatus
 */
export function createDns(call: Caller): TrafficKind<'dns'> {
  return {
    kind: 'dns',
    ownType: 'instance',
    discover: async () => [],

    async entries(places) {
      const found = await Promise.all(
        places.map(async (place) => (await recordsOf(call, place)).map((record) => entryOf(place, record))),
      );
      return found.flat();
    },

    /** Nobody checks a record: what stands behind it is judged by the pool's other checks. */
    health: async (_places, entries) =>
      Object.fromEntries(
        entries.map(({ key, weight }) => [key, weight > 0 ? 'normal' : 'unknown'] as [string, Health]),
      ),

    async about(places) {
      const told = await Promise.all(
        places.map(async (place) => aboutName(place, await recordsOf(call, place))),
      );
      return told.flat();
    },

    write: (change) => writeRecords(call, change),
  };
}

/** One call a record. When a later one is refused, the error says that earlier ones were made. */
async function writeRecords(call: Caller, { group, how, servers }: NamedChange): Promise<object> {
  const isPrivate = group.startsWith(`dns/${privatePrefix}`);
  let made = 0;
  for (const { server, weight } of servers) {
    const on = how !== 'remove' && weight > 0;
    try {
      await turn(call, server.id, { isPrivate, on });
    } catch (error) {
      if (!(error instanceof CloudError) || made === 0) throw error;
      throw new CloudError(error.code, error.message, { ...error.detail, partly: true });
    }
    made += 1;
  }
  return {};
}

/** The two products spell the same status differently. */
async function turn(
  call: Caller,
  id: string,
  { isPrivate, on }: { readonly isPrivate: boolean; readonly on: boolean },
): Promise<void> {
  if (isPrivate) {
    const params = { RecordId: id, Status: on ? 'ENABLE' : 'DISABLE' };
    await call.write('pvtz', 'SetZoneRecordStatus', params, Done);
  } else {
    const params = { RecordId: id, Status: on ? 'Enable' : 'Disable' };
    await call.write('alidns', 'SetDomainRecordStatus', params, Done);
  }
}

function zoneOf({ domain, privateZone }: Place): string {
  return domain ?? `${privatePrefix}${privateZone}`;
}

/**
 * Records of one name, type and line stand in for each other, and no others do: whoever asks for an address of version
 * 4 is not served by one of version 6, nor the resolvers of one line by another line's record.
 */
function groupOf(place: Place, { type, line }: Pick<DnsRecord, 'line' | 'type'>): string {
  const parts = [
    zoneOf(place),
    place.record,
    ...(type === 'A' ? [] : [type]),
    ...(line === 'default' ? [] : [line]),
  ];
  return `dns/${parts.join('/')}`;
}

function entryOf(place: Place, record: DnsRecord): Entry {
  const { id, value, ttlSeconds, isOn } = record;
  const group = groupOf(place, record);
  return {
    key: `${group}/${id}`,
    group,
    lane: `dns/${zoneOf(place)}`,
    weight: isOn ? 100 : 0,
    server: { id, type: 'record', ip: value },
    onOff: true,
    lingerMs: ttlSeconds * 1000,
  };
}

function aboutName(place: Place, records: readonly DnsRecord[]): readonly GroupAbout[] {
  const groups = new Set(records.map((record) => groupOf(place, record)));
  return [...groups].map((group) => {
    const here = records.filter((record) => groupOf(place, record) === group);
    const longest = Math.max(...here.map(({ ttlSeconds }) => ttlSeconds));
    return {
      group,
      name: place.record,
      usedBy: [place.domain === undefined ? 'resolvers of the private zone' : 'resolvers'],
      notes: [
        `on or off; resolvers remember it for up to ${longest} s`,
        ...here.flatMap(({ locked, value }) => (locked ? [`${value} is locked: no call can switch it`] : [])),
      ],
    };
  });
}

import * as z from 'zod';
import { CloudError, type Health } from '../../engine/ports';
import type { Caller } from '../call';
import { byNumber } from '../pages';
import { listOf, Numeric } from '../shapes';
import type { Entry, NamedChange, PlaceOf, TrafficKind } from './kind';

type Place = PlaceOf<'dns'>;

/** A record of either product. */
interface DnsRecord {
  readonly id: string;
  readonly rr: string;
  readonly value: string;
  readonly ttlSeconds: number;
  readonly isOn: boolean;
}

const Id = z.union([z.string(), z.number()]).transform(String);
const AlidnsRow = z.object({
  RecordId: Id,
  RR: z.string(),
  Type: z.string(),
  Value: z.string(),
  TTL: Numeric,
  Status: z.string(),
});
const AlidnsAnswer = z.object({ DomainRecords: listOf('Record', AlidnsRow), TotalCount: Numeric.nullish() });
const PvtzRow = z.object({
  RecordId: Id,
  Rr: z.string(),
  Type: z.string(),
  Value: z.string(),
  Ttl: Numeric,
  Status: z.string(),
});
const PvtzAnswer = z.object({ Records: listOf('Record', PvtzRow), TotalCount: Numeric.nullish() });
const Done = z.object({ RecordId: Id });

/** Whoever has a private zone's id in front of it; domains have no colon. */
const privatePrefix = 'pvtz:';
const addressTypes = ['A', 'AAAA'];

/**
 * Names of Alidns and PrivateZone whose records point at instances. A record is on or off: its weight cannot be 0, and
 * deleting it would lose it, so being taken out means being switched off. Resolvers keep an answer for its TTL.
 * Neither product can be asked which of its zones hold an address, so `discover` finds none.
 * https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-setdomainrecordstatus
 */
export function createDns(call: Caller): TrafficKind<'dns'> {
  return {
    kind: 'dns',
    ownType: 'instance',
    discover: async () => [],

    async entries(places) {
      const found = await Promise.all(
        places.map(async (place) =>
          (await recordsOf(call, place))
            .filter(({ rr }) => rr === place.record)
            .map((record) => entryOf(place, record)),
        ),
      );
      return found.flat();
    },

    /** Nobody checks a record: what stands behind it is judged by the pool's other checks. */
    health: async (_places, entries) =>
      Object.fromEntries(
        entries.map(({ key, weight }) => [key, weight > 0 ? 'normal' : 'unknown'] as [string, Health]),
      ),

    about: async (places) =>
      places.map((place) => ({
        group: groupOf(place),
        name: place.record,
        usedBy: [place.domain === undefined ? 'resolvers of the private zone' : 'resolvers'],
        notes: ['on or off; resolvers remember it for its TTL'],
      })),

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
      await (isPrivate
        ? call.write(
            'pvtz',
            'SetZoneRecordStatus',
            { RecordId: server.id, Status: on ? 'ENABLE' : 'DISABLE' },
            Done,
          )
        : call.write(
            'alidns',
            'SetDomainRecordStatus',
            { RecordId: server.id, Status: on ? 'Enable' : 'Disable' },
            Done,
          ));
    } catch (error) {
      if (!(error instanceof CloudError) || made === 0) throw error;
      throw new CloudError(error.code, error.message, { ...error.detail, partly: true });
    }
    made += 1;
  }
  return {};
}

async function recordsOf(
  call: Caller,
  { domain, privateZone, record }: Place,
): Promise<readonly DnsRecord[]> {
  if (domain !== undefined) {
    const rows = await byNumber(500, async (PageNumber) => {
      const params = { DomainName: domain, RRKeyWord: record, PageNumber, PageSize: 500 };
      const answer = await call.read('alidns', 'DescribeDomainRecords', params, AlidnsAnswer);
      return { rows: answer.DomainRecords, total: answer.TotalCount ?? answer.DomainRecords.length };
    });
    return rows
      .filter(({ Type }) => addressTypes.includes(Type))
      .map(({ RecordId, RR, Value, TTL, Status }) => recordFrom(RecordId, RR, Value, TTL, Status));
  }
  const rows = await byNumber(100, async (PageNumber) => {
    const params = { ZoneId: privateZone, Keyword: record, PageNumber, PageSize: 100 };
    const answer = await call.read('pvtz', 'DescribeZoneRecords', params, PvtzAnswer);
    return { rows: answer.Records, total: answer.TotalCount ?? answer.Records.length };
  });
  return rows
    .filter(({ Type }) => addressTypes.includes(Type))
    .map(({ RecordId, Rr, Value, Ttl, Status }) => recordFrom(RecordId, Rr, Value, Ttl, Status));
}

function recordFrom(id: string, rr: string, value: string, ttlSeconds: number, status: string): DnsRecord {
  return { id, rr, value, ttlSeconds, isOn: status.toLowerCase() === 'enable' };
}

function zoneOf({ domain, privateZone }: Place): string {
  return domain ?? `${privatePrefix}${privateZone}`;
}

function groupOf(place: Place): string {
  return `dns/${zoneOf(place)}/${place.record}`;
}

function entryOf(place: Place, { id, value, ttlSeconds, isOn }: DnsRecord): Entry {
  const group = groupOf(place);
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

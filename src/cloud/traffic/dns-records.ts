import * as z from 'zod';
import { CloudError } from '../../engine/ports';
import type { Caller } from '../call';
import { byNumber } from '../pages';
import { listOf, Numeric } from '../shapes';
import type { PlaceOf } from './kind';

/** A record of either product that points at an address. */
export interface DnsRecord {
  readonly id: string;
  /** `A` or `AAAA`. */
  readonly type: string;
  /** Whose resolvers get it, in the product's word: `default`, `telecom`, … */
  readonly line: string;
  readonly value: string;
  readonly ttlSeconds: number;
  readonly isOn: boolean;
  /** No call can switch it; Alidns alone knows this. */
  readonly locked?: boolean;
}

/** Ids of records are strings in one product and numbers in the other. */
export const RecordId = z.union([z.string(), z.number()]).transform(String);

const AlidnsRow = z.object({
  RecordId,
  RR: z.string(),
  Type: z.string(),
  Value: z.string(),
  TTL: Numeric,
  Status: z.string(),
  Line: z.string().nullish(),
  Locked: z.boolean().nullish(),
});
const AlidnsAnswer = z.object({ DomainRecords: listOf('Record', AlidnsRow), TotalCount: Numeric.nullish() });
const PvtzRow = z.object({
  RecordId,
  Rr: z.string(),
  Type: z.string(),
  Value: z.string(),
  Ttl: Numeric,
  Status: z.string(),
  Line: z.string().nullish(),
});
const PvtzAnswer = z.object({ Records: listOf('Record', PvtzRow), TotalItems: Numeric.nullish() });

const addressTypes = ['A', 'AAAA'];

/**
 * The records of exactly that name which point at addresses.
 *
 * @throws CloudError when the zone has none: whoever writes such a place means a name that is there
 */
export async function recordsOf(call: Caller, place: PlaceOf<'dns'>): Promise<readonly DnsRecord[]> {
  const { domain, privateZone, record } = place;
  const rows =
    domain === undefined
      ? await ofPrivateZone(call, privateZone ?? '', record)
      : await ofDomain(call, domain, record);
  const found = rows
    .filter(({ rr, type }) => rr === record && addressTypes.includes(type))
    .map(({ rr: _name, status, line, ...row }) => ({
      ...row,
      line: line ?? 'default',
      isOn: status.toLowerCase() === 'enable',
    }));
  if (found.length === 0) throw nothingThere(place);
  return found;
}

/** https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-describedomainrecords */
async function ofDomain(call: Caller, DomainName: string, RRKeyWord: string) {
  const rows = await byNumber(500, async (PageNumber) => {
    const params = { DomainName, RRKeyWord, PageNumber, PageSize: 500 };
    const answer = await call.read('alidns', 'DescribeDomainRecords', params, AlidnsAnswer);
    return { rows: answer.DomainRecords, total: answer.TotalCount ?? answer.DomainRecords.length };
  });
  return rows.map(({ RecordId: id, RR, Type, Value, TTL, Status, Line, Locked }) => ({
    id,
    rr: RR,
    type: Type,
    value: Value,
    ttlSeconds: TTL,
    status: Status,
    line: Line,
    locked: Locked === true,
  }));
}

/** https://www.alibabacloud.com/help/en/dns/api-pvtz-2018-01-01-describezonerecords */
async function ofPrivateZone(call: Caller, ZoneId: string, Keyword: string) {
  const rows = await byNumber(100, async (PageNumber) => {
    const params = { ZoneId, Keyword, PageNumber, PageSize: 100 };
    const answer = await call.read('pvtz', 'DescribeZoneRecords', params, PvtzAnswer);
    return { rows: answer.Records, total: answer.TotalItems ?? answer.Records.length };
  });
  return rows.map(({ RecordId: id, Rr, Type, Value, Ttl, Status, Line }) => ({
    id,
    rr: Rr,
    type: Type,
    value: Value,
    ttlSeconds: Ttl,
    status: Status,
    line: Line,
  }));
}

function nothingThere({ domain, privateZone, record }: PlaceOf<'dns'>): CloudError {
  const [product, action] =
    domain === undefined ? ['pvtz', 'DescribeZoneRecords'] : ['alidns', 'DescribeDomainRecords'];
  const message = `${product} ${action}: ${domain ?? privateZone} has no A or AAAA record ${record}`;
  return new CloudError('NoSuchRecord', message, {
    worthRepeating: false,
    mayHaveWorked: false,
    product,
    action,
  });
}

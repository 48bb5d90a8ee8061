import { ApiError, type Call, type Operation } from '../core/call';
import type { DnsRecord, DnsZone } from '../core/dns';
import { domainOf, subDomainOf } from './alidns-domains';
import { contains, isOn, needed, pageOf, setOf } from './records';

/**
 * Records of a domain. What is searched for how depends on `SearchMode`; without it, on whether `KeyWord` is there.
 * https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-describedomainrecords
 */
export const DescribeDomainRecords: Operation = (world, call) => {
  const zone = domainOf(world, needed(call, 'DomainName'));
  return recordPage(call, zone, zone.records.filter(matcherOf(call)), 500);
};

/**
 * Records of exactly one name.
 * https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-describesubdomainrecords
 */
export const DescribeSubDomainRecords: Operation = (world, call) => {
  const { zone, rr } = subDomainOf(world, call);
  const { Type, Line } = call.params;
  const found = zone.records.filter(
    (record) =>
      isSame(record.rr, rr) &&
      isSame(record.type, Type || record.type) &&
      (Line || record.line) === record.line,
  );
  return recordPage(call, zone, found, 100);
};

function matcherOf(call: Call): (record: DnsRecord) => boolean {
  const { KeyWord: word } = call.params;
  const mode = call.params.SearchMode || (word ? 'LIKE' : 'ADVANCED');
  switch (mode.toUpperCase()) {
    case 'LIKE':
      return ({ rr, value }) => contains(rr, word) || contains(value, word);
    case 'EXACT':
      return ({ rr, value }) => !word || isSame(rr, word) || isSame(value, word);
    case 'ADVANCED':
    case 'COMBINATION':
      return fieldByField(call);
    default:
      throw new ApiError(400, 'InvalidParameter', `The specified SearchMode "${mode}" is not valid.`);
  }
}

/** Name and value need only contain what was asked for; all else must be the same. */
function fieldByField({ params, now }: Call): (record: DnsRecord) => boolean {
  const { RRKeyWord, ValueKeyWord, TypeKeyWord, Type, Line, Status } = params;
  return (record) =>
    contains(record.rr, RRKeyWord) &&
    contains(record.value, ValueKeyWord) &&
    isSame(record.type, TypeKeyWord || record.type) &&
    isSame(record.type, Type || record.type) &&
    isSame(record.line, Line || record.line) &&
    (!Status || isSame(Status, isOn(record, now) ? 'Enable' : 'Disable'));
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `Status` is in capitals here, and only here. */
function recordPage(call: Call, zone: DnsZone, found: readonly DnsRecord[], most: number): object {
  const { items, page, size } = pageOf(call, found, most);
  return {
    TotalCount: found.length,
    PageNumber: page,
    PageSize: size,
    DomainRecords: {
      Record: items.map((record) => ({
        RecordId: record.id,
        DomainName: zone.id,
        RR: record.rr,
        Type: record.type,
        Value: record.value,
        Line: record.line,
        TTL: record.ttlSeconds,
        Status: isOn(record, call.now) ? 'ENABLE' : 'DISABLE',
        Locked: record.locked,
        Weight: record.share,
        LbaStatus: zone.weighted.has(setOf(record)),
      })),
    },
  };
}

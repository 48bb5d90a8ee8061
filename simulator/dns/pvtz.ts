import { ApiError, type Operation, type Product } from '../core/call';
import { once } from '../openapi/once';
import { changeRecord, turn } from './change';
import { contains, count, isOn, needed, pageOf, recordToChange } from './records';

/**
 * Ids of records are numbers here, and totals have names of their own.
 * https://www.alibabacloud.com/help/en/dns/api-pvtz-2018-01-01-describezonerecords
 */
const DescribeZoneRecords: Operation = (world, call) => {
  const zone = world.dnsZones.get(needed(call, 'ZoneId'));
  if (zone?.product !== 'pvtz') {
    throw new ApiError(400, 'Zone.NotExists', 'The specified zone does not exist.');
  }
  const { Keyword: word, SearchMode } = call.params;
  const matches = (text: string) =>
    SearchMode === 'EXACT' && word ? text.toLowerCase() === word.toLowerCase() : contains(text, word);
  const found = zone.records.filter(({ rr, value }) => matches(rr) || matches(value));
  const { items, page, size } = pageOf(call, found, 100);
  return {
    TotalItems: found.length,
    TotalPages: Math.ceil(found.length / size),
    PageNumber: page,
    PageSize: size,
    Records: {
      Record: items.map((record) => ({
        RecordId: Number(record.id),
        Rr: record.rr,
        Type: record.type,
        Value: record.value,
        Ttl: record.ttlSeconds,
        Status: isOn(record, call.now) ? 'ENABLE' : 'DISABLE',
        Weight: record.share,
        Line: record.line,
      })),
    },
  };
};

/** Upper case here, unlike Alidns. https://www.alibabacloud.com/help/en/dns/api-pvtz-2018-01-01-setzonerecordstatus */
const SetZoneRecordStatus: Operation = (world, call) => {
  const { record } = recordToChange(world, 'pvtz', needed(call, 'RecordId'));
  const status = needed(call, 'Status');
  if (status !== 'ENABLE' && status !== 'DISABLE') {
    throw new ApiError(400, 'InvalidParameter', `The specified Status "${status}" is not valid.`);
  }
  return once(world, call, () => {
    turn(record, status === 'ENABLE', world.now);
    return { RecordId: Number(record.id), Status: status };
  });
};

const ttls: readonly number[] = [5, 30, 60, 3600, 43_200, 86_400];

/** https://www.alibabacloud.com/help/en/dns/api-pvtz-2018-01-01-updatezonerecord */
const UpdateZoneRecord: Operation = (world, call) => {
  const [rr, type, value] = [needed(call, 'Rr'), needed(call, 'Type'), needed(call, 'Value')];
  const { zone, record } = recordToChange(world, 'pvtz', needed(call, 'RecordId'));
  const ttlSeconds = count(call, 'Ttl', 60, 86_400);
  if (!ttls.includes(ttlSeconds)) {
    const message = `The specified Ttl "${ttlSeconds}" is not one of ${ttls.join(', ')}.`;
    throw new ApiError(400, 'InvalidParameter', message);
  }
  const share = count(call, 'Weight', 1, 100);
  const line = call.params.Line || 'default';
  return once(world, call, () => {
    const change = { rr, type: type.toUpperCase(), value, line, ttlSeconds, share };
    changeRecord(zone, record, change, world.now);
    return { RecordId: Number(record.id) };
  });
};

const writes = { SetZoneRecordStatus, UpdateZoneRecord };

export const pvtz: Product = {
  name: 'pvtz',
  version: '2018-01-01',
  operations: { ...writes, DescribeZoneRecords },
  writes: new Set(Object.keys(writes)),
};

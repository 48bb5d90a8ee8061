import { ApiError, type Operation, type Product } from '../core/call';
import { isOn, needed, pageOf, recordOf, turn } from './records';

/** https://www.alibabacloud.com/help/en/dns/api-pvtz-2018-01-01-describezonerecords */
const DescribeZoneRecords: Operation = (world, call) => {
  const zone = world.dnsZones.get(needed(call, 'ZoneId'));
  if (zone?.product !== 'pvtz') {
    throw new ApiError(400, 'Zone.NotExists', 'The specified zone does not exist.');
  }
  const { Keyword } = call.params;
  const found = zone.records.filter(({ rr, value }) => `${rr} ${value}`.includes(Keyword ?? ''));
  const { items, fields } = pageOf(call, found, 100);
  return {
    ...fields,
    Records: {
      Record: items.map((record) => ({
        RecordId: Number(record.id),
        Rr: record.rr,
        Type: record.type,
        Value: record.value,
        Ttl: record.ttlSeconds,
        Status: isOn(record, call.now) ? 'ENABLE' : 'DISABLE',
        Weight: 1,
        Line: record.line,
      })),
    },
  };
};

/** Upper case here, unlike Alidns. https://www.alibabacloud.com/help/en/dns/api-pvtz-2018-01-01-setzonerecordstatus */
const SetZoneRecordStatus: Operation = (world, call) => {
  const record = recordOf(world, 'pvtz', needed(call, 'RecordId'));
  const status = needed(call, 'Status');
  if (status !== 'ENABLE' && status !== 'DISABLE') {
    throw new ApiError(400, 'InvalidParameter', `The specified Status "${status}" is not valid.`);
  }
  turn(record, status === 'ENABLE', world.now);
  return { RecordId: Number(record.id), Status: status };
};

export const pvtz: Product = {
  name: 'pvtz',
  version: '2018-01-01',
  operations: { DescribeZoneRecords, SetZoneRecordStatus },
  writes: new Set(['SetZoneRecordStatus']),
};

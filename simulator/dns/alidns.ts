import { ApiError, type Operation, type Product } from '../core/call';
import { isOn, needed, pageOf, recordOf, turn } from './records';

/** `Status` reads `ENABLE`, and is set as `Enable`. https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-describedomainrecords */
const DescribeDomainRecords: Operation = (world, call) => {
  const domain = needed(call, 'DomainName');
  const zone = world.dnsZones.get(domain);
  if (zone?.product !== 'alidns') {
    throw new ApiError(404, 'InvalidDomainName.NoExist', 'The specified domain name does not exist.');
  }
  const { RRKeyWord, ValueKeyWord, Type } = call.params;
  const found = zone.records.filter(
    ({ rr, value, type }) =>
      rr.includes(RRKeyWord ?? '') && value.includes(ValueKeyWord ?? '') && (Type ?? type) === type,
  );
  const { items, fields } = pageOf(call, found, 500);
  return {
    ...fields,
    DomainRecords: {
      Record: items.map((record) => ({
        RecordId: record.id,
        DomainName: domain,
        RR: record.rr,
        Type: record.type,
        Value: record.value,
        Line: record.line,
        TTL: record.ttlSeconds,
        Status: isOn(record, call.now) ? 'ENABLE' : 'DISABLE',
        Locked: false,
        Weight: 1,
      })),
    },
  };
};

/** https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-setdomainrecordstatus */
const SetDomainRecordStatus: Operation = (world, call) => {
  const record = recordOf(world, 'alidns', needed(call, 'RecordId'));
  const status = needed(call, 'Status');
  if (status !== 'Enable' && status !== 'Disable') {
    throw new ApiError(400, 'InvalidParameter', `The specified Status "${status}" is not valid.`);
  }
  turn(record, status === 'Enable', world.now);
  return { RecordId: record.id, Status: status };
};

export const alidns: Product = {
  name: 'alidns',
  version: '2015-01-09',
  operations: { DescribeDomainRecords, SetDomainRecordStatus },
  writes: new Set(['SetDomainRecordStatus']),
};

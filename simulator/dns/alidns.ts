import { ApiError, type Operation, type Product } from '../core/call';
import type { DnsRecord } from '../core/dns';
import { DescribeDomainRecords, DescribeSubDomainRecords } from './alidns-lists';
import { DescribeDNSSLBSubDomains, SetDNSSLBStatus, UpdateDNSSLBWeight } from './alidns-weights';
import { changeRecord, turn } from './change';
import { count, needed, recordToChange } from './records';

/**
 * The words differ from those that the lists show.
 * https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-setdomainrecordstatus
 */
const SetDomainRecordStatus: Operation = (world, call) => {
  const { record } = recordToChange(world, 'alidns', needed(call, 'RecordId'));
  const status = needed(call, 'Status');
  if (status !== 'Enable' && status !== 'Disable') {
    throw new ApiError(400, 'InvalidParameter', `The specified Status "${status}" is not valid.`);
  }
  turn(record, status === 'Enable', world.now);
  return { RecordId: record.id, Status: status };
};

/** https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-updatedomainrecord */
const UpdateDomainRecord: Operation = (world, call) => {
  const [rr, type, value] = [needed(call, 'RR'), needed(call, 'Type'), needed(call, 'Value')];
  const { zone, record } = recordToChange(world, 'alidns', needed(call, 'RecordId'));
  const change = {
    rr,
    type: type.toUpperCase(),
    value,
    line: call.params.Line || 'default',
    ttlSeconds: count(call, 'TTL', 600, 86_400),
  };
  const saysSo = (one: DnsRecord) =>
    (['rr', 'type', 'value', 'line'] as const).every((key) => one[key] === change[key]);
  const isTwin = zone.records.some((one) => one !== record && saysSo(one));
  const changesNothing = saysSo(record) && record.ttlSeconds === change.ttlSeconds;
  if (isTwin || (changesNothing && world.switches.dnsRefusesNoChange)) {
    throw new ApiError(400, 'DomainRecordDuplicate', 'The DNS record already exists.');
  }
  changeRecord(zone, record, change, world.now);
  return { RecordId: record.id };
};

const writes = { SetDNSSLBStatus, SetDomainRecordStatus, UpdateDNSSLBWeight, UpdateDomainRecord };

export const alidns: Product = {
  name: 'alidns',
  version: '2015-01-09',
  operations: { ...writes, DescribeDNSSLBSubDomains, DescribeDomainRecords, DescribeSubDomainRecords },
  writes: new Set(Object.keys(writes)),
};

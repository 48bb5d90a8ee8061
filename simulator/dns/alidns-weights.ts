import { ApiError, type Operation } from '../core/call';
import { domainOf, subDomainOf } from './alidns-domains';
import { changeRecord } from './change';
import { contains, isOn, needed, pageOf, recordToChange, setOf } from './records';

/**
 * Lets the records of a name be answered by weight, or no longer.
 * https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-setdnsslbstatus
 */
export const SetDNSSLBStatus: Operation = (world, call) => {
  const { zone, rr } = subDomainOf(world, call);
  const { Open, Type, Line } = call.params;
  const isOpen = (Open || 'true').toLowerCase() === 'true';
  const type = (Type || 'A').toUpperCase();
  if (type !== 'A' && type !== 'AAAA') {
    throw new ApiError(400, 'InvalidParameter', `The specified Type "${type}" is not valid.`);
  }
  const set = setOf({ rr, type, line: Line || 'default' });
  if (isOpen) zone.weighted.add(set);
  else zone.weighted.delete(set);
  return { Open: isOpen, RecordCount: zone.records.filter((record) => setOf(record) === set).length };
};

/**
 * Gives a record another weight, from 1 to 100: one without a share is switched off instead. Only records that are on,
 * of names that are answered by weight, have one to change. The misspelled code is the real one.
 * https://www.alibabacloud.com/help/ja/alibaba-cloud-dns-jp/latest/updatednsslbweight
 */
export const UpdateDNSSLBWeight: Operation = (world, call) => {
  const weight = Number(needed(call, 'Weight'));
  const { zone, record } = recordToChange(world, 'alidns', needed(call, 'RecordId'));
  if (!zone.weighted.has(setOf(record))) {
    throw new ApiError(400, 'DisableDNSSLB', "The subdomain's DNS SLB status is closed.");
  }
  if (!isOn(record, world.now)) {
    throw new ApiError(400, 'DomainRecordDisable', 'The domain record is disable.');
  }
  if (!Number.isInteger(weight) || weight < 1 || weight > 100) {
    throw new ApiError(400, 'InvalidWeigth', 'The weigth value is invalid.');
  }
  changeRecord(zone, record, { share: weight }, world.now);
  return { RecordId: record.id, Weight: weight };
};

/**
 * Names of a domain whose records can be answered by weight, and whether they are.
 * https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-describednsslbsubdomains
 */
export const DescribeDNSSLBSubDomains: Operation = (world, call) => {
  const zone = domainOf(world, needed(call, 'DomainName'));
  const records = zone.records.filter(
    ({ type, rr }) => ['A', 'AAAA'].includes(type) && contains(rr, call.params.Rr),
  );
  const names = [...new Map(records.map(({ rr, type }) => [`${rr}/${type}`, { rr, type }])).values()];
  const rows = names.map(({ rr, type }) => {
    const mine = records.filter((record) => record.rr === rr && record.type === type);
    const lines = [...new Set(mine.map(({ line }) => line))].map((line) => ({
      Line: line,
      Open: zone.weighted.has(setOf({ rr, type, line })),
    }));
    return {
      SubDomain: rr === '@' ? zone.id : `${rr}.${zone.id}`,
      Type: type,
      Open: lines.some(({ Open }) => Open),
      RecordCount: mine.length,
      LineAlgorithms: { LineAlgorithm: lines },
    };
  });
  const { items, page, size } = pageOf(call, rows, 100);
  return {
    TotalCount: rows.length,
    PageNumber: page,
    PageSize: size,
    SlbSubDomains: { SlbSubDomain: items },
  };
};

import { ApiError, type Call } from '../core/call';
import type { DnsAnswer, DnsRecord, DnsZone } from '../core/dns';
import type { Instance, World } from '../core/world';

export function isOn({ status }: DnsRecord, at: number): boolean {
  return status.findLast((entry) => entry.at <= at)?.on ?? false;
}

/** The instance that an answer points at, by whichever of its addresses. */
export function instanceOfRecord(world: World, { value }: Pick<DnsAnswer, 'value'>): Instance | undefined {
  return [...world.instances.values()].find(({ privateIp, publicIp, eip }) =>
    [privateIp, publicIp, eip].includes(value),
  );
}

/** All that clients of a zone come by or came by. */
export function answersOf({ records, remembered }: DnsZone): readonly DnsAnswer[] {
  return [...records, ...remembered];
}

/** `dns/example.com/www`, `dns/pvtz:<zone>/db`: how the front door names the records of a host. */
export function nameOfHost({ product, id }: DnsZone, { rr }: Pick<DnsAnswer, 'rr'>): string {
  return `dns/${product === 'pvtz' ? 'pvtz:' : ''}${id}/${rr}`;
}

/** What is weighed against each other: records of one name, type and line. */
export function setOf({ rr, type, line }: Pick<DnsRecord, 'rr' | 'type' | 'line'>): string {
  return `${rr}/${type}/${line}`;
}

/** Whether a text is in another, whatever their case. */
export function contains(text: string, part: string | undefined): boolean {
  return text.toLowerCase().includes((part ?? '').toLowerCase());
}

/** A page by number, with the size limit of the product. */
export function pageOf<T>(
  call: Call,
  all: readonly T[],
  most: number,
): { items: readonly T[]; page: number; size: number } {
  const [page, size] = [Number(call.params.PageNumber || 1), Number(call.params.PageSize || 20)];
  if (!(page >= 1) || !(size >= 1 && size <= most)) {
    throw new ApiError(400, 'InvalidParameter', 'The specified PageNumber or PageSize is not valid.');
  }
  return { items: all.slice((page - 1) * size, page * size), page, size };
}

export function needed(call: Call, name: string): string {
  const value = call.params[name];
  if (value !== undefined && value !== '') return value;
  throw new ApiError(400, `Missing${name}`, `The input parameter ${name} is mandatory.`);
}

/** A whole number from 1 on, or the default when the call names none. */
export function count(call: Call, name: string, standard: number, most: number): number {
  const value = Number(call.params[name] || standard);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new ApiError(400, 'InvalidParameter', `The specified ${name} "${call.params[name]}" is not valid.`);
}

/** The record that the call is going to change, in its zone. */
export function recordToChange(
  world: World,
  product: DnsZone['product'],
  id: string,
): { readonly zone: DnsZone; readonly record: DnsRecord } {
  for (const zone of world.dnsZones.values()) {
    const record = zone.product === product ? zone.records.find((one) => one.id === id) : undefined;
    if (record?.locked === true) {
      throw new ApiError(400, 'DomainRecordLocked', 'The domain record has been locked.');
    }
    if (record !== undefined) return { zone, record };
  }
  const code = world.switches.dnsNotFoundNamesRr ? 'InvalidRR.NoExist' : 'DomainRecordNotBelongToUser';
  throw new ApiError(400, code, 'The domain record does not belong to the user.');
}

import { ApiError, type Call } from '../core/call';
import type { DnsRecord, DnsZone } from '../core/dns';
import type { Instance, World } from '../core/world';

export function isOn({ status }: DnsRecord, at: number): boolean {
  return status.findLast((entry) => entry.at <= at)?.on ?? false;
}

/** The instance that a record points at, by whichever of its addresses. */
export function instanceOfRecord(world: World, { value }: DnsRecord): Instance | undefined {
  return [...world.instances.values()].find(({ privateIp, publicIp, eip }) =>
    [privateIp, publicIp, eip].includes(value),
  );
}

/** `dns/example.com/www`, `dns/pvtz:<zone>/db`: how the front door names the records of a host. */
export function nameOfHost({ product, id }: DnsZone, { rr }: DnsRecord): string {
  return `dns/${product === 'pvtz' ? 'pvtz:' : ''}${id}/${rr}`;
}

/** Off counts when the last resolver has forgotten it; on counts at once. */
export function turn({ status, weights, ttlSeconds }: DnsRecord, on: boolean, now: number): void {
  if ((status.at(-1)?.on ?? false) === on) return;
  status.push({ at: now, on });
  weights.splice(0, weights.length, ...weights.filter(({ at }) => at <= now));
  const was = weights.at(-1)?.weight ?? 0;
  if (on && was === 0) weights.push({ at: now, weight: 100 });
  if (!on && was > 0) weights.push({ at: now + ttlSeconds * 1000, weight: 0 });
}

/** A page by number, with the size limit of the product. */
export function pageOf<T>(
  call: Call,
  all: readonly T[],
  most: number,
): { items: readonly T[]; fields: object } {
  const [page, size] = [Number(call.params.PageNumber || 1), Number(call.params.PageSize || 20)];
  if (!(page >= 1) || !(size >= 1 && size <= most)) {
    throw new ApiError(400, 'InvalidParameter', 'The specified PageNumber or PageSize is not valid.');
  }
  const fields = { TotalCount: all.length, PageNumber: page, PageSize: size };
  return { items: all.slice((page - 1) * size, page * size), fields };
}

export function needed(call: Call, name: string): string {
  const value = call.params[name];
  if (value !== undefined && value !== '') return value;
  throw new ApiError(400, `Missing${name}`, `The input parameter ${name} is mandatory.`);
}

export function recordOf(world: World, product: DnsZone['product'], id: string): DnsRecord {
  for (const zone of world.dnsZones.values()) {
    const record = zone.product === product ? zone.records.find((one) => one.id === id) : undefined;
    if (record !== undefined) return record;
  }
  throw new ApiError(400, 'DomainRecordNotBelongToUser', 'The domain record does not belong to the user.');
}

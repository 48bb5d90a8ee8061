import { ApiError, type Call } from '../core/call';
import type { DnsZone } from '../core/dns';
import type { World } from '../core/world';
import { needed } from './records';

/** The domain of that name, or the service's refusal. */
export function domainOf(world: World, name: string): DnsZone {
  const zone = world.dnsZones.get(name.toLowerCase());
  if (zone?.product === 'alidns') return zone;
  throw new ApiError(404, 'InvalidDomainName.NoExist', 'The specified domain name does not exist.');
}

/** The name that `SubDomain` means, as its domain and what is in front of it; `DomainName` may say where that ends. */
export function subDomainOf(world: World, call: Call): { readonly zone: DnsZone; readonly rr: string } {
  const name = needed(call, 'SubDomain').toLowerCase();
  const zone = domainOf(world, call.params.DomainName || longestDomain(world, name));
  if (name === zone.id) return { zone, rr: '@' };
  if (name.endsWith(`.${zone.id}`)) return { zone, rr: name.slice(0, -zone.id.length - 1) };
  throw new ApiError(400, 'InvalidParameter', `The specified SubDomain "${name}" is not valid.`);
}

function longestDomain(world: World, name: string): string {
  const ends = [...world.dnsZones.values()]
    .filter(({ product, id }) => product === 'alidns' && (name === id || name.endsWith(`.${id}`)))
    .map(({ id }) => id);
  return ends.sort((a, b) => b.length - a.length)[0] ?? name;
}

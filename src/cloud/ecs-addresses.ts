import * as z from 'zod';
import { listOf } from './shapes';

const Card = z.object({
  NetworkInterfaceId: z.string().nullish(),
  PrimaryIpAddress: z.string().nullish(),
  PrivateIpSets: listOf('PrivateIpSet', z.object({ PrivateIpAddress: z.string().nullish() })),
});

/**
 * The fields of an instance of DescribeInstances that tell where it is reached. Addresses of version 6 are not among
 * them: the answer has those only when it is asked for more than we ask.
 */
export const AddressFields = {
  NetworkInterfaces: listOf('NetworkInterface', Card),
  VpcAttributes: z.object({ PrivateIpAddress: listOf('IpAddress', z.string()) }).nullish(),
  InnerIpAddress: listOf('IpAddress', z.string()),
  PublicIpAddress: listOf('IpAddress', z.string()),
  /** Of an instance without one, empty. */
  EipAddress: z.object({ IpAddress: z.string().nullish() }).nullish(),
};
type Addresses = z.output<z.ZodObject<typeof AddressFields>>;

/** Every private address, of the first card first. */
export function ipsOf({ NetworkInterfaces, VpcAttributes, InnerIpAddress }: Addresses): readonly string[] {
  const ofCards = NetworkInterfaces.flatMap(({ PrimaryIpAddress, PrivateIpSets }) => [
    PrimaryIpAddress,
    ...PrivateIpSets.map(({ PrivateIpAddress }) => PrivateIpAddress),
  ]);
  const all = [...(VpcAttributes?.PrivateIpAddress ?? []), ...InnerIpAddress, ...ofCards];
  return [...new Set(all.filter((ip) => ip !== null && ip !== undefined && ip !== ''))] as readonly string[];
}

/** What the internet knows it by: its public address, and the elastic one that is bound to it. */
export function publicIpsOf({
  PublicIpAddress,
  EipAddress,
}: Pick<Addresses, 'EipAddress' | 'PublicIpAddress'>): readonly string[] {
  const all = [...PublicIpAddress, EipAddress?.IpAddress ?? ''];
  return [...new Set(all.filter((ip) => ip !== ''))];
}

/** The ids of its network cards. */
export function enisOf({ NetworkInterfaces }: Pick<Addresses, 'NetworkInterfaces'>): readonly string[] {
  return NetworkInterfaces.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []);
}

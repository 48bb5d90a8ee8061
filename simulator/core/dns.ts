/** A zone of Alidns, or of PrivateZone. */
export interface DnsZone {
  readonly product: 'alidns' | 'pvtz';
  /** The domain itself, or the id of a private zone. */
  readonly id: string;
  readonly records: readonly DnsRecord[];
}

export interface DnsRecord {
  readonly id: string;
  /** The host within the zone: `www`. */
  readonly rr: string;
  readonly type: 'A' | 'AAAA' | 'CNAME';
  readonly value: string;
  /** Whose resolvers get it: `default`, `telecom`, … */
  readonly line: string;
  readonly ttlSeconds: number;
  /** Whether it is given out, from each instant on. */
  readonly status: { readonly at: number; readonly on: boolean }[];
  /** 100 while clients come by it, 0 while none does: resolvers keep an answer for the TTL. */
  readonly weights: { readonly at: number; readonly weight: number }[];
}

/** A zone of Alidns, or of PrivateZone. */
export interface DnsZone {
  readonly product: 'alidns' | 'pvtz';
  /** The domain itself, or the id of a private zone. */
  readonly id: string;
  readonly records: readonly DnsRecord[];
  /** Where Alidns answers by weight: `rr/type/line`. */
  readonly weighted: Set<string>;
  /** Answers that resolvers keep of records which say something else by now. */
  readonly remembered: DnsAnswer[];
}

/** By what clients come to an address. */
export interface DnsAnswer {
  /** The host within the zone: `www`, or `@` for the zone's own name. */
  readonly rr: string;
  readonly value: string;
  /** 100 while clients come by it, 0 while none does: resolvers keep an answer for the TTL. */
  readonly weights: { readonly at: number; readonly weight: number }[];
}

export interface DnsRecord extends DnsAnswer {
  readonly id: string;
  rr: string;
  type: string;
  value: string;
  /** Whose resolvers get it: `default`, `telecom`, … */
  line: string;
  ttlSeconds: number;
  /** Its share among the records of its name, from 1 to 100, where answers go by weight. */
  share: number;
  /** No call may change it. */
  locked: boolean;
  /** Until when resolvers may keep an answer that they got with an earlier TTL. */
  keptUntil: number;
  /** Whether it is given out, from each instant on. */
  readonly status: { readonly at: number; readonly on: boolean }[];
}

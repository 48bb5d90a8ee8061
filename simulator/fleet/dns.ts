import * as z from 'zod';
import type { DnsZone } from '../core/dns';

/** A zone as a fleet file names it: a domain of Alidns, or a zone of PrivateZone. */
export const dnsZone = z
  .strictObject({
    domain: z.string().optional(),
    privateZone: z.string().optional(),
    records: z
      .array(
        z.strictObject({
          rr: z.string(),
          type: z.enum(['A', 'AAAA', 'CNAME']).default('A'),
          value: z.string(),
          line: z.string().default('default'),
          ttlSeconds: z.number().int().min(1).default(600),
          on: z.boolean().default(true),
          /** Its weight where answers go by weight. */
          share: z.number().int().min(1).max(100).default(1),
          locked: z.boolean().default(false),
        }),
      )
      .default([]),
  })
  .refine(({ domain, privateZone }) => (domain === undefined) !== (privateZone === undefined), {
    error: 'either domain or privateZone',
  });

/** Ids of records are numbers, as the cloud writes them; `n` tells zones apart. */
export function toDnsZone({ domain, privateZone, records }: z.infer<typeof dnsZone>, n: number): DnsZone {
  return {
    product: domain === undefined ? 'pvtz' : 'alidns',
    id: domain ?? privateZone ?? '',
    weighted: new Set(),
    remembered: [],
    records: records.map(({ on, ...record }, index) => ({
      ...record,
      id: String(9_000_000 + n * 1000 + index),
      keptUntil: 0,
      status: [{ at: 0, on }],
      weights: [{ at: 0, weight: on ? 100 : 0 }],
    })),
  };
}

import * as z from 'zod';
import type { Immutable } from './words';

const port = z.int().min(1).max(65_535).optional();
const serverGroup = z
  .string()
  .regex(/^sgp-[a-z0-9]+$/, { error: 'the id of a server group, such as sgp-a1b2c3d4e5' });

/** What names a place of each kind, as a pool writes it: `clb: {loadBalancer: lb-…}`. */
const places = {
  clb: z
    .strictObject({
      loadBalancer: z
        .string()
        .regex(/^lb-[a-z0-9]+$/, { error: 'the id of a CLB instance, such as lb-bp1web0000001' }),
      vServerGroup: z
        .string()
        .regex(/^rsp-[a-z0-9]+$/, { error: 'the id of a vServer group, such as rsp-bp1web8443' })
        .optional(),
      port,
    })
    .describe('Without vServerGroup: the default group, every vServer group and master/slave group.'),
  alb: z.strictObject({ serverGroup, port }).describe('A server group of an Application Load Balancer.'),
  nlb: z.strictObject({ serverGroup, port }).describe('A server group of a Network Load Balancer.'),
  dns: z
    .strictObject({
      domain: z.string().min(1).optional(),
      privateZone: z.string().min(1).optional(),
      record: z.string().min(1),
    })
    .refine(({ domain, privateZone }) => (domain === undefined) !== (privateZone === undefined), {
      error: 'either domain (Alidns) or privateZone (the id of a zone of PrivateZone)',
    })
    .describe('Records of a name that point at the member; they are switched off and on.'),
} as const;

export type TrafficKindName = keyof typeof places;

/** One place, as a plan carries it: what names it, and its kind. */
export type TrafficPlace = {
  [K in TrafficKindName]: Immutable<{ kind: K } & z.output<(typeof places)[K]>>;
}[TrafficKindName];

/** A place where members take traffic, under the name of its kind. */
const Traffic = z
  .strictObject({
    clb: places.clb.optional(),
    alb: places.alb.optional(),
    nlb: places.nlb.optional(),
    dns: places.dns.optional(),
  })
  .refine((entry) => Object.values(entry).filter((place) => place !== undefined).length === 1, {
    error: 'one place, such as {clb: {loadBalancer: lb-bp1web0000001}}; an entry for each',
  });
type Traffic = Immutable<z.output<typeof Traffic>>;

/** Where a pool's members take traffic: named places, or wherever each of them is found to be. */
export const PoolTraffic = z.union([z.literal('discover'), z.array(Traffic)]);
export type PoolTraffic = 'discover' | readonly Traffic[];

/** The places that a plan carries. */
export const Places = z.union([
  z.literal('discover'),
  z.array(
    z.discriminatedUnion('kind', [
      places.clb.extend({ kind: z.literal('clb') }),
      places.alb.extend({ kind: z.literal('alb') }),
      places.nlb.extend({ kind: z.literal('nlb') }),
      places.dns.safeExtend({ kind: z.literal('dns') }),
    ]),
  ),
]);
/** `discover`: wherever the instance is found in its region. */
export type Places = 'discover' | readonly TrafficPlace[];

import * as z from 'zod';
import type { Membership } from '../engine/ports';
import type { Facts } from '../run/run';

const MembershipFact = z.object({
  key: z.string(),
  group: z.string(),
  port: z.number().optional(),
  weight: z.number(),
});

const DrainFacts = z.object({
  /** Every membership with its weight before the first write. */
  snapshot: z.array(MembershipFact).optional(),
  /** Groups that claims were about to write. */
  written: z.array(z.string()).optional(),
  /** Groups whose weight 0 the cloud confirmed. */
  drained: z.array(z.string()).optional(),
});

export interface Drained {
  readonly snapshot: readonly Membership[];
  /** Groups that we wrote to, or may have written to. */
  readonly written: readonly string[];
  readonly confirmed: readonly string[];
}

/** What a drain step took out; undefined when it never began. */
export function readDrained(facts: Facts | undefined): Drained | undefined {
  const { snapshot, written = [], drained = [] } = DrainFacts.parse(facts ?? {});
  return snapshot === undefined ? undefined : { snapshot, written, confirmed: drained };
}

/** The memberships of one group, as `setWeights` wants them. */
export function weightsOf(
  memberships: readonly Membership[],
  group: string,
): readonly { readonly port?: number; readonly weight: number }[] {
  return memberships.filter((one) => one.group === group).map(({ port, weight }) => ({ port, weight }));
}

import * as z from 'zod';
import type { AttachedGroup, Membership, ScalingGroup } from '../../engine/ports';
import type { Facts } from '../../run/run';
import { readDrained, type Drained } from '../traffic/snapshot';

const StandbyFacts = z.object({
  group: z.string().optional(),
  attached: z
    .array(z.object({ group: z.string(), port: z.number().optional(), weight: z.number().optional() }))
    .default([]),
});

/** A group in which we put the instance into Standby, or may have, and how things stood before. */
export interface Stood {
  readonly group: string;
  /** The scaling group's server groups with the weights it was configured with then. */
  readonly attached: readonly AttachedGroup[];
  readonly snapshot: readonly Membership[];
  /** The same of places that the scaling group has and no pool names. */
  readonly beside: readonly Membership[];
}

/** What `enter-standby` noted; undefined when it put nothing into Standby. */
export function readStood(facts: Facts | undefined): Stood | undefined {
  const { group, attached } = StandbyFacts.parse(facts ?? {});
  if (group === undefined) return undefined;
  const known = attached.map(({ port, weight, ...one }) => ({
    ...one,
    ...(port !== undefined && { port }),
    ...(weight !== undefined && { weight }),
  }));
  return { group, attached: known, snapshot: readDrained(facts)?.snapshot ?? [], beside: besideIn(facts) };
}

function besideIn(facts: Facts | undefined): readonly Membership[] {
  return readDrained({ snapshot: facts?.['beside'] })?.snapshot ?? [];
}

/** The weights just before the way out of Standby, when that began, and which groups were written to since. */
export type Exit = Drained;

export function readExit(facts: Facts | undefined): Exit | undefined {
  return readDrained(facts?.['exit'] as Facts | undefined);
}

/** Where the scaling group registers the membership; undefined for a place of somebody else's. */
export function attachedAs(
  { group, port }: Membership,
  attached: readonly AttachedGroup[],
): AttachedGroup | undefined {
  return attached.find(
    (one) => one.group === group && (one.port === undefined || port === undefined || one.port === port),
  );
}

/** Nobody is added for whoever stands by: the group itself, or a person, has to know what it can bear. */
export function sayLeft(group: ScalingGroup | undefined): string {
  if (group === undefined || group.inService - 1 >= group.minSize) return '';
  return `, which leaves ${group.inService - 1} in service, fewer than its minimum of ${group.minSize}`;
}

import * as z from 'zod';
import type { Membership } from '../../engine/ports';
import type { Facts } from '../../run/run';
import { factsOf, type Scene } from '../define-step';

const MembershipFact = z.object({
  key: z.string(),
  group: z.string(),
  port: z.number().optional(),
  weight: z.number(),
  lane: z.string().optional(),
  server: z.object({ id: z.string(), type: z.string(), ip: z.string().optional() }).optional(),
  fixed: z.string().optional(),
  onOff: z.literal(true).optional(),
  lingerMs: z.number().optional(),
});

const DrainFacts = z.object({
  /** Every membership with its weight before the first write. */
  snapshot: z.array(MembershipFact).optional(),
  /** Groups that claims were about to write. */
  written: z.array(z.string()).optional(),
  /** Groups that were seen without traffic after our write, or whose write the cloud confirmed. */
  drained: z.array(z.string()).optional(),
  /** Writes that were only taken on, by group. */
  jobs: z.record(z.string(), z.string()).optional(),
  /** When the last write was about to be made. */
  writtenAt: z.number().optional(),
  /** True when it took the instance out of groups rather than lower weights. */
  removed: z.boolean().optional(),
  /** Of a step that only lowered weights: to which share, in percent. */
  percent: z.number().optional(),
});

export interface Drained {
  readonly snapshot: readonly Membership[];
  /** Groups that we wrote to, or may have written to. */
  readonly written: readonly string[];
  readonly confirmed: readonly string[];
  readonly jobs: Readonly<Record<string, string>>;
  readonly writtenAt?: number;
  readonly removed: boolean;
  readonly percent?: number;
}

/** What a step took out; undefined when it never began. */
export function readDrained(facts: Facts | undefined): Drained | undefined {
  const {
    snapshot,
    written = [],
    drained = [],
    jobs = {},
    writtenAt,
    removed = false,
    percent,
  } = DrainFacts.parse(facts ?? {});
  if (snapshot === undefined) return undefined;
  const known = { snapshot, written, confirmed: drained, jobs, removed };
  return {
    ...known,
    ...(writtenAt !== undefined && { writtenAt }),
    ...(percent !== undefined && { percent }),
  };
}

/**
 * The weights before any of the steps wrote: what the first that began has noted, save where a person has set another
 * weight since. Where a step lowered weights to a share, the next step's look, or `seen`, tells.
 */
export function earlierSnapshot(
  scene: Scene,
  steps: readonly string[],
  seen: readonly Membership[],
): readonly Membership[] | undefined {
  const taken = steps.map((step) => readDrained(factsOf(scene, step))).filter((one) => one !== undefined);
  const [first] = taken;
  if (first === undefined) return undefined;
  return taken.reduce(
    (known, { percent }, index) => asPeopleLeft(known, percent, taken[index + 1]?.snapshot ?? seen),
    first.snapshot,
  );
}

/** A weight that is neither what it was nor the share of it is a person's. */
function asPeopleLeft(
  before: readonly Membership[],
  percent: number | undefined,
  later: readonly Membership[],
): readonly Membership[] {
  if (percent === undefined) return before;
  return before.map((one) => {
    const { weight, isGone } = standingOf(one, later);
    const isAsLeft = isGone || weight === one.weight || weight === shareOf(one, percent);
    return isAsLeft ? one : { ...one, weight };
  });
}

/** What was there before, as it is now: a server that is no longer registered has no weight. */
export function standingOf(
  before: Membership,
  seen: readonly Membership[],
): Membership & { readonly isGone: boolean } {
  const now = seen.find(({ key }) => key === before.key);
  return now === undefined ? { ...before, weight: 0, isGone: true } : { ...now, isGone: false };
}

/** Rounded up, so that a small weight is not a share of nothing; what knows no shares is on from the first on. */
export function shareOf({ weight, onOff }: Membership, percent: number): number {
  if (onOff === true) return percent > 0 ? weight : 0;
  return Math.min(weight, Math.ceil((weight * percent) / 100));
}

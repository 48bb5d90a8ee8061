import * as z from 'zod';
import type { Alarms, GroupServer, Health, Membership, Traffic } from '../../../engine/ports';
import type { Millis } from '../../../event/system-event';
import { Places } from '../../../playbook/kinds/traffic';

export const RampParameters = z.strictObject({
  /** The step that took the traffic away. */
  drain: z.string().optional(),
  /** Steps that only lowered weights, and to which share: what is brought back where nothing was taken away. */
  lowered: z.array(z.strictObject({ step: z.string(), percent: z.number() })).default([]),
  places: Places,
  /** Shares of the weight that was there before, in percent; the last is 100. */
  ramp: z.array(z.strictObject({ percent: z.number(), holdMs: z.number() })).min(1),
  /** Whether the pool asks its load balancers; if not, only a failing check stops the ramp. */
  requireHealth: z.boolean(),
  /** How long anything that stands in the way of the next share is waited for. */
  atMostMs: z.number(),
  /** Alarm rules: while one fires no share is given, and what was given is taken back. */
  alarms: z.array(z.string()).default([]),
  /** How often the member's health may turn bad. Plans of earlier versions did not say. */
  mostFlaps: z.number().default(3),
});
export type RampParameters = z.output<typeof RampParameters>;

export interface RampSeen {
  /** Of the instance, in every group. */
  readonly memberships: readonly (Membership & { readonly health?: Health })[];
  /** The worst that is said of it in a place of ours. */
  readonly health?: Health;
  /** Servers of others in the same groups that have weight and fail their checks. */
  readonly sickOthers?: number;
  readonly alarms?: Awaited<ReturnType<Alarms['firing']>>;
  /** Of the instance; absent when ECS knows none. */
  readonly status?: string;
  readonly startTime?: string;
  /** Its private addresses, and the ids of its network cards. */
  readonly ips?: readonly string[];
  readonly enis?: readonly string[];
  readonly agent?: { readonly online: boolean; readonly heartbeatAt?: Millis };
  /** False while an instance that was started anew during this step has not been heard from since. */
  readonly heard?: boolean;
  /** What became of writes that were only taken on, by group. */
  readonly jobs?: Readonly<Record<string, Awaited<ReturnType<Traffic['job']>>>>;
}

/** A place that somebody had taken the instance out of before is no business of ours, whatever its checks say. */
export function ofTheDrain<T extends Pick<GroupServer, 'key' | 'group'>>(
  snapshot: readonly Membership[],
  servers: readonly T[],
): { readonly places: readonly T[]; readonly groups: readonly T[] } {
  const ours = snapshot.filter(({ weight }) => weight > 0);
  const keys = new Set(ours.map(({ key }) => key));
  const groups = new Set(ours.map(({ group }) => group));
  return {
    places: servers.filter(({ key }) => keys.has(key)),
    groups: servers.filter(({ group }) => groups.has(group)),
  };
}

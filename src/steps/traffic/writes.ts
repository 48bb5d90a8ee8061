import type { Change, Membership, Traffic } from '../../engine/ports';
import type { Reach } from '../define-step';

/** A membership that is to be changed, and how. */
export type Wanted = Membership & { readonly how: Change['how'] };

/**
 * The next writes: one group of each lane, because writes to one load balancer go one after the other and those to
 * different ones side by side. Whatever belongs to a lane in which something is being applied waits.
 */
export function nextChanges(wanted: readonly Wanted[], seen: readonly Membership[]): readonly Change[] {
  const lanes = new Map<string, Wanted>();
  const busy = new Set(seen.filter((one) => one.busy !== undefined).map(laneOf));
  for (const one of wanted) {
    const lane = laneOf(one);
    if (!busy.has(lane) && !lanes.has(lane)) lanes.set(lane, one);
  }
  return [...lanes.values()].map(({ group, how }) => ({
    group,
    how,
    servers: wanted
      .filter((one) => one.group === group && one.how === how)
      .map(({ server, port, weight }) => ({
        ...(server && { server }),
        ...(port !== undefined && { port }),
        weight,
      })),
  }));
}

function laneOf({ lane, group }: Membership): string {
  return lane ?? group;
}

/** What is being applied in a place, in the cloud's word; undefined when nothing is. */
export function busyIn(seen: readonly Membership[], groups: readonly string[]): string | undefined {
  const one = seen.find(({ group, busy }) => busy !== undefined && groups.includes(group));
  return one && `${one.group} is ${one.busy}`;
}

/**
 * What became of the writes that were only taken on, in those groups that do not show them yet. One
 * that is not told of may be told of only later: until the step has taken too long it counts as being at work.
 */
export async function askJobs(
  { traffic }: Reach['cloud'],
  jobs: Readonly<Record<string, string>>,
  groups: readonly string[],
): Promise<Readonly<Record<string, Awaited<ReturnType<Traffic['job']>>>>> {
  const waiting = Object.entries(jobs).filter(([group]) => groups.includes(group));
  const asked = waiting.map(
    async ([group, job]) => [group, (await traffic.job(group, job)) ?? ('processing' as const)] as const,
  );
  return Object.fromEntries(await Promise.all(asked));
}

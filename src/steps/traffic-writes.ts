import type { Change, Membership, Traffic } from '../engine/ports';
import type { Reach } from './define-step';

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
 * Makes the writes side by side and answers the jobs of those that were only taken on, by group. When one is refused the
 * others have been made or not: another look tells.
 */
export async function writeAll(
  { cloud }: Reach,
  instanceId: string,
  changes: readonly Change[],
): Promise<Readonly<Record<string, string>>> {
  const made = await Promise.allSettled(changes.map((change) => cloud.traffic.write(instanceId, change)));
  const refused = made.find((one) => one.status === 'rejected');
  if (refused !== undefined) throw refused.reason;
  const jobs: Record<string, string> = {};
  made.forEach((one, index) => {
    const group = changes[index]?.group;
    const job = one.status === 'fulfilled' ? one.value.job : undefined;
    if (group !== undefined && job !== undefined) jobs[group] = job;
  });
  return jobs;
}

/** What became of the writes that were only taken on, in those groups that do not show them yet. */
export async function askJobs(
  { traffic }: Reach['cloud'],
  jobs: Readonly<Record<string, string>>,
  groups: readonly string[],
): Promise<Readonly<Record<string, Awaited<ReturnType<Traffic['job']>>>>> {
  const waiting = Object.entries(jobs).filter(([group]) => groups.includes(group));
  const asked = waiting.map(async ([group, job]) => [group, await traffic.job(group, job)] as const);
  return Object.fromEntries(await Promise.all(asked));
}

import type { Call } from '../core/call';
import { strike } from '../core/faults';
import { newId, uuid } from '../core/ids';
import type { GroupJob, ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import type { Dialect } from './dialect';

/** `Configuring` while a job works on the group. */
export function groupStatus(world: World, group: ServerGroup, at: number): 'Available' | 'Configuring' {
  const jobs = [...world.groupJobs.values()];
  const isBusy = jobs.some(
    ({ groupId, startedAt, endsAt }) => groupId === group.id && at >= startedAt && at < endsAt,
  );
  return isBusy ? 'Configuring' : 'Available';
}

/**
 * Begins the job of a write. The fault `job-fails` lets it fail in the end with its `code` and `message`;
 * `job-drags` lets it take `seconds` instead of the setting.
 */
export function beginJob(world: World, call: Call, group: ServerGroup, dialect: Dialect): GroupJob {
  const struck = { ...call, subject: [group.id, ...Object.values(call.params)].join(' ') };
  const failing = strike(world, ['job-fails'], struck);
  const dragging = strike(world, ['job-drags'], struck);
  const seconds = Number(dragging?.options.seconds ?? world.settings[dialect.jobSeconds] ?? 0);
  const { code = 'OperationFailed', message = 'The job failed on demand.' } = failing?.options ?? {};
  const job: GroupJob = {
    id: uuid(newId(world, 'job-')).toLowerCase(),
    product: dialect.product,
    action: call.action,
    groupId: group.id,
    startedAt: world.now,
    endsAt: world.now + seconds * 1000,
    ...(failing && { failure: { code, message } }),
  };
  world.groupJobs.set(job.id, job);
  return job;
}

/** Its state at an instant, in the words of ALB. */
export function jobStatus({ endsAt, failure }: GroupJob, at: number): 'Processing' | 'Succeeded' | 'Failed' {
  if (at < endsAt) return 'Processing';
  return failure === undefined ? 'Succeeded' : 'Failed';
}

import type { Operation } from '../core/call';
import type { GroupJob } from '../core/server-groups';
import { jobStatus } from '../server-groups/jobs';
import { idsOf, isAmong } from '../server-groups/listing';
import { pageOf } from '../server-groups/paging';
import { dialect } from './dialect';

/**
 * Jobs of all kinds, the newest first; a new one may not be there for a moment.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listasynjobs
 */
export const ListAsynJobs: Operation = (world, call) => {
  const { ResourceType, ApiName, BeginTime = '0', EndTime = 'Infinity' } = call.params;
  const ids = idsOf(call, dialect, 'JobIds', 100);
  const resources = idsOf(call, dialect, 'ResourceIds', 100);
  const hiddenMs = (world.settings.albJobHiddenSeconds ?? 0) * 1000;
  const jobs = [...world.groupJobs.values()]
    .filter(({ product, startedAt }) => product === 'alb' && call.now >= startedAt + hiddenMs)
    .filter(({ id, groupId }) => isAmong(ids, id) && isAmong(resources, groupId))
    .filter(
      ({ action, startedAt }) =>
        (ResourceType ?? 'servergroup') === 'servergroup' &&
        (ApiName ?? action) === action &&
        startedAt >= Number(BeginTime) &&
        startedAt <= Number(EndTime),
    )
    .toReversed();
  const { items, fields } = pageOf(call, dialect, jobs);
  return { ...fields, Jobs: items.map((job) => describe(job, call.now)) };
};

function describe(job: GroupJob, now: number): object {
  const status = jobStatus(job, now);
  return {
    Id: job.id,
    ApiName: job.action,
    Status: status,
    OperateType: 'Update',
    ResourceId: job.groupId,
    ResourceType: 'servergroup',
    ErrorCode: status === 'Failed' ? job.failure?.code : '',
    ErrorMessage: status === 'Failed' ? job.failure?.message : '',
    CreateTime: job.startedAt,
    ModifyTime: Math.min(job.endsAt, now),
  };
}

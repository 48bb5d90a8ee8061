import type { Operation } from '../core/call';
import { jobStatus } from '../server-groups/jobs';
import { idsOf, isAmong } from '../server-groups/listing';
import { dialect } from './dialect';

/**
 * Tells no more than how the jobs stand, the newest first, and writes `Processing` with a capital. The count is text.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-listasynjobs
 */
export const ListAsynJobs: Operation = (world, call) => {
  const ids = idsOf(call, dialect, 'JobIds', 100);
  const jobs = [...world.groupJobs.values()]
    .filter(({ id, product }) => product === 'nlb' && isAmong(ids, id))
    .toReversed();
  const rows = jobs.map((job) => ({ Id: job.id, Status: jobStatus(job, call.now) }));
  return { TotalCount: String(rows.length), Jobs: rows };
};

import type { Operation } from '../core/call';
import { jobStatus } from '../server-groups/jobs';
import { required } from '../server-groups/params';
import { dialect } from './dialect';

/**
 * Documented are `Succeeded` and, in lower case, `processing`; how a failure is spelled is a switch.
 * https://www.alibabacloud.com/help/en/slb/network-load-balancer/developer-reference/api-nlb-2022-04-30-getjobstatus
 */
export const GetJobStatus: Operation = (world, call) => {
  const job = world.groupJobs.get(required(call, dialect, 'JobId'));
  if (job?.product !== 'nlb') throw dialect.illegal('JobId');
  const status = jobStatus(job, call.now);
  if (status === 'Processing') return { Status: 'processing' };
  return { Status: status === 'Failed' && world.switches.nlbFailedInLowerCase ? 'failed' : status };
};

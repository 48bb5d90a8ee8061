import * as z from 'zod';
import type { Instances } from '../engine/ports';
import type { Caller } from './call';
import { byNumber } from './pages';
import { instantOf, listOf, Numeric } from './shapes';

const RedeployAnswer = z.object({ RequestId: z.string(), TaskId: z.string() });

const TasksAnswer = z.object({
  TotalCount: Numeric.optional().default(0),
  TaskSet: listOf(
    'Task',
    z.object({
      TaskId: z.string(),
      TaskStatus: z.string(),
      ResourceId: z.string().nullish(),
      CreationTime: z.string().nullish(),
    }),
  ),
});

/**
 * RedeployInstance has no client token and no dry run: the caller looks for its task before it repeats.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-redeployinstance
 */
export function redeployCalls(call: Caller, region: string): Pick<Instances, 'redeploy' | 'redeployments'> {
  return {
    async redeploy(id, { force }) {
      const params = { InstanceId: id, ForceStop: force };
      const { TaskId } = await call.write('ecs', 'RedeployInstance', params, RedeployAnswer);
      return { taskId: TaskId };
    },

    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describetasks */
    async redeployments(id) {
      const rows = await byNumber(100, async (pageNumber) => {
        const params = {
          RegionId: region,
          TaskAction: 'RedeployInstance',
          ResourceIds: [id],
          PageNumber: pageNumber,
          PageSize: 100,
        };
        const answer = await call.read('ecs', 'DescribeTasks', params, TasksAnswer);
        return { rows: answer.TaskSet, total: answer.TotalCount };
      });
      return rows
        .filter(({ ResourceId }) => ResourceId === id)
        .sort((a, b) => (instantOf(b.CreationTime) ?? 0) - (instantOf(a.CreationTime) ?? 0))
        .map(({ TaskId, TaskStatus }) => ({ taskId: TaskId, status: TaskStatus }));
    },
  };
}

import type { Operation } from '../core/call';
import { toSeconds } from '../core/time';
import type { Task } from '../core/world';
import { byNumber } from './paging';
import { instant, list, needRegion } from './params';

/** Only these can be asked for; any other status is as if none had been given. */
const statuses = ['Finished', 'Processing', 'Failed'];

/** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describetasks */
export const DescribeTasks: Operation = (world, call) => {
  needRegion(call, world.region);
  const { TaskIds: ids = '', TaskAction: action, TaskStatus: status = '' } = call.params;
  const resources = list(call, 'ResourceIds');
  const from = instant(call, 'StartTime', 400) ?? -Infinity;
  const to = instant(call, 'EndTime', 400) ?? Infinity;
  const found = [...world.tasks.values()].filter(
    (task) =>
      (ids === '' || ids.split(',').includes(task.id)) &&
      (action ?? task.action) === task.action &&
      (!statuses.includes(status) || status === statusAt(task, call.now)) &&
      (resources.length === 0 || resources.includes(task.resourceId)) &&
      task.createdAt >= from &&
      task.createdAt <= Math.min(to, call.now),
  );
  const { items, fields } = byNumber(call, found, 100, 400);
  return {
    ...fields,
    RegionId: world.region,
    TaskSet: { Task: items.map((task) => describe(task, call.now)) },
  };
};

function statusAt(task: Task, at: number): string {
  return at < task.finishedAt ? 'Processing' : task.result;
}

function describe(task: Task, now: number): object {
  return {
    TaskId: task.id,
    TaskAction: task.action,
    TaskStatus: statusAt(task, now),
    ResourceId: task.resourceId,
    SupportCancel: 'false',
    CreationTime: toSeconds(task.createdAt),
    FinishedTime: now < task.finishedAt ? '' : toSeconds(task.finishedAt),
  };
}

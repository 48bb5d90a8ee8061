import { ApiError } from '../core/call';
import type { Operation } from '../core/call';
import { toSeconds } from '../core/time';
import type { Instance, World } from '../core/world';
import { lastHeartbeat } from './agent';
import { byToken } from './paging';
import { list, needRegion } from './params';

const believedMs = 2 * 60_000;

/**
 * `CloudAssistantStatus` is text and only says that a heartbeat came within two minutes, so it can still be "true"
 * for an instance that is down. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describecloudassistantstatus
 */
export const DescribeCloudAssistantStatus: Operation = (world, call) => {
  needRegion(call, world.region);
  const ids = list(call, 'InstanceId');
  if (ids.length > 50)
    throw new ApiError(403, 'InstanceIds.ExceedLimit', 'The number of instances exceeds the limit.');
  if (ids.some((id) => !world.instances.has(id))) {
    throw new ApiError(404, 'InvalidInstance.NotFound', 'The specified instances do not exist.');
  }
  const wanted = [...world.instances.values()].filter(
    (instance) => ids.length === 0 || ids.includes(instance.id),
  );
  const page = byToken(call, wanted, 50);
  const items = ids.length > 0 ? wanted : page.items;
  return {
    ...page.fields,
    TotalCount: wanted.length,
    InstanceCloudAssistantStatusSet: {
      InstanceCloudAssistantStatus: items.map((instance) => describe(world, instance, call.now)),
    },
  };
};

function describe(world: World, instance: Instance, now: number): object {
  const heartbeat = lastHeartbeat(world, instance, now);
  const invocations = [...world.invocations.values()].filter(
    (each) => each.instanceId === instance.id && each.createdAt <= now,
  );
  const last = invocations.at(-1);
  return {
    InstanceId: instance.id,
    OSType: 'Linux',
    CloudAssistantStatus: String(heartbeat !== undefined && now - heartbeat < believedMs),
    CloudAssistantVersion: '2.2.3.857',
    LastHeartbeatTime: heartbeat === undefined ? '' : toSeconds(heartbeat),
    LastInvokedTime: last === undefined ? '' : toSeconds(last.startedAt),
    InvocationCount: invocations.length,
    ActiveTaskCount: invocations.filter((each) => each.finishedAt > now).length,
    SupportSessionManager: true,
  };
}

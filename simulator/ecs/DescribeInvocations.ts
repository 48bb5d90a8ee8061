import type { Call, Operation } from '../core/call';
import { toSeconds } from '../core/time';
import type { Invocation, World } from '../core/world';
import { legacyStatus, resultFields, statusOf } from './assistant/report';
import { byEither } from './paging';
import { needRegion } from './params';

/**
 * Commands as they were given, newest first, each with its instances. Output only with IncludeOutput; the end time is
 * FinishTime here. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinvocations
 */
export const DescribeInvocations: Operation = (world, call) => {
  needRegion(call, world.region);
  const { items, fields } = byEither(call, matching(world, call).reverse(), 50);
  return { ...fields, Invocations: { Invocation: items.map((each) => describe(call, each)) } };
};

function matching(world: World, call: Call): Invocation[][] {
  const { InvokeId, InstanceId, CommandId, CommandName } = call.params;
  const groups = new Map<string, Invocation[]>();
  for (const each of world.invocations.values()) {
    groups.set(each.invokeId, [...(groups.get(each.invokeId) ?? []), each]);
  }
  return [...groups.values()].filter(
    ([first, ...others]) =>
      first!.createdAt <= call.now &&
      (InvokeId ?? first!.invokeId) === first!.invokeId &&
      (CommandId ?? first!.commandId) === first!.commandId &&
      (CommandName ?? first!.name) === first!.name &&
      (InstanceId === undefined || [first!, ...others].some((each) => each.instanceId === InstanceId)),
  );
}

function describe(call: Call, invocations: readonly Invocation[]): object {
  const first = invocations[0]!;
  const includesOutput = call.params.IncludeOutput === 'true';
  return {
    InvokeId: first.invokeId,
    CommandId: first.commandId,
    CommandName: first.name,
    CommandType: 'RunShellScript',
    CommandContent: Buffer.from(first.content).toString('base64'),
    Parameters: '{}',
    RepeatMode: 'Once',
    Frequency: '',
    Timeout: first.timeoutSeconds,
    Timed: false,
    InvocationStatus: overall(invocations.map((each) => statusOf(each, call.now))),
    InvokeStatus: legacyStatus(first, call.now),
    CreationTime: toSeconds(first.createdAt),
    WorkingDir: '',
    Username: 'root',
    Tags: { Tag: [] },
    InvokeInstances: {
      InvokeInstance: invocations.map((each) => ({
        ...resultFields(call, each, 'FinishTime'),
        ...(includesOutput ? {} : { Output: '' }),
        InstanceInvokeStatus: legacyStatus(each, call.now),
        Timed: false,
        CreationTime: toSeconds(each.createdAt),
        UpdateTime: toSeconds(Math.min(call.now, each.finishedAt)),
      })),
    },
  };
}

/** One status for all instances of a command. */
function overall(statuses: readonly string[]): string {
  for (const open of ['Running', 'Pending']) if (statuses.includes(open)) return open;
  const good = statuses.filter((status) => status === 'Success').length;
  if (good === statuses.length) return 'Success';
  return good > 0 ? 'PartialFailed' : 'Failed';
}

import type { Operation } from '../core/call';
import { legacyStatus, resultFields, statusOf } from './assistant/report';
import { byEither } from './paging';
import { needRegion } from './params';

/** Paging fields are inside `Invocation`. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinvocationresults */
export const DescribeInvocationResults: Operation = (world, call) => {
  needRegion(call, world.region);
  const {
    InvokeId: invokeId,
    InstanceId: instanceId,
    CommandId: commandId,
    InvokeRecordStatus: record,
  } = call.params;
  const matching = [...world.invocations.values()].filter(
    (invocation) =>
      invocation.createdAt <= call.now &&
      (invokeId ?? invocation.invokeId) === invocation.invokeId &&
      (instanceId ?? invocation.instanceId) === invocation.instanceId &&
      (commandId ?? invocation.commandId) === invocation.commandId &&
      [legacyStatus(invocation, call.now), statusOf(invocation, call.now), undefined].includes(record),
  );
  const { items, fields } = byEither(call, matching, 50);
  const results = items.map((invocation) => ({
    CommandId: invocation.commandId,
    InvokeId: invocation.invokeId,
    ...resultFields(call, invocation, 'FinishedTime'),
    InvokeRecordStatus: legacyStatus(invocation, call.now),
    Username: 'root',
    TerminationMode: 'ProcessTree',
    Launcher: '',
    ContainerId: '',
    ContainerName: '',
    Tags: { Tag: [] },
  }));
  return { Invocation: { ...fields, InvocationResults: { InvocationResult: results } } };
};

import type { Call, Operation } from '../core/call';
import type { Stack, StackResource } from '../core/stacks';
import type { World } from '../core/world';
import { phaseAt } from './engine/course';
import { isDeleted, stackOf, statusOf } from './find';
import { listed, pageOf } from './given';
import { parseTemplate } from './template/parse';
import { pseudoParameters } from './template/pseudo';

/** `2019-08-01T04:07:39`: UTC without saying so. */
function toTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstack */
export const GetStack: Operation = (world, call) => {
  const stack = stackOf(world, call);
  const template = parseTemplate(stack.template);
  const isSettled = statusOf(stack, call.now).endsWith('_COMPLETE');
  const TemplateDescription = typeof template.Description === 'string' ? template.Description : '';
  return {
    ...summaryOf(world, stack, call.now),
    Description: TemplateDescription,
    TemplateDescription,
    Parameters: shownParameters(world, stack),
    Outputs: (isSettled ? stack.outputs : []).map(({ key, value, description }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
    })),
    NotificationURLs: [],
    ...(call.params.ShowResourceProgress?.startsWith('Enabled') && {
      ResourceProgress: progressOf(stack, call),
    }),
  };
};

/** Values of parameters that must not be shown are stars. */
function shownParameters(world: World, stack: Stack): object[] {
  const { Parameters } = parseTemplate(stack.template);
  const own = Object.entries(Parameters).map(([name, { Default, NoEcho }]) => {
    const value = stack.parameters[name] ?? Default ?? '';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [name, String(NoEcho) === 'true' ? '******' : text] as const;
  });
  const pairs = [...Object.entries(pseudoParameters(world, stack)), ...own];
  return pairs.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

function summaryOf(world: World, stack: Stack, now: number): object {
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackType: 'ROS',
    RegionId: world.region,
    Status: statusOf(stack, now),
    StatusReason: phaseAt(stack.history, now)?.reason ?? '',
    CreateTime: toTime(stack.createdAt),
    ...(stack.updatedAt !== undefined && { UpdateTime: toTime(stack.updatedAt) }),
    DisableRollback: stack.disableRollback,
    DeletionProtection: 'Disabled',
    TimeoutInMinutes: stack.timeoutMinutes,
    Tags: stack.tags.map(({ key, value }) => ({ Key: key, Value: value })),
  };
}

function progressOf(stack: Stack, { now }: Call): object {
  const all = listedResources(stack, now).map(({ status }) => status);
  const count = (pattern: RegExp) => all.filter((status) => pattern.test(status)).length;
  return {
    TotalResourceCount: all.length,
    SuccessResourceCount: count(/^(?!INIT).*_COMPLETE$/),
    FailedResourceCount: count(/_FAILED$/),
    InProgressResourceCount: count(/_IN_PROGRESS$/),
    PendingResourceCount: count(/^INIT_COMPLETE$/),
  };
}

/** Deleted stacks are shown to those who ask for them. https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststacks */
export const ListStacks: Operation = (world, call) => {
  const [names, statuses, ids] = [
    listed(call, 'StackName'),
    listed(call, 'Status'),
    listed(call, 'StackIds'),
  ];
  const stacks = [...world.stacks.values()]
    .filter(({ name }) => names.length === 0 || names.some((each) => fits(name, each)))
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter(({ id }) => call.params.StackId === undefined || id === call.params.StackId)
    .filter((stack) =>
      statuses.length === 0 ? !isDeleted(stack, call.now) : statuses.includes(statusOf(stack, call.now)),
    );
  const { shown, fields } = pageOf(call, stacks.reverse());
  return { Stacks: shown.map((stack) => summaryOf(world, stack, call.now)), ...fields };
};

/** Names may have `*` in them. */
function fits(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replace(/\*/g, '.*')}$`).test(name);
}

/** Newest first. https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackevents */
export const ListStackEvents: Operation = (world, call) => {
  const stack = stackOf(world, call);
  const wanted = (name: string, value: string) => {
    const list = listed(call, name);
    return list.length === 0 || list.includes(value);
  };
  const events = stack.events
    .map((event, n) => ({ ...event, n }))
    .filter(({ at }) => at <= call.now)
    .filter(
      ({ logicalId, type, status }) =>
        wanted('LogicalResourceId', logicalId) && wanted('ResourceType', type) && wanted('Status', status),
    )
    .sort((a, b) => b.at - a.at || b.n - a.n);
  const { shown, fields } = pageOf(
    call,
    world.switches.rosEventsOldestFirst === true ? events.reverse() : events,
  );
  const rows = shown.map((event) => ({
    EventId: event.id,
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Status: event.status,
    StatusReason: event.reason,
    CreateTime: toTime(event.at),
  }));
  return { Events: rows, ...fields };
};

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackresources */
export const ListStackResources: Operation = (world, call) => {
  const stack = stackOf(world, call);
  return {
    Resources: listedResources(stack, call.now).map(({ resource, status, reason, at }) => ({
      StackId: stack.id,
      StackName: stack.name,
      LogicalResourceId: resource.logicalId,
      PhysicalResourceId:
        status === 'INIT_COMPLETE' || status === 'CREATE_IN_PROGRESS' ? '' : resource.physicalId,
      ResourceType: resource.type,
      Status: status,
      StatusReason: reason,
      ResourceDriftStatus: 'NOT_CHECKED',
      CreateTime: toTime(resource.createdAt),
      UpdateTime: toTime(at),
    })),
  };
};

/** The stack's resources as they are now; those whose turn has not come are pending. */
function listedResources(stack: Stack, now: number) {
  return [...stack.resources.values()].map((resource: StackResource) => {
    const phase = phaseAt(resource.history, now);
    return { resource, status: 'INIT_COMPLETE', reason: '', at: resource.createdAt, ...phase };
  });
}

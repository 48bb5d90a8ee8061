import type { Permission } from '../../engine/permissions/permission';
import { namesOf } from './names';
import { resourceActions } from './resource-actions';

/** Where somebody installs; `*` where it may be anywhere. */
export interface Site {
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
}

/**
 * What whoever calls `deploy`, `upgrade`, `status`, `invoke`, `push` and `destroy` has to be allowed to do, for either
 * generation. ROS makes each resource in the caller's name, so that the actions of the resources are among them.
 */
export function deployerPermissions(site: Site): readonly Permission[] {
  const on = resourcesAt(site);
  return [
    ...looks(on),
    ...stack(on),
    ...serviceRoles(on),
    ...Object.entries(resourceActions).flatMap(([type, actions]) =>
      actions.map((action) => ({ action, on: onResource(type, action, on) })),
    ),
    ...afterwards(on),
  ];
}

type Resources = ReturnType<typeof resourcesAt>;

function resourcesAt({ prefix, account, region }: Site) {
  const { codeBucket, stateBucket } = namesOf(prefix, account, region);
  const here = (product: string, resource: string) => `acs:${product}:${region}:${account}:${resource}`;
  return {
    everything: ['*'],
    codeBucket: [`acs:oss:*:*:${codeBucket}`],
    code: [`acs:oss:*:*:${codeBucket}/*`],
    stateBucket: [`acs:oss:*:*:${stateBucket}`],
    state: [`acs:oss:*:*:${stateBucket}/*`],
    stacks: [here('ros', 'stack/*')],
    queues: [here('mns', `/queues/${prefix}-*`)],
    functions: [here('fc', `functions/${prefix}-*`), here('fc', `services/${prefix}*`)],
    logs: [here('log', `project/${prefix}-logs-${account}*`)],
    rules: [here('eventbridge', `eventbus/default/rule/${prefix}-*`)],
    roleOfFunctions: [`acs:ram:*:${account}:role/${prefix}-functions`],
    role: [
      `acs:ram:*:${account}:role/${prefix}-functions`,
      `acs:ram:*:${account}:policy/${prefix}-functions`,
      // With a VpcId functions make network cards.
      'acs:ram:*:system:policy/AliyunECSNetworkInterfaceManagementAccess',
    ],
    serviceRoles: [`acs:ram:*:${account}:role/aliyunserviceroleforeventbridge*`],
  };
}

/** What `deploy` looks at before it does anything, and `status` at any time. */
function looks(on: Resources): readonly Permission[] {
  const anywhere = [
    'ros:ListStacks',
    'ros:GetServiceProvisions',
    'ros:ListSummaries',
    'ros:ValidateTemplate',
    'ram:GetAccountSummary',
    'fc:ListFunctions',
    'fc:GetAccountSettings',
  ];
  return [
    ...anywhere.map((action) => ({ action, on: on.everything })),
    { action: 'fc:GetFunction', on: on.functions },
    { action: 'mns:GetQueueAttributes', on: on.queues },
    { action: 'oss:ListObjects', on: [...on.codeBucket, ...on.stateBucket] },
    { action: 'oss:GetObject', on: [...on.code, ...on.state] },
    // The name of the role is told apart without case, as RAM stores it.
    { action: 'ram:GetRole', on: on.everything },
  ];
}

function stack(on: Resources): readonly Permission[] {
  const actions = [
    'PreviewStack',
    'CreateStack',
    'UpdateStack',
    'DeleteStack',
    'GetStack',
    'ListStackEvents',
    'ListStackResources',
  ];
  return actions.map((action) => ({ action: `ros:${action}`, on: on.stacks }));
}

/**
 * EventBridge's page names no action for the call, RAM's page on service-linked roles this one.
 * https://www.alibabacloud.com/help/en/ram/user-guide/service-linked-roles
 */
function serviceRoles(on: Resources): readonly Permission[] {
  return [
    { action: 'ram:CreateServiceLinkedRole', on: on.everything },
    { action: 'eventbridge:CreateServiceLinkedRoleForProduct', on: on.everything },
  ];
}

/** Handing the role on is judged on the role alone. */
function onResource(type: string, action: string, on: Resources): readonly string[] {
  if (action === 'ram:PassRole') return on.roleOfFunctions;
  switch (type) {
    case 'ALIYUN::RAM::Role':
      return on.role;
    case 'ALIYUN::OSS::Bucket':
      return on.stateBucket;
    case 'ALIYUN::MNS::Queue':
      return on.queues;
    case 'ALIYUN::SLS::Project':
    case 'ALIYUN::SLS::Logstore':
    case 'ALIYUN::SLS::Index':
      return on.logs;
    case 'ALIYUN::EventBridge::Rule':
      return on.rules;
    default:
      return type.startsWith('ALIYUN::FC') ? on.functions : on.everything;
  }
}

/** The code goes into a bucket of its own; playbooks are pushed, functions tried, and what was made is removed again. */
function afterwards(on: Resources): readonly Permission[] {
  return [
    { action: 'oss:PutBucket', on: on.codeBucket },
    { action: 'oss:DeleteBucket', on: on.codeBucket },
    { action: 'oss:PutObject', on: [...on.code, ...on.state] },
    { action: 'oss:DeleteObject', on: [...on.code, ...on.state] },
    { action: 'fc:InvokeFunction', on: on.functions },
    { action: 'cms:SendDryRunSystemEvent', on: on.everything },
  ];
}

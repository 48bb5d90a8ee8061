import { ApiError } from '../core/call';
import type { Role } from '../core/ram';
import type { World } from '../core/world';
import { attachPolicy, createRole } from './roles';

/**
 * Role names by the service that may have one made for itself.
 * https://www.alibabacloud.com/help/en/ram/user-guide/services-that-work-with-service-linked-roles
 */
const roleNames: Readonly<Record<string, string>> = {
  'fc.aliyuncs.com': 'AliyunServiceRoleForFC',
  'sendevent-fc.eventbridge.aliyuncs.com': 'AliyunServiceRoleForEventBridgeSendToFC',
  'sendevent-mns.eventbridge.aliyuncs.com': 'AliyunServiceRoleForEventBridgeSendToMNS',
  'source-mns.eventbridge.aliyuncs.com': 'AliyunServiceRoleForEventBridgeSourceMNS',
};

/** The service that has a role of that name made for itself. */
export function serviceOfRole(name: string): string | undefined {
  return Object.keys(roleNames).find((service) => roleNames[service] === name);
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-resourcemanager-2020-03-31-createservicelinkedrole */
export function createServiceLinkedRole(world: World, service: string): Role {
  const name = Object.hasOwn(roleNames, service) ? roleNames[service] : undefined;
  if (name === undefined) {
    throw new ApiError(
      400,
      'InvalidParameter.ServiceName',
      `The service ${service} has no service-linked role.`,
    );
  }
  const trust = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [service] } }],
  } as const;
  const role = createRole(world, { name, trust, serviceLinkedTo: service });
  const policyName = name.replace('ServiceRoleFor', 'ServiceRolePolicyFor');
  world.systemPolicies.set(policyName, {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  });
  attachPolicy(world, name, 'System', policyName);
  return role;
}

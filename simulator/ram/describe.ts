import type { Policy, Role } from '../core/ram';
import { toSeconds } from '../core/time';
import type { World } from '../core/world';
import { arnOfRole } from './roles';
import { attachmentsOf } from './policies';

/** The role as GetRole and CreateRole show it. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole */
export function describeRole(world: World, role: Role): object {
  return {
    RoleId: role.id,
    RoleName: role.name,
    Arn: arnOfRole(world, role.name),
    Description: role.description,
    CreateDate: toSeconds(role.createdAt),
    UpdateDate: toSeconds(role.updatedAt ?? role.createdAt),
    MaxSessionDuration: role.maxSessionSeconds,
    AssumeRolePolicyDocument: JSON.stringify(role.trust),
  };
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getpolicy */
export function describePolicy(world: World, policy: Policy): object {
  return {
    PolicyName: policy.name,
    PolicyType: policy.type,
    Description: policy.description,
    DefaultVersion: `v${policy.version}`,
    CreateDate: toSeconds(policy.createdAt),
    UpdateDate: toSeconds(policy.updatedAt),
    AttachmentCount: attachmentsOf(world, policy.type, policy.name),
  };
}

/** The version that holds. */
export function describeVersion({ version, updatedAt, document }: Policy): object {
  return {
    VersionId: `v${version}`,
    IsDefaultVersion: true,
    CreateDate: toSeconds(updatedAt),
    PolicyDocument: JSON.stringify(document),
  };
}

import * as z from 'zod';
import { ApiError } from '../../core/call';
import type { PolicyType } from '../../core/ram';
import type { World } from '../../core/world';
import { changePolicy, createPolicy, deletePolicy, readDocument } from '../../ram/policies';
import {
  arnOfRole,
  attachPolicy,
  createRole,
  deleteRole,
  detachPolicy,
  roleOf,
  updateRole,
} from '../../ram/roles';
import { anyMap, flag, resourceType, tagList, whole, type Made } from './type';

const roleProperties = z.object({
  RoleName: z.string(),
  AssumeRolePolicyDocument: anyMap,
  Description: z.string().optional(),
  MaxSessionDuration: whole.optional(),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: anyMap })).optional(),
  PolicyAttachments: z
    .strictObject({ System: z.array(z.string()).optional(), Custom: z.array(z.string()).optional() })
    .optional(),
  DeletionForce: flag.optional(),
  IgnoreExisting: flag.optional(),
  Tags: tagList.optional(),
});
type RoleProperties = z.output<typeof roleProperties>;

const documentCode = 'InvalidParameter.PolicyDocument';

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ram-role */
export const role = resourceType(roleProperties, {
  immutable: ['RoleName'],
  attributes: ['Arn', 'RoleId', 'RoleName'],
  calls: { product: 'ram', create: 'CreateRole', update: 'UpdateRole', remove: 'DeleteRole' },
  create: (world, properties) => {
    const { RoleName: name, Description, MaxSessionDuration } = properties;
    createRole(world, {
      name,
      trust: readDocument(properties.AssumeRolePolicyDocument, documentCode),
      ...(Description !== undefined && { description: Description }),
      ...(MaxSessionDuration !== undefined && { maxSessionSeconds: MaxSessionDuration }),
    });
    addPolicies(world, properties);
    return madeRole(world, name);
  },
  update: (world, name, properties, before) => {
    removePolicies(world, before);
    updateRole(world, name, {
      trust: readDocument(properties.AssumeRolePolicyDocument, documentCode),
      description: properties.Description ?? '',
      maxSessionSeconds: properties.MaxSessionDuration ?? 3600,
    });
    addPolicies(world, properties);
    return madeRole(world, name);
  },
  remove: (world, name, properties) => {
    removePolicies(world, properties);
    if (properties.DeletionForce === true) {
      for (const { policyType, policyName } of roleOf(world, name).attached) {
        detachPolicy(world, name, policyType, policyName);
      }
    }
    deleteRole(world, name);
  },
});

function madeRole(world: World, name: string): Made {
  const { id } = roleOf(world, name);
  return { physicalId: name, attributes: { Arn: arnOfRole(world, name), RoleId: id, RoleName: name } };
}

function attachmentsOf({ Policies = [], PolicyAttachments = {} }: RoleProperties) {
  const { System = [], Custom = [] } = PolicyAttachments;
  const pairs = (policyType: PolicyType, names: readonly string[]) =>
    names.map((policyName) => ({ policyType, policyName }));
  return [
    ...pairs(
      'Custom',
      Policies.map(({ PolicyName }) => PolicyName),
    ),
    ...pairs('System', System),
    ...pairs('Custom', Custom),
  ];
}

/** A role's own policies are custom policies of the account that are attached to it. */
function addPolicies(world: World, properties: RoleProperties): void {
  for (const { PolicyName, PolicyDocument } of properties.Policies ?? []) {
    createPolicy(world, PolicyName, readDocument(PolicyDocument, documentCode));
  }
  for (const { policyType, policyName } of attachmentsOf(properties)) {
    attachPolicy(world, properties.RoleName, policyType, policyName);
  }
}

function removePolicies(world: World, properties: RoleProperties): void {
  const { attached } = roleOf(world, properties.RoleName);
  for (const { policyType, policyName } of attachmentsOf(properties)) {
    const isThere = attached.some((each) => each.policyType === policyType && each.policyName === policyName);
    if (isThere) detachPolicy(world, properties.RoleName, policyType, policyName);
  }
  for (const { PolicyName } of properties.Policies ?? []) {
    if (world.policies.has(PolicyName)) deletePolicy(world, PolicyName);
  }
}

const policyProperties = z.object({
  PolicyName: z.string(),
  PolicyDocument: anyMap.optional(),
  Description: z.string().optional(),
  Roles: z.array(z.string()).default([]),
  IgnoreExisting: flag.optional(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ram-managedpolicy */
export const managedPolicy = resourceType(policyProperties, {
  immutable: ['PolicyName'],
  attributes: ['PolicyName'],
  calls: { product: 'ram', create: 'CreatePolicy', update: 'CreatePolicyVersion', remove: 'DeletePolicy' },
  create: (world, { PolicyName, PolicyDocument, Description, Roles }) => {
    createPolicy(world, PolicyName, readDocument(PolicyDocument, documentCode), Description);
    for (const each of Roles) attachPolicy(world, each, 'Custom', PolicyName);
    return { physicalId: PolicyName, attributes: { PolicyName } };
  },
  update: (world, PolicyName, { PolicyDocument, Roles }, before) => {
    changePolicy(world, PolicyName, readDocument(PolicyDocument, documentCode));
    for (const each of before.Roles) detachPolicy(world, each, 'Custom', PolicyName);
    for (const each of Roles) attachPolicy(world, each, 'Custom', PolicyName);
    return { physicalId: PolicyName, attributes: { PolicyName } };
  },
  remove: (world, PolicyName, { Roles }) => {
    for (const each of Roles) detachPolicy(world, each, 'Custom', PolicyName);
    deletePolicy(world, PolicyName);
  },
});

const attachmentProperties = z.object({
  PolicyName: z.string(),
  PolicyType: z.enum(['System', 'Custom']),
  RoleName: z.string(),
});

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ram-attachpolicytorole */
export const attachPolicyToRole = resourceType(attachmentProperties, {
  immutable: ['PolicyName', 'PolicyType', 'RoleName'],
  attributes: [],
  calls: {
    product: 'ram',
    create: 'AttachPolicyToRole',
    update: 'AttachPolicyToRole',
    remove: 'DetachPolicyFromRole',
  },
  create: (world, { RoleName, PolicyType, PolicyName }) => {
    attachPolicy(world, RoleName, PolicyType, PolicyName);
    return { physicalId: `${RoleName}:${PolicyName}`, attributes: {} };
  },
  update: () => {
    throw new ApiError(400, 'NotSupported', 'An attachment has nothing that could change.');
  },
  remove: (world, _id, { RoleName, PolicyType, PolicyName }) =>
    detachPolicy(world, RoleName, PolicyType, PolicyName),
});

import { ApiError, type Call, type Operation, type Product } from '../core/call';
import { required } from '../openapi/required';
import type { PolicyType } from '../core/ram';
import { toSeconds } from '../core/time';
import { describePolicy, describeRole, describeVersion } from './describe';
import { attachmentsOf, changePolicy, createPolicy, deletePolicy, policyOf, readDocument } from './policies';
import { attachPolicy, createRole, deleteRole, detachPolicy, policiesOf, roleOf, updateRole } from './roles';
import { createServiceLinkedRole } from './service-linked';

const documentCode = 'InvalidParameter.PolicyDocument';

const GetRole: Operation = (world, call) => ({
  Role: describeRole(world, roleOf(world, required(call, 'RoleName'))),
});

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-listroles */
const ListRoles: Operation = (world) => ({
  Roles: { Role: [...world.roles.values()].map((role) => describeRole(world, role)) },
  IsTruncated: false,
});

const CreateRole: Operation = (world, call) => {
  const { Description, MaxSessionDuration } = call.params;
  const role = createRole(world, {
    name: required(call, 'RoleName'),
    trust: readDocument(
      required(call, 'AssumeRolePolicyDocument'),
      'InvalidParameter.AssumeRolePolicyDocument',
    ),
    ...(Description !== undefined && { description: Description }),
    ...(MaxSessionDuration !== undefined && { maxSessionSeconds: Number(MaxSessionDuration) }),
  });
  return { Role: describeRole(world, role) };
};

const UpdateRole: Operation = (world, call) => {
  const { NewAssumeRolePolicyDocument: trust, NewMaxSessionDuration: seconds } = call.params;
  const role = updateRole(world, required(call, 'RoleName'), {
    ...(trust !== undefined && { trust: readDocument(trust, documentCode) }),
    ...(seconds !== undefined && { maxSessionSeconds: Number(seconds) }),
  });
  return { Role: describeRole(world, role) };
};

const DeleteRole: Operation = (world, call) => {
  deleteRole(world, required(call, 'RoleName'));
  return {};
};

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-listpoliciesforrole */
const ListPoliciesForRole: Operation = (world, call) => {
  const role = roleOf(world, required(call, 'RoleName'));
  const rows = policiesOf(world, role).map((policy, n) => ({
    PolicyName: policy.name,
    PolicyType: policy.type,
    Description: policy.description,
    DefaultVersion: `v${policy.version}`,
    AttachDate: toSeconds(role.attached[n]!.at),
  }));
  return { Policies: { Policy: rows } };
};

const AttachPolicyToRole: Operation = (world, call) => {
  attachPolicy(world, required(call, 'RoleName'), policyTypeOf(call), required(call, 'PolicyName'));
  return {};
};

const DetachPolicyFromRole: Operation = (world, call) => {
  detachPolicy(world, required(call, 'RoleName'), policyTypeOf(call), required(call, 'PolicyName'));
  return {};
};

const GetPolicy: Operation = (world, call) => {
  const policy = policyOf(world, policyTypeOf(call), required(call, 'PolicyName'));
  return { Policy: describePolicy(world, policy), DefaultPolicyVersion: describeVersion(policy) };
};

/** Only the version that holds is kept. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getpolicyversion */
const GetPolicyVersion: Operation = (world, call) => {
  const policy = policyOf(world, policyTypeOf(call), required(call, 'PolicyName'));
  const version = required(call, 'VersionId');
  if (version !== `v${policy.version}`) {
    throw new ApiError(404, 'EntityNotExist.Policy.Version', `The policy version not exists: ${version}.`);
  }
  return { PolicyVersion: describeVersion(policy) };
};

const CreatePolicy: Operation = (world, call) => {
  const document = readDocument(required(call, 'PolicyDocument'), documentCode);
  const policy = createPolicy(world, required(call, 'PolicyName'), document, call.params.Description);
  return { Policy: describePolicy(world, policy) };
};

/** The new version holds at once, and replaces the one before. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-createpolicyversion */
const CreatePolicyVersion: Operation = (world, call) => {
  const document = readDocument(required(call, 'PolicyDocument'), documentCode);
  changePolicy(world, required(call, 'PolicyName'), document);
  return { PolicyVersion: describeVersion(policyOf(world, 'Custom', required(call, 'PolicyName'))) };
};

const DeletePolicy: Operation = (world, call) => {
  deletePolicy(world, required(call, 'PolicyName'));
  return {};
};

const ListPolicies: Operation = (world) => ({
  Policies: {
    Policy: [...world.policies.values()].map((policy) => ({
      ...describePolicy(world, policy),
      AttachmentCount: attachmentsOf(world, policy.type, policy.name),
    })),
  },
  IsTruncated: false,
});

function policyTypeOf(call: Call): PolicyType {
  const type = required(call, 'PolicyType');
  if (type === 'System' || type === 'Custom') return type;
  throw new ApiError(400, 'InvalidParameter.PolicyType', 'The specified PolicyType is not System or Custom.');
}

/** Resource Access Management. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-overview */
export const ram: Product = {
  name: 'ram',
  version: '2015-05-01',
  operations: {
    GetRole,
    ListRoles,
    CreateRole,
    UpdateRole,
    DeleteRole,
    ListPoliciesForRole,
    AttachPolicyToRole,
    DetachPolicyFromRole,
    GetPolicy,
    GetPolicyVersion,
    CreatePolicy,
    CreatePolicyVersion,
    DeletePolicy,
    ListPolicies,
  },
  writes: new Set([
    'CreateRole',
    'UpdateRole',
    'DeleteRole',
    'AttachPolicyToRole',
    'DetachPolicyFromRole',
    'CreatePolicy',
    'CreatePolicyVersion',
    'DeletePolicy',
  ]),
};

const CreateServiceLinkedRole: Operation = (world, call) => {
  const service = required(call, 'ServiceName');
  const role = createServiceLinkedRole(world, service);
  return { Role: { ...describeRole(world, role), IsServiceLinkedRole: true, RolePrincipalName: role.name } };
};

/** Resource Management, as far as roles of services are made there. */
export const resourceManager: Product = {
  name: 'resourcemanager',
  version: '2020-03-31',
  operations: { CreateServiceLinkedRole },
  writes: new Set(['CreateServiceLinkedRole']),
};

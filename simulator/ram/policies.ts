import * as z from 'zod';
import { ApiError } from '../core/call';
import type { Policy, PolicyDocument, PolicyType } from '../core/ram';
import type { World } from '../core/world';

/** Policies that every account has. https://www.alibabacloud.com/help/en/ram/product-overview/system-policies */
const systemPolicies: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allow(['*']),
  AliyunSTSAssumeRoleAccess: allow(['sts:AssumeRole']),
  // https://www.alibabacloud.com/help/en/ram/developer-reference/aliyunecsnetworkinterfacemanagementaccess
  AliyunECSNetworkInterfaceManagementAccess: allow([
    'ecs:CreateNetworkInterface',
    'ecs:DeleteNetworkInterface',
    'ecs:DescribeNetworkInterfaces',
    'ecs:CreateNetworkInterfacePermission',
    'ecs:DescribeNetworkInterfacePermissions',
    'ecs:DeleteNetworkInterfacePermission',
  ]),
};

function allow(Action: readonly string[]): PolicyDocument {
  return { Version: '1', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}

/** The named policy, or the refusal `EntityNotExist.Policy`. */
export function policyOf(world: World, type: PolicyType, name: string): Policy {
  const policy = type === 'Custom' ? world.policies.get(name) : systemPolicy(world, name);
  if (policy === undefined) {
    throw new ApiError(
      404,
      'EntityNotExist.Policy',
      `The policy not exists: acs:ram::${type === 'Custom' ? world.account : 'system'}:policy/${name}.`,
    );
  }
  return policy;
}

function systemPolicy(world: World, name: string): Policy | undefined {
  const document = Object.hasOwn(systemPolicies, name)
    ? systemPolicies[name]
    : world.systemPolicies.get(name);
  const times = { createdAt: world.start, updatedAt: world.start };
  return document && { name, type: 'System', description: '', document, version: 1, ...times };
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-createpolicy */
export function createPolicy(world: World, name: string, document: PolicyDocument, description = ''): Policy {
  if (!/^[A-Za-z0-9-]{1,128}$/.test(name)) {
    throw new ApiError(
      400,
      'InvalidParameter.PolicyName.InvalidChars',
      'The parameter - "PolicyName" contains invalid chars.',
    );
  }
  if (world.policies.has(name)) {
    throw new ApiError(409, 'EntityAlreadyExists.Policy', `The policy already exists: ${name}.`);
  }
  const times = { createdAt: world.now, updatedAt: world.now };
  const policy: Policy = { name, type: 'Custom', description, document, version: 1, ...times };
  world.policies.set(name, policy);
  return policy;
}

/** Puts a new default version in the place of the old one. */
export function changePolicy(world: World, name: string, document: PolicyDocument): void {
  const policy = policyOf(world, 'Custom', name);
  world.policies.set(name, { ...policy, document, version: policy.version + 1, updatedAt: world.now });
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-deletepolicy */
export function deletePolicy(world: World, name: string): void {
  policyOf(world, 'Custom', name);
  if (attachmentsOf(world, 'Custom', name) > 0) {
    throw new ApiError(
      409,
      'DeleteConflict.Policy.Role',
      `The policy ${name} is attached to a role: detach it before deleting it.`,
    );
  }
  world.policies.delete(name);
}

/** How many roles a policy is attached to. */
export function attachmentsOf(world: World, type: PolicyType, name: string): number {
  return [...world.roles.values()].filter(({ attached }) =>
    attached.some(({ policyType, policyName }) => policyType === type && policyName === name),
  ).length;
}

const texts = z.union([z.string(), z.array(z.string())]);
const statement = z.strictObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Principal: z.record(z.string(), texts).optional(),
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});

/** A policy document, for fleet files too. https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
export const policyDocument = z.strictObject({
  Version: z.literal('1'),
  Statement: z.array(statement).min(1),
});

/** Reads a document that came as JSON text or, from a template, as a map; refuses what is none. */
export function readDocument(value: unknown, code: string): PolicyDocument {
  const read = policyDocument.safeParse(typeof value === 'string' ? parseJson(value) : value);
  if (read.success) return read.data;
  throw new ApiError(
    400,
    code,
    `The policy document has not passed grammar check: ${z.prettifyError(read.error)}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

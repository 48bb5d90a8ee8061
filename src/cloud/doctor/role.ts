import * as z from 'zod';
import type { RoleState } from '../../cli/doctor/ports';
import { CloudError } from '../../engine/ports';
import type { Caller } from '../call';
import { listOf } from '../shapes';

const oneOrMany = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
const Document = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(['Allow', 'Deny']),
      Action: oneOrMany.optional(),
      Resource: oneOrMany.optional(),
      Principal: z.record(z.string(), oneOrMany).optional(),
      Condition: z.record(z.string(), z.record(z.string(), oneOrMany)).optional(),
    }),
  ),
});
/** RAM sends documents as JSON text. */
const DocumentText = z.string().transform((text) => Document.parse(JSON.parse(text)));

const RoleAnswer = z.object({ Role: z.object({ AssumeRolePolicyDocument: DocumentText }) });
const PoliciesAnswer = z.object({
  Policies: listOf('Policy', z.object({ PolicyName: z.string(), PolicyType: z.string() })),
});
const PolicyAnswer = z.object({ DefaultPolicyVersion: z.object({ PolicyDocument: DocumentText }) });

/**
 * A role, whoever may assume it, and every policy that is attached to it; undefined when there is none of that name.
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-listpoliciesforrole
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getpolicy
 */
export async function readRole(call: Caller, RoleName: string): Promise<RoleState | undefined> {
  try {
    const { Role } = await call.read('ram', 'GetRole', { RoleName }, RoleAnswer);
    const { Policies } = await call.read('ram', 'ListPoliciesForRole', { RoleName }, PoliciesAnswer);
    const policies = await Promise.all(
      Policies.map(async ({ PolicyName, PolicyType }) => {
        const answer = await call.read('ram', 'GetPolicy', { PolicyName, PolicyType }, PolicyAnswer);
        return { name: PolicyName, document: answer.DefaultPolicyVersion.PolicyDocument };
      }),
    );
    return { trust: Role.AssumeRolePolicyDocument, policies };
  } catch (error) {
    if (error instanceof CloudError && error.code === 'EntityNotExist.Role') return undefined;
    throw error;
  }
}

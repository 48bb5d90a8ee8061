import type { Permission } from './permission';

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
export interface Policy {
  readonly Version: '1';
  readonly Statement: readonly Statement[];
}
interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, readonly string[]>> };
}

/** One statement for each set of resources and condition, in the order in which they are first needed. */
export function policyOf(permissions: readonly Permission[]): Policy {
  const statements = new Map<string, Statement>();
  for (const { action, on, tags } of permissions) {
    const key = JSON.stringify([on, tags]);
    const known = statements.get(key);
    statements.set(key, {
      Effect: 'Allow',
      Action: [...new Set([...(known?.Action ?? []), action])].sort(),
      Resource: on,
      ...(tags && { Condition: { StringEquals: conditionOf(tags) } }),
    });
  }
  return { Version: '1', Statement: [...statements.values()] };
}

/** `ecs:tag/…` is the spelling that ECS honours. https://www.alibabacloud.com/help/en/ecs/user-guide/use-tags-to-control-access-to-ecs-resources */
function conditionOf(tags: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`ecs:tag/${key}`, [value]]));
}

import type { World } from '../../core/world';

/**
 * Parameters that every template has. `TenantId` is the account, `AccountId` whoever runs the stack.
 * https://www.alibabacloud.com/help/en/ros/user-guide/pseudo-parameters
 */
export function pseudoParameters(
  world: World,
  stack: { readonly id: string; readonly name: string },
): Readonly<Record<string, string>> {
  return {
    'ALIYUN::StackName': stack.name,
    'ALIYUN::StackId': stack.id,
    'ALIYUN::TenantId': world.account,
    'ALIYUN::AccountId': world.userId,
    'ALIYUN::Region': world.region,
  };
}

export function isPseudo(name: string): boolean {
  return /^ALIYUN::(StackName|StackId|TenantId|AccountId|Region|NoValue)$/.test(name);
}

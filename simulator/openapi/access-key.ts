import { ApiError } from '../core/call';
import { knownKey, tokenFault, type KnownKey } from '../core/keys';
import type { World } from '../core/world';

/** The key pair a request is signed with, or the refusal `InvalidAccessKeyId.NotFound`. */
export function keyOf(world: World, id: string): KnownKey {
  const key = knownKey(world, id);
  if (key === undefined) {
    throw new ApiError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  }
  return key;
}

/**
 * Refuses a temporary key without its token, with another one, or after its time.
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-errorcodes
 */
export function checkToken(world: World, key: KnownKey, token: string | undefined): void {
  switch (tokenFault(world, key, token)) {
    case 'missing':
      throw new ApiError(400, 'MissingSecurityToken', 'SecurityToken is mandatory for this action.');
    case 'wrong':
      throw new ApiError(
        400,
        'InvalidSecurityToken.MismatchWithAccessKey',
        'Specified SecurityToken mismatch with the AccessKey.',
      );
    case 'expired':
      throw tokenExpired();
    case undefined:
      return;
  }
}

export function tokenExpired(): ApiError {
  return new ApiError(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
}

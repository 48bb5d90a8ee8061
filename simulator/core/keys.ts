import { newId } from './ids';
import type { TemporaryKey, World } from './world';

/** A key pair that the account knows; one of a role has a token and an end. */
export interface KnownKey {
  readonly secret: string;
  readonly temporary?: TemporaryKey;
}

/** The pair that belongs to an access key id. */
export function knownKey(world: World, id: string): KnownKey | undefined {
  if (id === world.accessKeyId) return { secret: world.accessKeySecret };
  const temporary = world.temporaryKeys.get(id);
  return temporary && { secret: temporary.secret, temporary };
}

/** What is wrong with the token that came with a key; undefined when all is well. Its time is the cloud's clock. */
export function tokenFault(
  world: World,
  { temporary }: KnownKey,
  token: string | undefined,
): 'missing' | 'wrong' | 'expired' | undefined {
  if (temporary === undefined) return undefined;
  if (token === undefined) return 'missing';
  if (token !== temporary.token) return 'wrong';
  return world.now >= temporary.expiresAt ? 'expired' : undefined;
}

/** Keys as a role's session gets them: https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
export function issueKeys(world: World, seconds: number): { readonly id: string } & TemporaryKey {
  const id = newId(world, 'STS.NU');
  const key = {
    secret: newId(world, 'simulated-secret-'),
    token: newId(world, 'CAIS'),
    expiresAt: world.now + seconds * 1000,
  };
  world.temporaryKeys.set(id, key);
  return { id, ...key };
}

import { newId } from './ids';
import type { Caller, RoleSession } from './ram';
import type { TemporaryKey, World } from './world';

/** A key pair that the account knows; one of a role has a token and an end. */
export interface KnownKey {
  readonly id: string;
  readonly secret: string;
  readonly temporary?: TemporaryKey;
}

/** The pair that belongs to an access key id. */
export function knownKey(world: World, id: string): KnownKey | undefined {
  if (id === world.accessKeyId) return { id, secret: world.accessKeySecret };
  const temporary = world.temporaryKeys.get(id);
  return temporary && { id, secret: temporary.secret, temporary };
}

/** Who signs with a key. Temporary keys that the front door made for nobody are the user's own. */
export function callerOf({ temporary }: KnownKey): Caller {
  return temporary?.session === undefined
    ? { kind: 'user' }
    : { kind: 'session', session: temporary.session };
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

/**
 * Keys as a role's session gets them; without a session they may do everything.
 * https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole
 */
export function issueKeys(
  world: World,
  seconds: number,
  session?: RoleSession,
): { readonly id: string } & TemporaryKey {
  const id = newId(world, 'STS.NU');
  const key = {
    secret: newId(world, 'simulated-secret-'),
    token: newId(world, 'CAIS'),
    expiresAt: world.now + seconds * 1000,
    ...(session && { session }),
  };
  world.temporaryKeys.set(id, key);
  return { id, ...key };
}

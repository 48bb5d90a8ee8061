import * as z from 'zod';
import { CloudError } from '../engine/ports';
import type { Site } from '../event/site';
import type { Millis } from '../event/system-event';
import type { Caller } from './call';
import type { Keys } from './keys';
import { hide } from './scrub';
import { instantOf } from './shapes';

/** Sessions of roles of this process. A warm instance keeps them from one invocation to the next until they expire. */
export type RoleSessions = Map<string, { readonly keys: Keys; readonly expiresAt: Millis }>;

export interface RoleKeysOptions {
  /** Of the account and region of the functions. */
  readonly call: Pick<Caller, 'read'>;
  /** Names the account that assumes roles, for the trail of the other one. */
  readonly account: string;
  readonly secret: (reference: string) => Promise<string>;
  readonly sessions: RoleSessions;
  /** What tells apart clouds that one process talks to. */
  readonly scope: string;
  readonly now: () => Millis;
}

/** Keys of a role, and a way to say that they are no good any more. */
export interface RoleKeys {
  readonly keys: () => Promise<Keys>;
  readonly forget: () => void;
}

/** Longer than an invocation lives: what begins with good keys ends with good keys. */
const marginMs = 5 * 60_000;
/** The usual longest session of a role, and of one that is assumed by another role. */
const sessionSeconds = 3600;

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const AssumedAnswer = z.object({
  Credentials: z.object({
    AccessKeyId: z.string(),
    AccessKeySecret: z.string(),
    SecurityToken: z.string(),
    Expiration: z.string(),
  }),
});

/** Assumes roles in other accounts, each once for as long as its session lasts. */
export function createRoleKeys(
  options: RoleKeysOptions,
): (site: Site & { readonly role: string }) => RoleKeys {
  const { sessions, scope, now } = options;
  const asked = new Map<string, Promise<Keys>>();
  return (site) => {
    const name = JSON.stringify([scope, site.role, site.externalId]);
    const assume = async (): Promise<Keys> => {
      const session = await assumeRole(options, site).finally(() => asked.delete(name));
      sessions.set(name, session);
      return session.keys;
    };
    return {
      keys: async () => {
        const kept = sessions.get(name);
        if (kept !== undefined && kept.expiresAt - marginMs > now()) return kept.keys;
        const pending = asked.get(name) ?? assume();
        asked.set(name, pending);
        return pending;
      },
      forget: () => void sessions.delete(name),
    };
  };
}

async function assumeRole(
  { call, account, secret, now }: RoleKeysOptions,
  { account: other, role, externalId }: Site & { readonly role: string },
): Promise<{ readonly keys: Keys; readonly expiresAt: Millis }> {
  try {
    const params = {
      RoleArn: role,
      RoleSessionName: `ecs-failover-${account}`,
      DurationSeconds: sessionSeconds,
      ...(externalId !== undefined && { ExternalId: await secret(externalId) }),
    };
    const { Credentials: given } = await call.read('sts', 'AssumeRole', params, AssumedAnswer);
    hide(given.AccessKeySecret);
    hide(given.SecurityToken);
    return {
      keys: {
        accessKeyId: given.AccessKeyId,
        accessKeySecret: given.AccessKeySecret,
        securityToken: given.SecurityToken,
      },
      expiresAt: instantOf(given.Expiration) ?? now(),
    };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const text = `account ${other} cannot be entered, ${role} was not assumed: ${error.message}`;
    throw new CloudError(error.code, text, { ...error.detail, mayHaveWorked: false, unreachable: true });
  }
}

/** For an account that is not home and in which the settings name no role. */
export function noRole(account: string): () => Promise<Keys> {
  const text = `account ${account} cannot be entered: the functions run in another one, and the settings name no role in it`;
  const detail = { worthRepeating: false, mayHaveWorked: false, product: 'sts', action: 'AssumeRole' };
  return () => Promise.reject(new CloudError('NoRole', text, { ...detail, unreachable: true }));
}

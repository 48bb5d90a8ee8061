import { isSameSite, type Site } from '../event/site';
import type { Millis } from '../event/system-event';
import type { Caller } from './call';
import type { Keys } from './keys';
import { createRoleKeys, noRole, type RoleKeys, type RoleSessions } from './role-keys';
import { createSecrets, type KnownSecrets } from './secrets';

/** What a process keeps from one invocation to the next, until its time is over. */
export interface Kept {
  readonly sessions: RoleSessions;
  readonly secrets: KnownSecrets;
}

export interface SiteKeysOptions {
  readonly account: string;
  readonly region: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Millis;
  /** With the keys of home, where roles are assumed and secrets are kept. */
  readonly call: Caller;
  readonly endpoint: string | undefined;
  /** What the environment has under a name; by it secrets may be given. */
  readonly variable?: ((name: string) => string | undefined) | undefined;
  readonly kept?: Kept | undefined;
}

/** The keys for an account and region that the settings name: our own, or those of the role there. */
export function createSiteKeys(options: SiteKeysOptions): (site: Site) => RoleKeys {
  const { account, region, keys, now, call, endpoint, variable = () => undefined } = options;
  const kept = options.kept ?? { sessions: new Map(), secrets: new Map() };
  const secret = createSecrets({ call, variable, known: kept.secrets, now });
  const scope = `${endpoint ?? region} ${account}`;
  const roleKeys = createRoleKeys({ call, account, secret, sessions: kept.sessions, scope, now });
  return (site) => {
    if (site.role !== undefined) return roleKeys({ ...site, role: site.role });
    return { keys: site.account === account ? keys : noRole(site.account), forget: () => undefined };
  };
}

/** Whether a site is where the functions are, and no role is taken up for it. */
export function isHome(site: Site, home: Pick<Site, 'account' | 'region'>): boolean {
  return site.role === undefined && isSameSite(site, home);
}

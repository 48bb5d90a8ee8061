import { isSameSite, type Site } from '../event/site';
import type { Pool, Settings } from './configuration';

type Spec = Settings['spec'];

/** What of a pool says where its members are. */
type Placed = Pick<Pool['spec'], 'account' | 'region'>;

/** Every account and region that the settings name, in their order. */
export function sitesOf({ accounts = [], account, region }: Spec): readonly Site[] {
  if (account !== undefined && region !== undefined) return [{ account: account.id, region }];
  return accounts.flatMap(({ id, regions, role, externalId }) =>
    regions.map((one) => ({
      account: id,
      region: one,
      ...(role !== undefined && { role }),
      ...(externalId !== undefined && { externalId }),
    })),
  );
}

/** The site of an event, with the role that leads there; undefined when no settings name it. */
export function findSite(spec: Spec, where: Pick<Site, 'account' | 'region'>): Site | undefined {
  return sitesOf(spec).find((site) => isSameSite(site, where));
}

/** Where the members of a pool are: of what it leaves out there is only one, which `check` sees to. */
export function siteOfPool(spec: Spec, pool: Placed): Site | undefined {
  return sitesNamed(spec, pool)[0];
}

/** Pools whose members are there. */
export function poolsAt(
  spec: Spec,
  pools: readonly Pool[],
  where: Pick<Site, 'account' | 'region'>,
): readonly Pool[] {
  return pools.filter((pool) => {
    const site = siteOfPool(spec, pool.spec);
    return site !== undefined && isSameSite(site, where);
  });
}

/**
 * The sites that these words may mean; what is left out may be any.
 *
 * @param account alias or id
 */
export function sitesNamed(
  spec: Spec,
  { account, region }: { readonly account?: string | undefined; readonly region?: string | undefined },
): readonly Site[] {
  const id = idOf(spec, account);
  return sitesOf(spec).filter(
    (site) => (id === undefined || site.account === id) && (region === undefined || site.region === region),
  );
}

/** An alias stands for its account; any other word is an id. */
function idOf({ account, accounts = [] }: Spec, word: string | undefined): string | undefined {
  const known = [...accounts, ...(account ? [account] : [])];
  return known.find(({ alias }) => alias !== undefined && alias === word)?.id ?? word;
}

import { saySite, type Site } from '../event/site';
import type { Configuration } from '../playbook/configuration';
import { sitesNamed, sitesOf } from '../playbook/sites';
import { BadInput } from './exits';

/** Which of the settings' accounts and regions is meant. */
interface Named {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * What `look` finds about an instance in the one account and region that know it.
 *
 * @throws BadInput where none of them does, or more than one
 */
export async function atOneSite<T>(
  { settings }: Pick<Configuration, 'settings'>,
  instanceId: string,
  { account, region }: Named,
  look: (site: Site) => Promise<T | undefined>,
): Promise<T> {
  const sites = sitesNamed(settings.spec, {
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  });
  if (sites.length === 0) {
    const known = sitesOf(settings.spec).map(saySite).join(', ');
    const asked = [account, region].filter((word) => word !== undefined).join(' in ');
    throw new BadInput(`the settings do not name ${asked}; expected one of ${known}`);
  }
  const found: { readonly site: Site; readonly what: T }[] = [];
  for (const site of sites) {
    const what = await look(site);
    if (what !== undefined) found.push({ site, what });
  }
  const [first, second] = found;
  if (first === undefined) {
    throw new BadInput(`there is no instance ${instanceId}; looked in ${sites.map(saySite).join(', ')}`);
  }
  if (second !== undefined) {
    const where = found.map(({ site }) => saySite(site)).join(', ');
    throw new BadInput(`${instanceId} is in ${where}; expected --account and --region`);
  }
  return first.what;
}

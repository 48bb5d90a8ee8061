import { isSameSite, type Site } from '../event/site';
import type { World } from './ports';

/** The world with the cloud of that account and region in it; journals and queue are at home, whatever the site. */
export function worldOf(world: World, site: Site | undefined): World {
  const { home, cloudAt } = world;
  if (site === undefined || home === undefined || cloudAt === undefined) return world;
  if (site.role === undefined && isSameSite(site, home)) return world;
  return { ...world, cloud: cloudAt(site) };
}

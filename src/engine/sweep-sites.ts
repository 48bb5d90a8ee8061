import { isSameSite, type Site } from '../event/site';
import { isOfDisk } from '../event/kinds';
import type { SystemEvent } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import { findSite, sitesOf } from '../playbook/sites';
import type { Shift } from './advance';
import { CloudError, type World } from './ports';
import { sweepEvents, type EventsSwept } from './sweep-events';
import { noteReached, noteUnreached } from './unreached';
import { worldOf } from './world-of';

/** Events of disks are asked for only where a playbook answers some: they take calls of their own. */
export function answersDisks({ playbooks }: Configuration): boolean {
  return playbooks.some(({ spec }) => spec.match.events.some(isOfDisk));
}

/** What the accounts and regions say of their events, as far as each could be asked. */
export interface SiteEvents {
  /** One for each account and region. */
  readonly tasks: readonly (() => Promise<void>)[];
  /** Every event that is pending, of all that answered. */
  readonly pending: () => readonly SystemEvent[];
  /** One event; undefined also where ECS failed to list them all: it is not asked for one by one then. */
  readonly ask: (event: SystemEvent) => Promise<SystemEvent | undefined>;
}

interface Found extends EventsSwept {
  pending?: number;
  unreached?: number;
}

/**
 * Takes in what no push brought, from every account and region, each apart: one whose role is gone does not keep the
 * others from being looked at. Where there is only one, its failure is the sweep's.
 *
 * @param found is counted up
 */
export function siteEvents(
  world: World,
  shift: Shift,
  configuration: Configuration,
  open: ReadonlySet<string>,
  found: Found,
): SiteEvents {
  const sites = sitesOf(configuration.settings.spec);
  const listed: { readonly site: Site; readonly events: readonly SystemEvent[] }[] = [];
  const sweepSite = async (site: Site): Promise<void> => {
    const events = await worldOf(world, site).cloud.events.pending({
      disks: answersDisks(configuration),
    });
    listed.push({ site, events });
    found.pending = (found.pending ?? 0) + events.length;
    await sweepEvents(world, shift, configuration, { site, pending: events, open }, found);
  };
  const apart = async (site: Site): Promise<void> => {
    try {
      await sweepSite(site);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      found.unreached = (found.unreached ?? 0) + 1;
      await noteUnreached(world, site, error);
      if (found.unreached === sites.length) throw error;
      return;
    }
    await noteReached(world, site);
  };
  return {
    tasks: sites.map((site) => () => (sites.length === 1 ? sweepSite(site) : apart(site))),
    pending: () => listed.flatMap(({ events }) => events),
    ask: async (event) => {
      if (!listed.some(({ site }) => isSameSite(site, event))) return undefined;
      const here = worldOf(world, findSite(configuration.settings.spec, event));
      return here.cloud.events.get(event);
    },
  };
}

import type { SystemEvent } from '../event/system-event';
import type { Calendar, Configuration, Playbook, Pool, Settings } from './configuration';
import type { Site } from '../event/site';
import { sharePlace } from './places';
import { findSite, poolsAt } from './sites';

type Tags = Readonly<Record<string, string>>;

export interface Match {
  readonly playbook: Playbook;
  readonly pool: Pool;
  readonly calendar: Calendar;
  readonly mode: 'observe' | 'enforce';
  readonly settings: Settings['spec'];
  /** Other pools that the instance is a member of. */
  readonly alsoMemberOf: readonly Pool[];
  /** Those, and pools whose members stand in the same groups of a load balancer: their limits hold as well. */
  readonly others: readonly Pool[];
  /** The provider went before anybody heard of the event: nothing is left but to look whether it ended well. */
  readonly verifyOnly: boolean;
  /** Where it all is. Absent where the settings name one account in one region by the short form. */
  readonly site?: Site;
}

/** Why nothing answers an event. */
export interface NoMatch {
  readonly none: string;
  /** The pool that would have had to answer it. */
  readonly pool?: string;
}

/** Pools that an instance with these tags is a member of. */
export function poolsOf(pools: readonly Pool[], tags: Tags): readonly Pool[] {
  return pools.filter(({ spec }) => hasAll(tags, spec.members.tags));
}

/**
 * The playbook that answers this event on this instance: of those that match, the one with the highest
 * priority. An event that the provider has begun is looked after by its code, whatever states the playbook names.
 *
 * @param localDisks how many the instance has; left out where that is not known: then none is ruled out
 * @returns the match, or a sentence that says why there is none
 */
export function matchPlaybook(
  configuration: Configuration,
  event: SystemEvent,
  tags: Tags,
  localDisks?: number,
): Match | NoMatch {
  const settings = configuration.settings.spec;
  const site = findSite(settings, event);
  if (site === undefined) return { none: whyNoSite(event) };
  const here = poolsAt(settings, configuration.pools, site);
  const pools = poolsOf(here, tags);
  if (pools.length === 0) return { none: `${event.instanceId} is in no pool` };
  const named = configuration.playbooks.filter(({ spec: { match } }) => match.events.includes(event.code));
  const matches = named
    .filter(isFor(localDisks))
    .flatMap((playbook) => pools.filter(inPools(playbook)).map((pool) => ({ playbook, pool })))
    .sort((a, b) => b.playbook.spec.priority - a.playbook.spec.priority);
  const answering = matches.find(({ playbook }) => statesOf(playbook).includes(event.status));
  const best = answering ?? (hasBegun(event) ? matches[0] : undefined);
  const poolNames = pools.map(({ metadata }) => metadata.name).join(', ');
  if (best === undefined) {
    const [near] = matches.map(({ playbook }) => playbook);
    if (near === undefined)
      return { none: whyNone(event.code, poolNames, named, localDisks), pool: poolNames };
    const states = statesOf(near).join(', ');
    return {
      none: `${near.metadata.name} answers ${states} events, and this one is ${event.status}`,
      pool: poolNames,
    };
  }
  const calendarName = best.playbook.spec.timing.calendar;
  const calendar = configuration.calendars.find(({ metadata }) => metadata.name === calendarName);
  if (calendar === undefined) return { none: `there is no calendar ${calendarName}` };
  const modes = [settings.mode, best.pool.spec.mode, best.playbook.spec.mode];
  const alsoMemberOf = pools.filter((pool) => pool !== best.pool);
  const others = here.filter(
    (pool) => pool !== best.pool && (pools.includes(pool) || sharePlace(pool, best.pool)),
  );
  const pooled = {
    ...best,
    alsoMemberOf,
    others,
    verifyOnly: answering === undefined,
    ...siteFor(settings, site),
  };
  return { ...pooled, calendar, settings, mode: modes.includes('observe') ? 'observe' : 'enforce' };
}

/** Why an event is none of ours: no settings name its account and region. */
export function whyNoSite({ account, region }: Pick<Site, 'account' | 'region'>): string {
  return `it belongs to account ${account}, region ${region}`;
}

/** A plan for the one account of the short form is as it always was. */
function siteFor({ accounts }: Settings['spec'], site: Site): Pick<Match, 'site'> {
  return accounts === undefined ? {} : { site };
}

/** The provider acts or has acted. */
function hasBegun({ status }: SystemEvent): boolean {
  return status === 'Executing' || status === 'Executed' || status === 'Failed';
}

function statesOf({ spec }: Playbook): readonly SystemEvent['status'][] {
  return spec.match.states;
}

function isFor(localDisks: number | undefined): (playbook: Playbook) => boolean {
  return ({ spec: { match } }) =>
    match.having === undefined ||
    localDisks === undefined ||
    (match.having.localDisks === 'none') === (localDisks === 0);
}

function whyNone(
  code: string,
  pools: string,
  named: readonly Playbook[],
  localDisks: number | undefined,
): string {
  const sentence = `no playbook answers ${code} for pool ${pools}`;
  if (!named.some((playbook) => !isFor(localDisks)(playbook))) return sentence;
  return `${sentence} on an instance with${localDisks === 0 ? 'out' : ''} local disks`;
}

function inPools({ spec }: Playbook): (pool: Pool) => boolean {
  return ({ metadata }) => spec.match.pools.includes(metadata.name);
}

function hasAll(tags: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}

import type { Site } from '../../event/site';
import type { Configuration, Playbook, Pool } from '../../playbook/configuration';
import type { Match } from '../../playbook/match';
import { makePlan } from '../../playbook/plan';
import { sharePlace } from '../../playbook/places';
import { siteOfPool } from '../../playbook/sites';
import type { Plan } from '../../run/run';

/** One plan that a playbook may make for a member of a pool. */
export interface Possible {
  readonly plan: Plan;
  readonly pool: Pool;
  readonly site: Site;
  readonly code: string;
}

/** A healthy member, one with local disks, and one that ECS would refuse to touch. */
const targets = [
  { locks: [], dedicatedHost: false, localDisks: 0 },
  { locks: [], dedicatedHost: false, localDisks: 1 },
  { locks: ['security'], dedicatedHost: false, localDisks: 0 },
].map((target) => ({ ...target, id: 'i-any', zone: 'any' }));

/** Every plan that writes, for any event that the playbooks name and any member of their pools. */
export function possiblePlans(configuration: Configuration): readonly Possible[] {
  return configuration.playbooks.flatMap((playbook) =>
    configuration.pools
      .filter(({ metadata }) => playbook.spec.match.pools.includes(metadata.name))
      .flatMap((pool) => plansFor(configuration, playbook, pool)),
  );
}

function plansFor(configuration: Configuration, playbook: Playbook, pool: Pool): readonly Possible[] {
  const { match } = playbook.spec;
  const working = matchOf(configuration, playbook, pool);
  const site = siteOfPool(configuration.settings.spec, pool.spec);
  if (working === undefined || site === undefined) return [];
  // An event that the provider has begun is at least verified, whatever the playbook answers.
  const ways = [
    ...match.states.map((status) => ({ status, verifyOnly: false })),
    { status: 'Executing' as const, verifyOnly: true },
  ];
  return match.events.flatMap((code) =>
    ways.flatMap(({ status, verifyOnly }) => {
      const { account, region } = site;
      const event = { id: 'e-any', account, region, instanceId: 'i-any', code, status };
      return targets.map((target) => ({
        plan: makePlan({ ...working, verifyOnly }, event, target),
        pool,
        site,
        code,
      }));
    }),
  );
}

/** As for a member that is in every pool it may be in; undefined where nothing is written. */
function matchOf(configuration: Configuration, playbook: Playbook, pool: Pool): Match | undefined {
  const { calendars, pools } = configuration;
  const settings = configuration.settings.spec;
  const calendar = calendars.find(({ metadata }) => metadata.name === playbook.spec.timing.calendar);
  const modes = [settings.mode, pool.spec.mode, playbook.spec.mode];
  if (calendar === undefined || modes.includes('observe')) return undefined;
  const others = pools.filter((one) => one !== pool && (sharePlace(one, pool) || mayShareMember(one, pool)));
  const alsoMemberOf = others.filter((one) => mayShareMember(one, pool));
  return { playbook, pool, calendar, mode: 'enforce', settings, alsoMemberOf, others, verifyOnly: false };
}

/** No tag stands in the way of an instance that carries the tags of both. */
function mayShareMember(one: Pool, other: Pool): boolean {
  const { tags } = other.spec.members;
  return Object.entries(one.spec.members.tags).every(([key, value]) => (tags[key] ?? value) === value);
}

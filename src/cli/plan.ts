import { connect } from '../connect';
import { preview, type Preview } from '../engine/preview';
import type { World } from '../engine/ports';
import { worldOf } from '../engine/world-of';
import type { Site } from '../event/site';
import type { SystemEvent } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import { sitesOf } from '../playbook/sites';
import { connectToAccount, hasAccount } from './account';
import { announce, readHappenings, type Asked, type Happening } from './announcements';
import { configurationOf } from './check';
import { configurationOn } from './config/in-force';
import { BadInput, exits } from './exits';
import { planPage } from './plan-page';
import { usualFleet, usualPlaybooks } from './places';
import type { Screen } from './screen';
import { localContext, withSimulatedCloud } from './simulated-cloud';

export interface PlanOptions extends Asked {
  readonly playbooks?: string;
  readonly fleet?: string;
  readonly json: boolean;
}

/** Shows what would happen for an event, without a write. Answers the exit code. */
export async function plan(options: PlanOptions, screen: Screen): Promise<number> {
  if (options.files.length === 0 && options.code === undefined && options.instance === undefined) {
    throw new BadInput('plan: found no event; expected --event FILE, or --code CODE --instance ID');
  }
  const playbooks = options.playbooks ?? usualPlaybooks();
  const fleet = options.fleet ?? (hasAccount() ? undefined : usualFleet(playbooks));
  const previews =
    fleet === undefined ? await planOnAccount(options) : await planOnFleet(options, playbooks, fleet);
  if (options.json) screen.print(JSON.stringify({ plans: previews }));
  else {
    if (fleet !== undefined) screen.print(screen.paint.dim(`in the simulated cloud of ${fleet}`));
    screen.print(previews.map((one) => planPage(one, screen.paint)).join('\n\n'));
  }
  return exitOf(previews);
}

function exitOf(previews: readonly Preview[]): number {
  const verdicts = previews.map(({ verdict }) => verdict);
  if (verdicts.includes('blocked')) return exits.blocked;
  return verdicts.includes('change') ? exits.wouldChange : exits.good;
}

/** The event is announced in a simulated cloud of its own, which lives no longer than the answer. */
async function planOnFleet(
  options: PlanOptions,
  playbooks: string,
  fleet: string,
): Promise<readonly Preview[]> {
  return withSimulatedCloud(fleet, async (cloud) => {
    const { now } = await cloud.door.state();
    const configuration = configurationOf(playbooks, now);
    const happenings = readHappenings(options, { ...cloud.facts, now });
    const clock = { now };
    const { world } = connect(
      localContext(
        cloud,
        { FAILOVER_QUEUE: 'failover-runs' },
        { now: () => clock.now, log: () => undefined },
      ),
    );
    const ids: (string | undefined)[] = [];
    for (const { event } of happenings) ids.push(event && (await announce(cloud.door, event)));
    return previewEach(world, configuration, happenings, (at) => ids[at]);
  });
}

async function planOnAccount(options: PlanOptions): Promise<readonly Preview[]> {
  const { world, account, region } = await connectToAccount();
  const configuration = await configurationOn(world, options.playbooks);
  const happenings = readHappenings(options, { account, region, now: world.now() });
  return previewEach(world, configuration, happenings, (at) => happenings[at]?.event?.id);
}

async function previewEach(
  world: World,
  configuration: Configuration,
  happenings: readonly Happening[],
  idOf: (index: number) => string | undefined,
): Promise<readonly Preview[]> {
  const previews: Preview[] = [];
  for (const [index, { event }] of happenings.entries()) {
    if (event === undefined) throw new BadInput('--event: the payload is no system event that can be read');
    previews.push(
      await preview(world, configuration, await confirm(world, configuration, event, idOf(index))),
    );
  }
  return previews;
}

/** What ECS itself says counts; an event that it does not know is taken as it was described. */
async function confirm(
  world: World,
  configuration: Configuration,
  event: NonNullable<Happening['event']>,
  id: string | undefined,
): Promise<SystemEvent> {
  const sites = sitesOf(configuration.settings.spec);
  for (const site of id === undefined ? [] : sites) {
    const known = await worldOf(world, site).cloud.events.get({ ...event, id: id ?? '' });
    if (known !== undefined) return known;
  }
  const { account = '', region = '' } = (await siteOfInstance(world, sites, event.instanceId)) ?? {};
  return { ...event, id: id ?? 'e-not-announced', account, region };
}

/** Where an instance is that an event was described for; the first account and region where no other knows it. */
async function siteOfInstance(
  world: World,
  sites: readonly Site[],
  instanceId: string,
): Promise<Site | undefined> {
  for (const site of sites.slice(1)) {
    if ((await worldOf(world, site).cloud.instances.get(instanceId)) !== undefined) return site;
  }
  return sites[0];
}

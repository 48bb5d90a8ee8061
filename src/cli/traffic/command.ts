import type { Command } from 'commander';
import { connect } from '../../connect';
import type { World } from '../../engine/ports';
import { reportTraffic, type TrafficReport } from '../../engine/traffic-report';
import { saySite, type Site } from '../../event/site';
import type { Configuration } from '../../playbook/configuration';
import { sitesNamed, sitesOf } from '../../playbook/sites';
import { connectToAccount, hasAccount } from '../account';
import { configurationOf } from '../check';
import { configurationOn } from '../config/in-force';
import { BadInput, exits } from '../exits';
import { usualFleet, usualPlaybooks } from '../places';
import { openScreen, type Screen } from '../screen';
import { localContext, withSimulatedCloud } from '../simulated-cloud';
import { trafficPage } from './page';

interface Options {
  readonly playbooks?: string;
  readonly fleet?: string;
  readonly account?: string;
  readonly region?: string;
  readonly json?: boolean;
}

/** `traffic`: every place where an instance takes traffic. */
export function addTrafficCommand(program: Command): void {
  program
    .command('traffic')
    .description(
      'prints every place where an instance takes traffic, and what its pool does not name; writes nothing',
    )
    .argument('<instance>', 'an instance (i-…)')
    .option('--playbooks <dir>', 'folder of playbooks, whose pools are compared')
    .option('--fleet <file>', 'the simulated cloud (YAML)')
    .option('--account <account>', 'alias or id of its account, where the settings name several')
    .option('--region <region>', 'its region, where the settings name several')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nWithout an account in the environment, or with --fleet, the simulated cloud answers.\nExit 1: the instance serves where no pool of it looks, or a place that its pool names cannot be read.',
    )
    .action(async (instance: string, options: Options) => {
      process.exitCode = await traffic(instance, options, openScreen(process.stdout));
    });
}

async function traffic(instanceId: string, options: Options, screen: Screen): Promise<number> {
  const playbooks = options.playbooks ?? usualPlaybooks();
  const fleet = options.fleet ?? (hasAccount() ? undefined : usualFleet(playbooks));
  if (fleet === undefined) {
    const { world } = await connectToAccount();
    return tell(world, await configurationOn(world, options.playbooks), { instanceId, options }, screen);
  }
  return withSimulatedCloud(fleet, async (cloud) => {
    const { now } = await cloud.door.state();
    const local = { now: () => now, log: () => undefined };
    const { world } = connect(localContext(cloud, { FAILOVER_QUEUE: 'failover-runs' }, local));
    return tell(world, configurationOf(playbooks, now), { instanceId, options }, screen);
  });
}

async function tell(
  world: World,
  configuration: Configuration,
  { instanceId, options }: { readonly instanceId: string; readonly options: Options },
  screen: Screen,
): Promise<number> {
  const { json = false } = options;
  const report = await findReport(world, configuration, instanceId, options);
  if (json) screen.print(JSON.stringify(report));
  else for (const line of trafficPage(report, screen.paint)) screen.print(line);
  const isForgotten =
    report.pools.length > 0 &&
    report.places.some(({ isNamed, membership }) => !isNamed && membership.weight > 0);
  return isForgotten || report.unread.length > 0 ? exits.failed : exits.good;
}

/** Of the one account and region that know the instance. */
async function findReport(
  world: World,
  configuration: Configuration,
  instanceId: string,
  { account, region }: Pick<Options, 'account' | 'region'>,
): Promise<TrafficReport> {
  const sites = sitesNamed(configuration.settings.spec, { account, region });
  if (sites.length === 0) {
    const known = sitesOf(configuration.settings.spec).map(saySite).join(', ');
    const asked = [account, region].filter((word) => word !== undefined).join(' in ');
    throw new BadInput(`the settings do not name ${asked}; expected one of ${known}`);
  }
  const reports: { readonly site: Site; readonly report: TrafficReport }[] = [];
  for (const site of sites) {
    const report = await reportTraffic(world, configuration, instanceId, site);
    if (report !== undefined) reports.push({ site, report });
  }
  const [found, second] = reports;
  if (found === undefined) {
    throw new BadInput(`there is no instance ${instanceId}; looked in ${sites.map(saySite).join(', ')}`);
  }
  if (second !== undefined) {
    const where = reports.map(({ site }) => saySite(site)).join(', ');
    throw new BadInput(`${instanceId} is in ${where}; expected --account and --region`);
  }
  return found.report;
}

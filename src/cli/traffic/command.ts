import type { Command } from 'commander';
import { connect } from '../../connect';
import type { World } from '../../engine/ports';
import { reportTraffic } from '../../engine/traffic-report';
import type { Configuration } from '../../playbook/configuration';
import { connectToAccount, hasAccount } from '../account';
import { configurationOf } from '../check';
import { configurationOn } from '../config/in-force';
import { exits } from '../exits';
import { atOneSite } from '../one-site';
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
  const report = await atOneSite(configuration, instanceId, options, (site) =>
    reportTraffic(world, configuration, instanceId, site),
  );
  if (json) screen.print(JSON.stringify(report));
  else for (const line of trafficPage(report, screen.paint)) screen.print(line);
  const isForgotten =
    report.pools.length > 0 &&
    report.places.some(({ isNamed, membership }) => !isNamed && membership.weight > 0);
  return isForgotten || report.unread.length > 0 ? exits.failed : exits.good;
}

import type { Command } from 'commander';
import type { World } from '../../engine/ports';
import { reportTraffic } from '../../engine/traffic-report';
import type { Configuration } from '../../playbook/configuration';
import { exits } from '../exits';
import { addWhereToLook, lookThere, type WhereToLook } from '../looked-up';
import { atOneSite } from '../one-site';
import { openScreen, type Screen } from '../screen';
import { trafficPage } from './page';

interface Options extends WhereToLook {
  readonly json?: boolean;
}

/** `traffic`: every place where an instance takes traffic. */
export function addTrafficCommand(program: Command): void {
  const command = program
    .command('traffic')
    .description(
      'prints every place where an instance takes traffic, and what its pool does not name; writes nothing',
    )
    .argument('<instance>', 'an instance (i-…)');
  addWhereToLook(command, 'whose pools are compared')
    .addHelpText(
      'after',
      '\nWithout an account in the environment, or with --fleet, the simulated cloud answers.\nExit 1: the instance serves where no pool of it looks, or a place that its pool names cannot be read.',
    )
    .action(async (instance: string, options: Options) => {
      process.exitCode = await traffic(instance, options, openScreen(process.stdout));
    });
}

function traffic(instanceId: string, options: Options, screen: Screen): Promise<number> {
  return lookThere(options, (world, configuration) =>
    tell(world, configuration, { instanceId, options }, screen),
  );
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

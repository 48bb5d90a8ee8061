import type { Command } from 'commander';
import { connect } from '../connect';
import type { World } from '../engine/ports';
import type { Configuration } from '../playbook/configuration';
import { connectToAccount, hasAccount } from './account';
import { configurationOf } from './check';
import { configurationOn } from './config/in-force';
import { usualFleet, usualPlaybooks } from './places';
import { localContext, withSimulatedCloud } from './simulated-cloud';

/** Where a command that only looks at one instance looks. */
export interface WhereToLook {
  readonly playbooks?: string;
  readonly fleet?: string;
  readonly account?: string;
  readonly region?: string;
}

/** The flags that say so, alike for every such command. */
export function addWhereToLook(command: Command, playbooks: string): Command {
  return command
    .option('--playbooks <dir>', `folder of playbooks, ${playbooks}`)
    .option('--fleet <file>', 'the simulated cloud (YAML)')
    .option('--account <account>', 'alias or id of its account, where the settings name several')
    .option('--region <region>', 'its region, where the settings name several')
    .option('--json', 'one JSON object');
}

/** Looks at the account of the environment; without one, or with a fleet, at the simulated cloud. */
export async function lookThere<T>(
  { playbooks: named, fleet: wanted }: WhereToLook,
  look: (world: World, configuration: Configuration) => Promise<T>,
): Promise<T> {
  const playbooks = named ?? usualPlaybooks();
  const fleet = wanted ?? (hasAccount() ? undefined : usualFleet(playbooks));
  if (fleet === undefined) {
    const { world } = await connectToAccount();
    return look(world, await configurationOn(world, named));
  }
  return withSimulatedCloud(fleet, async (cloud) => {
    const { now } = await cloud.door.state();
    const local = { now: () => now, log: () => undefined };
    const { world } = connect(localContext(cloud, { FAILOVER_QUEUE: 'failover-runs' }, local));
    return look(world, configurationOf(playbooks, now));
  });
}

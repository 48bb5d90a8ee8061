import type { Command } from 'commander';
import { machine } from '../../connect';
import { neededPermissions, permissionsOfRole } from '../../engine/permissions/needed';
import type { Whereabouts } from '../../engine/permissions/permission';
import { policyOf, type Policy } from '../../engine/permissions/policy';
import type { Site } from '../../event/site';
import type { Configuration } from '../../playbook/configuration';
import { sitesNamed, sitesOf } from '../../playbook/sites';
import { stepTypes } from '../../steps';
import { configurationOf } from '../check';
import { deployerPermissions } from '../deploy/deployer';
import { namesOf } from '../deploy/names';
import { BadInput, exits } from '../exits';
import { usualPlaybooks } from '../places';
import { openScreen, type Screen } from '../screen';
import { permissionsPage } from './page';

interface Options {
  readonly playbooks?: string;
  readonly prefix: string;
  readonly bucket?: string;
  readonly generation: string;
  readonly for?: string;
  readonly deployer?: boolean;
  readonly json?: boolean;
}

/** `permissions`: what the functions need for a folder of playbooks. */
export function addPermissionsCommand(program: Command): void {
  program
    .command('permissions')
    .description('prints the RAM policy that the functions need for these playbooks, and nothing beyond it')
    .option('--playbooks <dir>', 'folder of playbooks')
    .option('--prefix <name>', 'begins the name of everything that is installed', 'failover')
    .option('--bucket <name>', 'the bucket of journals; left out: the one that deploy makes')
    .option('--generation <name>', 'fc3 or fc2, whose functions hand over work', 'fc3')
    .option('--for <account>', 'the policy of the role in another account, by id or alias')
    .option('--deployer', 'the policy of whoever installs, upgrades, pushes and removes')
    .option('--json', 'the policy document alone, as RAM takes it')
    .action((options: Options) => {
      process.exitCode = permissions(options, openScreen(process.stdout));
    });
}

function permissions(options: Options, screen: Screen): number {
  const { playbooks = usualPlaybooks(), for: account } = options;
  if (options.deployer === true)
    return printPolicy(deployersPolicy(options), 'whoever installs', options, screen);
  const configuration = configurationOf(playbooks, machine.now());
  const needed =
    account === undefined
      ? neededPermissions(configuration, stepTypes, whereaboutsOf(configuration, options))
      : permissionsOfRole(configuration, stepTypes, accountOf(configuration, account));
  return printPolicy(policyOf(needed), playbooks, options, screen);
}

function printPolicy(policy: Policy, whose: string, { json }: Options, screen: Screen): number {
  screen.print(json ? JSON.stringify(policy, null, 2) : permissionsPage(policy, whose, screen.paint));
  return exits.good;
}

/** In the account and region of the playbooks that were named; without any, in whatever account the policy is attached. */
function deployersPolicy({ playbooks, prefix }: Options): Policy {
  const anywhere = { account: '*', region: '*' };
  const home = playbooks === undefined ? anywhere : homeOf(configurationOf(playbooks, machine.now()));
  return policyOf(deployerPermissions({ prefix, account: home.account, region: home.region }));
}

function homeOf({ settings }: Configuration): Site {
  const home = sitesOf(settings.spec).find(({ role }) => role === undefined);
  if (home !== undefined) return home;
  throw new BadInput('settings: found roles in all accounts; expected one without, where the functions run');
}

function whereaboutsOf(configuration: Configuration, { prefix, bucket, generation }: Options): Whereabouts {
  if (generation !== 'fc3' && generation !== 'fc2') {
    throw new BadInput(`--generation: found "${generation}"; expected fc3 or fc2`);
  }
  const { account, region } = homeOf(configuration);
  return {
    account,
    region,
    queue: `${prefix}-runs`,
    bucket: bucket ?? namesOf(prefix, account, region).stateBucket,
    logs: `project/${prefix}-logs-${account}/logstore/functions`,
    ...(generation === 'fc2' && { successor: `services/${prefix}*/functions/${prefix}-advance` }),
  };
}

/** An account whose role the functions assume, by id or alias. */
function accountOf({ settings: { spec } }: Configuration, word: string): string {
  const entered = sitesNamed(spec, { account: word }).find(({ role }) => role !== undefined);
  if (entered !== undefined) return entered.account;
  const known = sitesOf(spec).flatMap(({ account, role }) => (role === undefined ? [] : account));
  const expected = known.length === 0 ? 'the settings name no role' : `with a role are ${known.join(', ')}`;
  throw new BadInput(`--for: found "${word}"; ${expected}`);
}

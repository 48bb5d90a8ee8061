import { InvalidArgumentError, Option, type Command } from 'commander';
import { openScreen } from '../screen';
import { functionNames, type OneFunction } from './names';
import {
  runDeploy,
  runDestroy,
  runInvoke,
  runStatus,
  type DeployFlags,
  type DestroyFlags,
  type Flags,
} from './run';

/** `deploy`, `upgrade`, `status`, `destroy` and `invoke`: an installation in an account. */
export function addDeployCommands(program: Command): void {
  withDeployment(
    program.command('deploy').description('installs ecs-failover in an account, or brings it up to date'),
  ).action(async (flags: DeployFlags) => {
    process.exitCode = await runDeploy(flags, { mustExist: false });
  });
  withDeployment(
    program.command('upgrade').description('deploy, for an installation that is there; runs under way go on'),
  )
    .option('--code-only', 'Function Compute 2.0: gives the functions their code past the stack, in seconds')
    .action(async (flags: DeployFlags) => {
      process.exitCode = await runDeploy(flags, { mustExist: true });
    });
  withWhere(program.command('status').description('what is installed, and how it is')).action(
    async (flags: Flags) => {
      process.exitCode = await runStatus(flags, openScreen(process.stdout));
    },
  );
  withWhere(program.command('destroy').description('takes an installation down; the journals stay'))
    .option('--yes', 'without asking')
    .option('--force', 'even with runs under way')
    .option('--delete-journals', 'deletes the journals and the configuration too')
    .option('--yes-delete <prefix>', 'and that without asking: the prefix once more')
    .action(async (flags: DestroyFlags) => {
      process.exitCode = await runDestroy(flags);
    });
  withWhere(
    program.command('invoke').description('calls a function, waits for it, and prints what it answered'),
  )
    .argument('<function>', 'poll, receive or advance', readFunction)
    .option('--payload <text>', 'what it is called with', '{}')
    .action(async (name: OneFunction, flags: Flags & { readonly payload: string }) => {
      process.exitCode = await runInvoke(name, flags, openScreen(process.stdout));
    });
}

const where =
  '\nThe account is the one whose keys are in ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.';

function withWhere(command: Command): Command {
  return command
    .option('--prefix <name>', 'begins the name of everything that is installed', 'failover')
    .option('--region <region>', 'such as cn-hangzhou; without it FAILOVER_REGION')
    .option('--endpoint <url>', 'one address for every product, such as a simulated cloud')
    .option('--json', 'the last line of standard output is one JSON object')
    .addHelpText('after', where);
}

function withDeployment(command: Command): Command {
  return withWhere(command)
    .addOption(
      new Option('--generation <name>', 'of Function Compute')
        .choices(['auto', 'fc3', 'fc2'])
        .default('auto'),
    )
    .option('--set <name=value>', 'a parameter of template.yml; may be given again', gather, {})
    .option('--code <dir>', 'folder of the zips that npm run build makes')
    .option('--playbooks <dir>', 'brings these playbooks along')
    .option('--create-roles', 'creates the service-linked roles that are missing, without asking')
    .option('--dry-run', 'shows what would change, and changes nothing')
    .option('--yes', 'changes without asking')
    .option('--no-self-test', 'does not try the installation afterwards')
    .addHelpText('after', '\nExit 3: it would change something. Exit 4: something stands in the way.');
}

function gather(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(`found ${text}; expected name=value.`);
  }
  return { ...before, [name]: value };
}

function readFunction(text: string): OneFunction {
  const found = functionNames.find((name) => name === text);
  if (found === undefined) {
    throw new InvalidArgumentError(`found ${text}; expected ${functionNames.join(', ')}.`);
  }
  return found;
}

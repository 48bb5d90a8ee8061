import type { Command } from 'commander';
import { usualPlaybooks } from '../places';
import { openScreen } from '../screen';
import { showHistory } from './history';
import { pushFolder, type PushFlags } from './push';
import { openStore, type Whose } from './store';
import { rollback, showVersion } from './versions';

/** `push`, and `config …`: the playbooks that an installation works with. */
export function addConfigCommands(program: Command): void {
  const screen = () => openScreen(process.stdout);
  withChange(
    program
      .command('push')
      .description(
        'checks a folder of playbooks and makes it what the functions work with; nothing is deployed',
      )
      .argument('[dir]', 'folder of playbooks', usualPlaybooks()),
  ).action(async (folder: string, flags: PushFlags & Whose) => {
    process.exitCode = await pushFolder(await openStore(flags), { ...flags, folder }, screen());
  });
  const config = program.command('config').description('looks at the versions of the playbooks');
  withWhose(
    config.command('history').description('every version there was, who brought it, and what was refused'),
  )
    .option('--json', 'one JSON object')
    .action(async (flags: Whose & { readonly json?: boolean }) => {
      process.exitCode = await showHistory(await openStore(flags), flags.json === true, screen());
    });
  withWhose(config.command('show').description('the files of a version'))
    .argument('[version]', 'how it begins; without it the one in force')
    .option('--json', 'one JSON object')
    .action(async (version: string | undefined, flags: Whose & { readonly json?: boolean }) => {
      process.exitCode = await showVersion(await openStore(flags), version, flags.json === true, screen());
    });
  withChange(
    config
      .command('rollback')
      .description('makes an earlier version the one in force, checked by today’s rules')
      .argument('<version>', 'how it begins'),
  ).action(async (version: string, flags: PushFlags & Whose) => {
    process.exitCode = await rollback(await openStore(flags), version, flags, screen());
  });
}

function withChange(command: Command): Command {
  return withWhose(command)
    .option('--dry-run', 'shows what would change, and changes nothing')
    .option('--by <name>', "who brings it; without it the machine's user")
    .option('--why <text>', 'the reason, for whoever reads the history')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExit 2: the playbooks have errors. Exit 3: it would change something. Exit 4: somebody else was first.',
    );
}

function withWhose(command: Command): Command {
  return command
    .option(
      '--prefix <prefix>',
      'of the installation; without any of these three the bucket that the environment names',
    )
    .option('--region <region>', 'where it is; without it that of the environment')
    .option('--endpoint <address>', "in place of Alibaba Cloud's own addresses");
}

import type { Command } from 'commander';
import { withSaid, type Said } from '../said';
import { openScreen } from '../screen';
import { freezeVerb, unfreezeVerb, type Freezing } from './freeze';
import { closeBreakerVerb, resetPoolVerb } from './let-go-on';

/** Verbs that stop work, or let it go on, for more than one run. */
export function addStopCommands(program: Command): void {
  const screen = () => openScreen(process.stdout);
  withSaid(
    program
      .command('freeze')
      .description('stops planned work; what has not passed its commit point is put back and waits')
      .option('--pool <name>', 'of this pool only')
      .option('--hard', 'emergencies too')
      .option('--now', 'behind the call under way, putting nothing back and finishing nothing')
      .option('--until <time>', 'when it ends by itself: ISO 8601 with its zone, or such as 2h')
      .option('--playbooks <dir>', 'folder of playbooks, for the names of the pools'),
  ).action(async (options: Freezing) => {
    process.exitCode = await freezeVerb(options, screen());
  });
  withSaid(
    program
      .command('unfreeze')
      .description('lets frozen work go on')
      .option('--pool <name>', 'of this pool, if it was frozen alone'),
  ).action(async (options: Said & { readonly pool?: string }) => {
    process.exitCode = await unfreezeVerb(options, screen());
  });
  withSaid(
    program.command('close-breaker').description('lets planned work begin again after too many runs failed'),
  ).action(async (options: Said) => {
    process.exitCode = await closeBreakerVerb(options, screen());
  });
  withSaid(
    program
      .command('reset-pool')
      .description('lets a pool go on that stopped because a run of it failed')
      .argument('<pool>', 'its name'),
  ).action(async (pool: string, options: Said) => {
    process.exitCode = await resetPoolVerb(pool, options, screen());
  });
}

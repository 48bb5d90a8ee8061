import type { Command } from 'commander';
import { openScreen } from '../screen';
import { skipWord, speak, type Said } from './speak';

const words = [
  ['pause', 'stops a run where it stands, until it is resumed'],
  ['resume', 'lets a run that holds go on where it stood'],
  ['retry', 'the same, after what stood in the way was mended'],
  ['cancel', 'gives a run up: before the commit point everything is put back'],
] as const;

const permission =
  '\nThe word, who said it and why stand in the journal of the run. On a real account whoever may write to the\nbucket of the journals and to the queue may speak: RAM decides, not this command.';

/** `runs …`: looking at runs, and speaking to them. */
export function addRunsCommands(program: Command): void {
  const runs = program.command('runs').description('looks at runs and speaks to them');
  for (const [kind, description] of words) {
    withSaid(
      runs.command(kind).description(description).argument('<run>', 'its id, or how that begins'),
    ).action(async (run: string, said: Said) => {
      const screen = openScreen(process.stdout);
      process.exitCode = await speak(run, said, (_run, who) => ({ kind, ...who }), screen);
    });
  }
  withSaid(
    runs
      .command('skip')
      .description('lets a run go on without the step at which it stands')
      .argument('<run>', 'its id, or how that begins')
      .argument('<step>', 'id of the step, so that no other one is meant'),
  ).action(async (run: string, step: string, said: Said) => {
    const screen = openScreen(process.stdout);
    process.exitCode = await speak(run, said, (plan, who) => skipWord(plan, step, who), screen);
  });
}

/** Every word has a reason and somebody who says it. */
function withSaid(command: Command): Command {
  return command
    .requiredOption('--why <text>', 'the reason, for the journal and whoever reads it')
    .option('--by <name>', "who says it; without it the machine's user")
    .option('--json', 'one JSON object')
    .addHelpText('after', permission);
}

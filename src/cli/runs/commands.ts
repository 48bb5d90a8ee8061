import type { Command } from 'commander';
import { withSaid, type Said } from '../said';
import { openScreen } from '../screen';
import { skipWord, speak } from './speak';

const words = [
  ['pause', 'stops a run where it stands, until it is resumed'],
  ['resume', 'lets a run that holds go on where it stood'],
  ['retry', 'the same, after what stood in the way was mended'],
  ['cancel', 'gives a run up: before the commit point everything is put back'],
] as const;

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

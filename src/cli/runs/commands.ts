import type { Command } from 'commander';
import { withSaid, type Said } from '../said';
import { openScreen } from '../screen';
import { listRuns, type Listing } from './list';
import { showRun } from './show';
import { answerWord, skipWord, speak } from './speak';
import { watchRuns } from './watch';

const words = [
  ['pause', 'stops a run where it stands, until it is resumed'],
  ['resume', 'lets a run that holds go on where it stood'],
  ['retry', 'the same, after what stood in the way was mended'],
  ['cancel', 'gives a run up: before the commit point everything is put back'],
] as const;

/** `runs …`: looking at runs, and speaking to them. */
export function addRunsCommands(program: Command): void {
  const runs = program.command('runs').description('looks at runs and speaks to them');
  addLooks(runs);
  addAnswers(program);
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

function addLooks(runs: Command): void {
  const screen = () => openScreen(process.stdout);
  runs
    .command('list')
    .description('the runs under way, and the freezes that hold')
    .option('--all', 'those that ended too')
    .option('--held', 'only those that wait for a person')
    .option('--json', 'one JSON object')
    .action(async (options: Listing) => {
      process.exitCode = await listRuns(options, screen());
    });
  runs
    .command('show')
    .description('what a run is, where it stands, what happened, and what can be said to it')
    .argument('<run>', 'its id, or how that begins')
    .option('--json', 'one JSON object')
    .action(async (run: string, { json = false }: { json?: boolean }) => {
      process.exitCode = await showRun(run, json, screen());
    });
  runs
    .command('watch')
    .description('tells what runs do while they do it, until they are over or you press Ctrl-C')
    .argument('[run]', 'its id, or how that begins; without it every run under way')
    .option('--json', 'one JSON object a line')
    .action(async (run: string | undefined, { json = false }: { json?: boolean }) => {
      process.exitCode = await watchRuns(run, json, screen());
    });
}

function addAnswers(program: Command): void {
  const answers = [
    ['approve', 'says yes to the plan of a run that asks for it'],
    ['reject', 'says no to it; what was done is put back'],
  ] as const;
  for (const [kind, description] of answers) {
    withSaid(
      program
        .command(kind)
        .description(description)
        .argument('<run>', 'its id, or how that begins')
        .option('--digest <plan>', 'of the plan that you have seen; another one is not answered'),
    ).action(async (run: string, { digest, ...said }: Said & { readonly digest?: string }) => {
      const screen = openScreen(process.stdout);
      process.exitCode = await speak(
        run,
        said,
        (known, who) => answerWord(known, { kind, digest, who }),
        screen,
      );
    });
  }
}

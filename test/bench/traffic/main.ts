// The bench's own program: `npm run bench:traffic` builds it and starts it.
import { Command, CommanderError, Option } from 'commander';
import { openScreen } from '../../../src/cli/screen';
import { wholeNumber } from '../../storm/numbers';
import { kinds, type Kind } from './balancers';
import { progressOn } from './progress';
import { mistakesIn, tableOf } from './report';
import { manners } from './setting';
import { tell, type Told } from './tell';

interface Options {
  readonly seed: number;
  readonly only?: Kind;
}

const badInput = 2;

async function main(): Promise<number> {
  const program = new Command('bench:traffic')
    .description('real requests through a failover, with a drain and without one: how many are lost')
    .option('--seed <seed>', 'decides which requests are long, and how long', wholeNumber, 1)
    .addOption(new Option('--only <kind>', 'one kind of load balancer').choices(kinds))
    .exitOverride();
  try {
    program.parse();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : badInput;
    throw error;
  }
  return runBench(program.opts<Options>());
}

/** Plays all tellings of every kind and prints what was lost. @returns 1 when that is not as it should be */
async function runBench({ seed, only }: Options): Promise<number> {
  const chosen = only === undefined ? kinds : [only];
  const tellings = chosen.flatMap((kind) => manners.map((manner) => ({ kind, manner, seed })));
  const told: Told[] = [];
  const progress = progressOn(openScreen(process.stderr), tellings.length);
  for (const telling of tellings) {
    told.push(await tell(telling, (seen, now) => progress.flowed(telling, told.length, seen, now)));
  }
  progress.over();
  const screen = openScreen(process.stdout);
  screen.print(tableOf(told));
  const mistakes = told.flatMap(mistakesIn);
  for (const sentence of mistakes) screen.print(screen.paint.red(sentence));
  if (mistakes.length > 0) return 1;
  screen.print(screen.paint.green('a drain that waits loses nothing; every other restart loses requests'));
  return 0;
}

void main().then((code) => {
  process.exitCode = code;
});

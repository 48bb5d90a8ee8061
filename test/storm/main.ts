// The storm's own program: `npm run storm` builds it and starts it. Plain Node is several times faster than jest.
import { Command, CommanderError } from 'commander';
import type { Errand } from './herd';
import { wholeNumber } from './numbers';
import { hunt, runMutants } from './run-mutants';
import { runStorm } from './run-storm';
import { tell, type Told } from './tell';
import { traceSeed } from './trace-seed';

const badInput = 2;

async function main(): Promise<number> {
  const [verb, errand] = process.argv.slice(2);
  if (verb === 'errand') return carryOut(JSON.parse(errand ?? '') as Errand);
  const program = new Command('storm')
    .description('the real engine on seeded schedules of faults; every promise is checked after every step')
    .option('--seeds <count>', 'how many seeds', wholeNumber, 1000)
    .option('--from <seed>', 'the first of them', wholeNumber, 0)
    .option('--seed <seed>', 'one seed alone', wholeNumber)
    .option('--trace', 'with --seed: step by step, in the story’s own time')
    .option('--mutants', 'take out one safety device at a time: each must be noticed')
    .option('--only <mutant>', 'with --mutants: this one alone')
    .option('--write', 'with --mutants: write the table to docs/storm-mutants.md')
    .exitOverride();
  try {
    program.parse();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : badInput;
    throw error;
  }
  const options = program.opts<Options>();
  if (options.mutants === true) return runMutants(options.write === true, options.only);
  if (options.seed !== undefined) return traceSeed(options.seed, options.trace === true);
  if (options.trace === true) {
    process.stderr.write('--trace: found no --seed; expected the one seed to trace\n');
    return badInput;
  }
  return runStorm(options.from, options.seeds);
}

interface Options {
  readonly seeds: number;
  readonly from: number;
  readonly seed?: number;
  readonly trace?: true;
  readonly mutants?: true;
  readonly only?: string;
  readonly write?: true;
}

/** In a worker: hunts one mutant, or tells every seed of its part and reports each. */
async function carryOut({ seeds: [from, to], part, parts, mutant }: Errand): Promise<number> {
  if (mutant !== undefined) {
    process.send?.(await hunt(mutant));
    process.disconnect?.();
    return 0;
  }
  for (let seed = from + part; seed < to; seed += parts) {
    const told: Told = await tell(seed);
    process.send?.(told);
  }
  process.disconnect?.();
  return 0;
}

void main().then((code) => {
  process.exitCode = code;
});

import Table from 'cli-table3';
import colors from 'picocolors';
import { stepTypes } from '../../src/steps';
import { cores, sendOut } from './herd';
import { callFaults, otherFaults } from './swarm';
import { kindNames } from './kinds';
import { happeningNames } from './happenings';
import { sumCounts, tallyKinds, type Counts, type TallyKind } from './tally';
import type { Told } from './tell';

/** From so many seeds on, everything must have been exercised. */
const enoughSeeds = 1000;

/** What must not be missing in a long storm, by kind. */
const expected: Readonly<Partial<Record<TallyKind, readonly string[]>>> = {
  fault: [...callFaults, ...otherFaults, ...happeningNames, 'message-dead'],
  event: kindNames,
  step: [...stepTypes.keys()],
  signal: [
    'event-changed',
    'approve',
    'reject',
    'pause',
    'resume',
    'cancel',
    'retry',
    'skip',
    'freeze',
    'unfreeze',
    'yield',
  ],
  outcome: ['done', 'withdrawn', 'undone', 'held', 'infeasible'],
};

/** Tells many seeds on all cores and prints what came of it. @returns the exit code */
export async function runStorm(from: number, seeds: number): Promise<number> {
  const began = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - began) / 1e9;
  const tolds: Told[] = [];
  const progress = progressLine(seeds, seconds);
  const parts = cores();
  await sendOut<Told>(
    Array.from({ length: parts }, (_item, part) => ({
      kind: 'storm',
      seeds: [from, from + seeds],
      part,
      parts,
    })),
    (told) => {
      tolds.push(told);
      progress(tolds.length);
    },
  );
  progress(undefined);
  return report(tolds, seconds());
}

function report(tolds: readonly Told[], seconds: number): number {
  const counts = sumCounts(tolds.map((told) => told.counts));
  const broken = tolds.filter(({ violations }) => violations.length > 0).sort((a, b) => a.seed - b.seed);
  const dull = tolds.filter(({ eventful }) => !eventful).length;
  const missing = tolds.length >= enoughSeeds ? missingIn(counts) : [];
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  say(tableOf(counts));
  const steps = tolds.reduce((sum, told) => sum + told.steps, 0);
  const speed = `${(tolds.length / seconds).toFixed(1)} seeds a second`;
  say(`${tolds.length} seeds, ${steps} steps in ${seconds.toFixed(0)} s: ${speed}`);
  say(`${dull} seeds in which nothing happened do not count`);
  for (const { seed, violations, swarm } of broken) {
    for (const { promise, sentence } of violations) say(`${colors.red('broken')}  ${promise}: ${sentence}`);
    say(`        swarm ${JSON.stringify(swarm)}`);
    say(`        npm run storm -- --seed ${seed} --trace`);
  }
  for (const name of missing) say(`${colors.red('never')}   ${name}`);
  if (broken.length === 0 && missing.length === 0) say(colors.green('every promise was kept'));
  return broken.length > 0 || missing.length > 0 ? 1 : 0;
}

function missingIn(counts: Counts): readonly string[] {
  return tallyKinds.flatMap((kind) =>
    (expected[kind] ?? []).filter((name) => (counts[kind][name] ?? 0) === 0).map((name) => `${kind} ${name}`),
  );
}

/** One row a kind; what struck most stands first. */
function tableOf(counts: Counts): string {
  const style = { head: [], border: [] };
  const table = new Table({ head: ['', 'exercised'], colWidths: [10, 100], wordWrap: true, style });
  for (const kind of tallyKinds) {
    const rows = Object.entries(counts[kind]).sort(([, a], [, b]) => b - a);
    if (rows.length > 0) table.push([kind, rows.map(([name, count]) => `${name} ${count}`).join(', ')]);
  }
  return table.toString();
}

/** One line that is written over on a terminal, or one every ten seconds elsewhere. */
function progressLine(total: number, seconds: () => number): (done: number | undefined) => void {
  let last = 0;
  const everySeconds = process.stderr.isTTY ? 0.2 : 10;
  return (done) => {
    if (done === undefined) {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      return;
    }
    if (seconds() - last < everySeconds) return;
    last = seconds();
    const line = `${done} of ${total} seeds, ${(done / seconds()).toFixed(1)} a second`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
}

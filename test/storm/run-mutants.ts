import { readFileSync, writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { sendOut } from './herd';
import { mutants } from './mutants';
import { promises } from './promises';
import { tell } from './tell';

/** Within so many stories in which it can show, every mutant must be caught. */
const mostSeeds = 2000;
const page = 'docs/storm-mutants.md';

/** What became of one mutant. */
export interface Caught {
  readonly mutant: string;
  /** How many seeds it took; undefined when it got through all of them. */
  readonly seeds?: number;
  readonly seed?: number;
  readonly promise?: string;
  readonly sentence?: string;
}

/** Lets the storm find every mutant, prints the table, and writes it to the docs if wanted. @returns the exit code */
export async function runMutants(write: boolean, only?: string): Promise<number> {
  const chosen = mutants.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) {
    const known = mutants.map(({ name }) => name).join(', ');
    process.stderr.write(`--only: found "${only}"; expected one of ${known}\n`);
    return 2;
  }
  const caught: Caught[] = [];
  await sendOut<Caught>(
    chosen.map(({ name }) => ({ kind: 'mutant', seeds: [0, mostSeeds], part: 0, parts: 1, mutant: name })),
    (one) => {
      caught.push(one);
      const how =
        one.seeds === undefined ? 'NOT CAUGHT' : `${one.seeds} seeds, ${one.promise}: ${one.sentence}`;
      process.stderr.write(`${one.mutant}: ${how}\n`);
    },
  );
  const rows = chosen.map(({ name, sentence }) => ({
    ...caught.find(({ mutant }) => mutant === name),
    name,
    missing: sentence,
  }));
  const head = ['mutant', 'what is missing', 'seeds', 'promise broken'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { name, missing, seeds, promise } of rows) {
    table.push([name, missing, seeds ?? 'not caught', promise ?? '']);
  }
  process.stdout.write(`${table.toString()}\n`);
  if (write) writePage(rows);
  return rows.every(({ seeds }) => seeds !== undefined) ? 0 : 1;
}

/** In a worker: seeds one after the other, until one breaks a promise. */
export async function hunt(name: string): Promise<Caught> {
  const mutant = mutants.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`no mutant ${name}`);
  const { among = () => true } = mutant;
  for (let seed = 0, tried = 0; tried < mostSeeds; seed += 1) {
    if (!among(seed)) continue;
    tried += 1;
    const [broken] = (await tell(seed, { mutant })).violations;
    if (broken !== undefined) {
      return { mutant: name, seeds: tried, seed, promise: broken.promise, sentence: broken.sentence };
    }
  }
  return { mutant: name };
}

interface Row extends Partial<Caught> {
  readonly name: string;
  readonly missing: string;
}

const begin = '<!-- table: npm run storm:mutants -- --write -->';
const end = '<!-- end of table -->';

function writePage(rows: readonly Row[]): void {
  const lines = rows.map(
    ({ name, missing, seeds, promise }) =>
      `| ${name} | ${missing} | ${seeds ?? 'not caught'} | ${promises.find((one) => one.name === promise)?.sentence ?? promise ?? ''} |`,
  );
  const table = [
    '| mutant | what is missing | seeds | promise broken |',
    '| --- | --- | --- | --- |',
    ...lines,
  ];
  const text = readFileSync(page, 'utf8');
  const [head = ''] = text.split(begin);
  const [, tail = ''] = text.split(end);
  writeFileSync(page, `${head}${begin}\n\n${table.join('\n')}\n\n${end}${tail}`);
}

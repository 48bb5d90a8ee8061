import { machine } from '../../connect';
import type { World } from '../../engine/ports';
import { connectToAccount } from '../account';
import { barOf } from '../bar';
import { exits } from '../exits';
import type { Screen } from '../screen';
import { sayHere } from '../times';
import { auditLine } from './audit';
import { findRun, readRun, type ReadRun } from './find-run';
import { lastSentence, placeOf, stateOf } from './state';

const everyMs = 2_000;

/** Tells what runs do while they do it, until the one that was named is over, or none is left. Answers the exit code. */
export async function watchRuns(text: string | undefined, json: boolean, screen: Screen): Promise<number> {
  const told = new Map<string, number>();
  let named: string | undefined;
  for (;;) {
    const { world } = await connectToAccount();
    named ??= text === undefined ? undefined : (await findRun(world, text)).run.id;
    const ids = named === undefined ? await openIds(world, told) : [named];
    const runs = (await Promise.all(ids.map((id) => readRun(world, id)))).filter((one) => one !== undefined);
    for (const one of runs) tellNews(one, told, json, screen);
    const going = runs.filter(({ run }) => run.phase.kind !== 'ended');
    if (going.length === 0) return exits.good;
    screen.status([
      screen.paint.bold(sayHere(world.now())),
      ...going.map((one) => sayProgress(one, screen.paint)),
    ]);
    await machine.pause(everyMs);
  }
}

/** Runs under way, and those that were seen before and may have ended since. */
async function openIds({ openRuns }: World, told: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const open = (await openRuns.list()).map(({ runId }) => runId);
  return [...new Set([...open, ...told.keys()])];
}

export function tellNews(
  { run, tail }: ReadRun,
  told: Map<string, number>,
  json: boolean,
  screen: Screen,
): void {
  const from = told.get(run.id) ?? 0;
  for (const entry of tail.entries.filter(({ start }) => start >= from)) {
    const { at, who, what } = auditLine(entry);
    const line = `${sayHere(at)}  ${run.id}  ${who === '' ? what : `${who}: ${what}`}`;
    screen.print(json ? JSON.stringify({ run: run.id, at, who, what }) : line);
  }
  told.set(run.id, tail.end);
}

export function sayProgress(read: ReadRun, paint: Screen['paint']): string {
  const { run } = read;
  const bar = paint.cyan(barOf({ step: run.step, steps: run.plan.steps.length }));
  return `${run.id}  ${bar} ${stateOf(read)}  ${placeOf(run)}  ${lastSentence(read)}`;
}

import { freezesNow } from '../../engine/freeze';
import type { World } from '../../engine/ports';
import { runJournal } from '../../engine/run-journal';
import { connectToAccount } from '../account';
import { exits } from '../exits';
import { table, type Screen } from '../screen';
import { sayFreezeHere } from '../stops/say';
import { sayHere } from '../times';
import { readRun, type ReadRun } from './find-run';
import { lastSentence, paintState, placeOf, stateOf, waitsForSomeone } from './state';

export interface Listing {
  readonly all?: boolean;
  readonly held?: boolean;
  readonly json?: boolean;
}

/** The runs under way, or all there ever were. Answers the exit code. */
export async function listRuns(
  { all = false, held = false, json }: Listing,
  screen: Screen,
): Promise<number> {
  const { world } = await connectToAccount();
  const [found, freezes] = await Promise.all([readRuns(world, all), freezesNow(world)]);
  const runs = found.filter((one) => !held || waitsForSomeone(one));
  if (json === true) {
    screen.print(JSON.stringify({ runs: runs.map(toJson), freezes }));
    return exits.good;
  }
  for (const freeze of freezes) screen.print(screen.paint.yellow(sayFreezeHere(freeze)));
  if (runs.length === 0) screen.print(held ? 'no run waits for a person' : sayNone(all));
  else
    screen.print(
      table(
        runs.map((one) => rowOf(one, screen.paint)),
        head,
      ),
    );
  return exits.good;
}

const head = ['run', 'instance', 'event', 'pool', 'state', 'step', 'since', ''];

async function readRuns(world: World, all: boolean): Promise<readonly ReadRun[]> {
  const ids = all
    ? (await world.journals.names(runJournal(''))).map((name) => name.slice(runJournal('').length))
    : (await world.openRuns.list()).map(({ runId }) => runId);
  const runs = await Promise.all(ids.map((id) => readRun(world, id)));
  return runs
    .filter((one) => one !== undefined)
    .filter(({ run }) => all || run.phase.kind !== 'ended')
    .toSorted((a, b) => a.run.startedAt - b.run.startedAt || (a.run.id < b.run.id ? -1 : 1));
}

function rowOf(read: ReadRun, paint: Screen['paint']): readonly string[] {
  const { id, event, plan, startedAt } = read.run;
  return [
    id,
    plan.target.instanceId,
    event.code,
    plan.pool,
    paintState(stateOf(read), paint),
    placeOf(read.run),
    sayHere(startedAt),
    lastSentence(read),
  ];
}

/** Instants are milliseconds since 1970. */
function toJson(read: ReadRun): object {
  const { id, event, plan, phase, startedAt, endedAt = null } = read.run;
  return {
    id,
    state: stateOf(read),
    instance: plan.target.instanceId,
    event: event.id,
    code: event.code,
    playbook: plan.playbook,
    pool: plan.pool,
    step: placeOf(read.run).split(' ')[1] ?? null,
    reason: ('reason' in phase && phase.reason) || null,
    says: lastSentence(read),
    startedAt,
    endedAt,
  };
}

function sayNone(all: boolean): string {
  return all
    ? 'there has never been a run'
    : 'no run is under way; see those that ended: ecs-failover runs list --all';
}

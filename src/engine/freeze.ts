import type { Millis } from '../event/system-event';
import { isEmergency } from '../run/emergency';
import {
  freezesAt,
  freezesJournal,
  readFreezeLines,
  stops,
  type Freeze,
  type FreezeLine,
  type Lifted,
} from '../run/freezes';
import { shortHash } from '../run/hash';
import type { Run, Signal } from '../run/run';
import { eachApart } from './each-apart';
import { note } from './noted';
import type { World } from './ports';
import { parkedIn, runIn, type Tail } from './run-journal';
import { appendWord, isGoing, wake } from './tell';

interface Told {
  /** Runs that were told. */
  readonly runs: readonly string[];
  /** Why some could not be told; the next sweep tells them. */
  readonly trouble?: string;
}

/** Stops planned work of a pool, or of all, and tells every run under way. */
export async function freeze(
  world: World,
  asked: Omit<Freeze, 'id' | 'at'>,
): Promise<Told & { readonly freeze: Freeze }> {
  const at = world.now();
  const id = shortHash(JSON.stringify([world.worker, at, asked]), 12);
  const frozen: Freeze = { id, at, ...asked };
  await note(world.journals, freezesJournal, () => ({ kind: 'frozen', ...frozen }));
  return { freeze: frozen, ...(await tell(world)) };
}

/** Ends the freezes that hold for exactly this pool, or for all; none of them is no error. */
export async function unfreeze(
  world: World,
  { pool, by, why }: Pick<Freeze, 'pool' | 'by' | 'why'>,
): Promise<Told & { readonly lifted: readonly Freeze[] }> {
  const at = world.now();
  const meant = (await freezesNow(world)).filter((one) => one.pool === pool);
  if (meant.length === 0) return { lifted: [], runs: [] };
  const line: Lifted = { kind: 'lifted', at, freezes: meant.map(({ id }) => id), by, why };
  await note(world.journals, freezesJournal, () => line);
  return { lifted: meant, ...(await tell(world)) };
}

/** The freezes that hold now. */
export async function freezesNow(world: World): Promise<readonly Freeze[]> {
  return freezesAt(await readLines(world), world.now());
}

/**
 * Tells every open run of the freezes that it has not heard of, or of their end. Whoever froze may have died before
 * it told everybody, so the sweep does it again.
 *
 * @throws AggregateError when some could not be told, after all others were
 */
export async function tellEverybody(world: World, told: (runId: string) => void = () => {}): Promise<void> {
  const lines = await readLines(world);
  if (lines.length === 0) return;
  await eachApart(await world.openRuns.list(), async ({ runId }) => {
    const wordFor = (tail: Tail) => freezeWord(tail, lines, world.now());
    const { said, tail } = await appendWord(world, runId, 'word on freezes', wordFor);
    if (said === undefined) return;
    await wake(world, runId, tail);
    told(runId);
  });
}

async function tell(world: World): Promise<Told> {
  const runs: string[] = [];
  try {
    await tellEverybody(world, (runId) => runs.push(runId));
    return { runs };
  } catch (error) {
    return { runs, trouble: String(error) };
  }
}

async function readLines({ journals }: World): Promise<readonly FreezeLine[]> {
  return readFreezeLines((await journals.read(freezesJournal, 0)).lines);
}

/**
 * What a run must be told about freezes, from its journal; undefined when it knows. A run that began after a
 * freeze sees it before it does anything, and needs no word.
 */
function freezeWord(tail: Tail, lines: readonly FreezeLine[], now: Millis): Signal | undefined {
  const run = isGoing(tail) ? runIn(tail) : undefined;
  // Nobody carries a parked run on, and any word would make somebody try.
  if (run === undefined || parkedIn(tail) !== undefined) return undefined;
  const words = tail.entries.flatMap((entry) => (entry.kind === 'signal' ? [entry.signal] : []));
  const heard = words.flatMap((word) => (word.kind === 'freeze' ? [word.id] : []));
  const scope = { pool: run.plan.pool, urgent: isEmergency(run) };
  const active = freezesAt(lines, now).filter((one) => stops(one, scope));
  const news = active.find(({ id, at }) => !heard.includes(id) && at >= run.startedAt);
  if (news !== undefined) {
    const { id, hard, now: atOnce, until, by, why } = news;
    return { kind: 'freeze', id, hard, now: atOnce, ...(until !== undefined && { until }), by, why };
  }
  const last = words.findLast(({ kind }) => kind === 'freeze' || kind === 'unfreeze');
  const stopped = isFrozen(run) || !run.committed;
  if (active.length > 0 || last?.kind !== 'freeze' || !stopped) return undefined;
  const lifted = lines.findLast(
    (line) => line.kind === 'lifted' && line.freezes.some((id) => heard.includes(id)),
  );
  return lifted && { kind: 'unfreeze', by: lifted.by, why: lifted.why };
}

function isFrozen({ phase }: Run): boolean {
  if (phase.kind === 'undoing') return phase.then === 'held' && phase.reason.code === 'frozen';
  return phase.kind === 'held' && phase.reason.code === 'frozen';
}

import type { Millis } from '../event/system-event';
import type { Outcome, Signal } from '../run/run';
import { leaseMs } from './act';
import { writeMessage, type Message } from './message';
import type { World } from './ports';
import { lineOf, newestState, parkedIn, planOf, readTail, runJournal, type Tail } from './run-journal';

/** A word that has somebody who says it, and a reason. */
export type SaidWord = Exclude<Signal, { readonly kind: 'event-changed' | 'later-event' }>;

type TellEnd =
  | { readonly kind: 'told' }
  /** There is no such run. */
  | { readonly kind: 'unknown' }
  /** The run has ended: nothing can change it any more. */
  | { readonly kind: 'over'; readonly outcome: Outcome };

/**
 * Says a word to a run: a line in its journal with who, why and when, and a message so that it is taken now. Two
 * people at once are both heard, in the order of their lines. What it changes the run itself decides.
 */
export async function tell(world: World, runId: string, word: SaidWord): Promise<TellEnd> {
  const by = `word of ${word.by}`;
  const { said, tail } = await appendWord(world, runId, by, (now) => (isGoing(now) ? word : undefined));
  if (said !== undefined) {
    await wake(world, runId, tail);
    return { kind: 'told' };
  }
  const phase = newestState(tail)?.state.phase;
  return phase?.kind === 'ended' ? { kind: 'over', outcome: phase.outcome } : { kind: 'unknown' };
}

/**
 * Appends a signal to a run's journal, behind whatever stands there. `wordFor` chooses it from the journal as it
 * is, again after each race that was lost; without a word nothing is appended.
 *
 * @returns what was said, and the journal from its start up to it
 */
export async function appendWord(
  world: World,
  runId: string,
  by: string,
  wordFor: (tail: Tail) => Signal | undefined,
  known?: Tail,
): Promise<{ readonly said: Signal | undefined; readonly tail: Tail }> {
  let tail = known ?? (await readTail(world.journals, runId, 0));
  for (;;) {
    const said = wordFor(tail);
    if (said === undefined) return { said, tail };
    const line = lineOf({ kind: 'signal', at: world.now(), worker: world.worker, by, signal: said });
    const appended = await world.journals.append(runJournal(runId), tail.end, line);
    if (appended.kind === 'appended') return { said, tail };
    tail = await readTail(world.journals, runId, 0);
  }
}

/** Sends a message of the run's newest state, to be looked at now. The tail must begin at the journal's start. */
export async function wake(world: World, runId: string, tail: Tail): Promise<void> {
  const newest = newestState(tail);
  const plan = planOf(tail);
  if (newest === undefined || plan === undefined)
    throw new Error(`journal of ${runId}: no line starts the run`);
  const message: Message = {
    run: { ...newest.state, plan },
    position: newest.position,
    refusals: 0,
    markedAt: 0,
  };
  await world.queue.send([{ body: writeMessage(message), delaySeconds: 0 }]);
}

/** True from the run's first line until its end. */
export function isGoing(tail: Tail): boolean {
  const newest = newestState(tail);
  return newest !== undefined && newest.state.phase.kind !== 'ended';
}

/** A word that nobody has taken for longer than an act can last: whoever said it died before waking the run. */
export function isUnheard(tail: Tail, now: Millis): boolean {
  return untaken(tail).some(({ at }) => now - at > leaseMs);
}

/** True while a word stands in the journal that the newest state has not taken. */
export function hasUntakenSignal(tail: Tail): boolean {
  return untaken(tail).length > 0;
}

/** The words that the run takes at its next hop. */
export function untakenWords(tail: Tail): readonly Signal[] {
  return untaken(tail).flatMap((entry) => (entry.kind === 'signal' ? [entry.signal] : []));
}

function untaken(tail: Tail): Tail['entries'] {
  if (parkedIn(tail) !== undefined) return [];
  const position = newestState(tail)?.position ?? 0;
  return tail.entries.filter(({ kind, start }) => kind === 'signal' && start >= position);
}

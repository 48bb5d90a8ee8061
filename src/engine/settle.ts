import type { Millis } from '../event/system-event';
import type { Decision, Facts, Run } from '../run/run';
import { noteFailure } from './breaker';
import type { Message } from './message';
import type { World } from './ports';
import { lineOf, onlySignalsBehind, readTail, runJournal, stateOf, type Tail } from './run-journal';

export type HopEnd =
  /** Look again at `at`; `message` is the run's state by then. */
  | {
      readonly kind: 'again';
      readonly message: Message;
      readonly at: Millis;
      readonly note: string;
      /** What people are to be told. */
      readonly notice?: string;
      /** The step type that acted in this hop. */
      readonly acted?: string;
    }
  /** Nothing is left to do. */
  | { readonly kind: 'over'; readonly message: Message; readonly note: string; readonly notice?: string }
  /** This copy of the message is old; another one carries the run on. */
  | { readonly kind: 'stale' };

/** What one hop works with. `run` has the facts of an unfinished claim in it. */
export interface Work {
  readonly world: World;
  readonly message: Message;
  readonly by: string;
  readonly tail: Tail;
  readonly run: Run;
}

/** Records a decision that changed the run, and says what comes next. */
export async function settle(work: Work, decision: Decision, refusals: number): Promise<HopEnd> {
  const { world, message, run } = work;
  if (decision.run.revision === run.revision) {
    return {
      kind: 'again',
      message: { ...message, refusals },
      at: decision.again ?? world.now(),
      note: decision.note,
    };
  }
  await noteFailure(world, run, decision.run);
  const position = await record(work, decision);
  if (position === undefined) return { kind: 'stale' };
  const { again = world.now(), note, notice } = decision;
  const end = follow({ ...message, run: decision.run, position, refusals: 0 }, again, note);
  return { ...end, ...(notice !== undefined && { notice }) };
}

/**
 * Appends the new state. Signals that came first are taken at the next hop, so the state's position stays in
 * front of them.
 *
 * @returns the position a message of this state carries; undefined when another worker moved the run on
 */
async function record({ world, tail, by }: Work, { run, note }: Decision): Promise<number | undefined> {
  const { worker } = world;
  const state = stateOf(run);
  const recorded = await appendBehindSignals(world, run.id, tail.end, (from) =>
    lineOf({
      kind: 'revision',
      at: world.now(),
      worker,
      by,
      note,
      ...(from !== undefined && { from }),
      state,
    }),
  );
  return recorded && (recorded.from ?? recorded.position);
}

/**
 * Appends a line, behind signals if they came first; `from` is then where they begin.
 *
 * @returns undefined when anything but signals came first
 */
export async function appendBehindSignals(
  { journals }: World,
  runId: string,
  end: number,
  lineFrom: (from?: number) => string,
): Promise<{ readonly position: number; readonly from?: number } | undefined> {
  let position = end;
  let from: number | undefined;
  for (;;) {
    const appended = await journals.append(runJournal(runId), position, lineFrom(from));
    if (appended.kind === 'appended') return { position: appended.position, from };
    const behind = await readTail(journals, runId, position);
    if (!onlySignalsBehind(behind, position)) return undefined;
    from ??= position;
    position = behind.end;
  }
}

export function follow(message: Message, at: Millis, note: string): HopEnd {
  return message.run.phase.kind === 'ended'
    ? { kind: 'over', message, note }
    : { kind: 'again', message, at, note };
}

/** The run with facts of one step added. */
export function withFacts(run: Run, step: string, facts: Facts): Run {
  return { ...run, facts: { ...run.facts, [step]: { ...run.facts[step], ...facts } } };
}

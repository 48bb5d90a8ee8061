import * as z from 'zod';
import type { Millis } from '../../event/system-event';
import { handsOff } from '../../run/go-on';
import type { Reach } from '../define-step';

const Reason = z.object({ code: z.string(), sentence: z.string() });

const Phase = z.object({
  kind: z.enum(['forward', 'climbing', 'undoing', 'held', 'ended']),
  reason: Reason.optional(),
});
const StateLine = z.object({
  state: z.object({ phase: Phase, step: z.number(), stepSince: z.number(), committed: z.boolean() }),
});
const KindLine = z.object({ kind: z.string() });
const StartedLine = z.object({
  kind: z.literal('started'),
  plan: z.object({ steps: z.array(z.object({ use: z.string() })) }),
});

/** What another run's journal says of it. */
export interface RunView {
  readonly phase: z.output<typeof Phase>;
  readonly committed: boolean;
  /** Set aside with a bug: nobody carries it on until a person says a word. */
  readonly parked: boolean;
  /** The step type it stands at, and since when. */
  readonly use?: string;
  readonly since: Millis;
}

/** The newest state of another run; undefined when its journal was never begun. */
export async function viewRun(journals: Reach['journals'], run: string): Promise<RunView | undefined> {
  const { lines } = await journals.read(`runs/${run}`, 0);
  const started = StartedLine.safeParse(JSON.parse(lines[0] ?? 'null')).data;
  let parked: boolean | undefined;
  for (const text of lines.toReversed()) {
    const read: unknown = JSON.parse(text);
    const { kind } = KindLine.parse(read);
    if (kind === 'parked' || kind === 'signal') parked ??= kind === 'parked';
    const line = StateLine.safeParse(read).data;
    if (line === undefined) continue;
    const { phase, committed, step, stepSince: since } = line.state;
    return { phase, committed, parked: parked ?? false, since, use: started?.plan.steps[step]?.use };
  }
  return undefined;
}

/** Proof that the run needs nothing any more. */
export function hasEnded(view: RunView | undefined): boolean {
  return view?.phase.kind === 'ended';
}

const inLine = new Set(['join-line', 'await-window', 'take-slot']);
/** Within this time a run that is not waiting for anything has gone on to its next step. */
const passingMs = 3 * 60_000;

/** True for a run that takes its turn in a line when it comes; one without a journal is about to begin. */
export function takesTurn(view: RunView | undefined, now: Millis): boolean {
  if (view === undefined) return true;
  if (view.parked) return false;
  const waitsElsewhere = !inLine.has(view.use ?? '') && now - view.since > passingMs;
  return view.phase.kind === 'forward' && !waitsElsewhere;
}

/** Why the run waits for a person who must mend something; undefined when it does not. */
export function failureOf(view: RunView | undefined): string | undefined {
  if (view?.phase.kind !== 'held' || view.phase.reason === undefined) return undefined;
  return handsOff({ kind: 'held', reason: view.phase.reason }) ? undefined : view.phase.reason.code;
}

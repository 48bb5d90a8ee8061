import * as z from 'zod';
import { eventStatuses, type Millis } from '../event/system-event';
import type { Facts, Plan, Run, Signal } from '../run/run';
import type { Journals } from './ports';

/** A run without its plan: what changes from revision to revision. */
export type RunState = Omit<Run, 'plan'>;

const SystemEventLine = z.looseObject({
  id: z.string(),
  code: z.string(),
  status: z.enum(eventStatuses),
  account: z.string(),
  region: z.string(),
  instanceId: z.string(),
});
const StateLine = z.looseObject({ id: z.string(), revision: z.number(), event: SystemEventLine });

const said = { by: z.string(), why: z.string() };
const SignalLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['event-changed', 'later-event']), event: SystemEventLine }),
  z.object({ kind: z.enum(['approve', 'reject']), digest: z.string(), ...said }),
  z.object({ kind: z.enum(['pause', 'resume', 'retry', 'cancel', 'unfreeze']), ...said }),
  z.object({ kind: z.literal('skip'), step: z.string(), ...said }),
  z.object({
    kind: z.literal('freeze'),
    id: z.string().optional(),
    hard: z.boolean(),
    now: z.boolean(),
    until: z.number().optional(),
    ...said,
  }),
  z.object({ kind: z.literal('yield'), to: z.string(), ...said }),
]);

/** The lines of a run's journal. It is the run's audit trail: a person reads it too. */
const Line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    at: z.number(),
    worker: z.string(),
    by: z.string(),
    plan: z.looseObject({}),
    state: StateLine,
  }),
  z.object({
    kind: z.literal('revision'),
    at: z.number(),
    worker: z.string(),
    /** The message that was being handled: whoever handles it again after a crash sends the successor again. */
    by: z.string(),
    note: z.string(),
    /** Where signals begin that this revision has not taken yet; absent when it took all. */
    from: z.number().optional(),
    state: StateLine,
  }),
  z.object({
    kind: z.literal('claimed'),
    at: z.number(),
    worker: z.string(),
    by: z.string(),
    revision: z.number(),
    step: z.string(),
    until: z.number(),
    facts: z.record(z.string(), z.unknown()),
  }),
  /**
   * released: a claimed act left nothing in the world. parked: a bug set the run's message aside, and until a
   * signal comes nobody carries the run on. revived: the queue had set it aside, and another one was sent.
   */
  z.object({
    kind: z.enum(['released', 'parked', 'revived']),
    at: z.number(),
    worker: z.string(),
    by: z.string(),
    revision: z.number(),
    reason: z.string(),
    /** Of a release: some of the act's calls were made, and what the claim remembers still counts. */
    kept: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('signal'),
    at: z.number(),
    worker: z.string(),
    by: z.string(),
    signal: SignalLine,
  }),
]);
type Line = z.output<typeof Line>;

/** A line as the engine writes it; reading checks no more of states and plans than it needs. */
type Written =
  | Extract<Line, { kind: 'claimed' } | { kind: 'released' | 'parked' | 'revived' }>
  | (Omit<Extract<Line, { kind: 'started' }>, 'plan' | 'state'> & {
      readonly plan: Plan;
      readonly state: RunState;
    })
  | (Omit<Extract<Line, { kind: 'revision' }>, 'state'> & { readonly state: RunState })
  | (Omit<Extract<Line, { kind: 'signal' }>, 'signal'> & { readonly signal: Signal });

type Entry = Line & { readonly start: number; readonly end: number };

/** What stands in a run's journal behind a position. */
export interface Tail {
  readonly entries: readonly Entry[];
  readonly end: number;
}

/** A claim that nobody finished: somebody is acting, or died acting. */
export interface OpenClaim {
  readonly until: Millis;
  /** Of all unfinished claims of the revision. Each was made knowing the ones before, so the newest counts. */
  readonly facts: Facts;
}

/** Name of a run's journal. */
export function runJournal(runId: string): string {
  return `runs/${runId}`;
}

/**
 * Reads a run's journal from a position on.
 *
 * @throws Error naming journal and line when a line is not one of ours
 */
export async function readTail(journals: Journals, runId: string, position: number): Promise<Tail> {
  const name = runJournal(runId);
  const { lines, position: end } = await journals.read(name, position);
  let start = position;
  const entries = lines.map((text, index) => {
    const parsed = Line.safeParse(JSON.parse(text));
    if (!parsed.success) {
      throw new Error(
        `journal ${name}, line ${index + 1} behind ${position}: ${z.prettifyError(parsed.error)}`,
      );
    }
    const entry = { ...parsed.data, start, end: start + Buffer.byteLength(text) + 1 };
    start = entry.end;
    return entry;
  });
  return { entries, end };
}

/** A state as it stands in a journal, with the message that led to it and the position that a message of it carries. */
export interface Newest {
  readonly state: RunState;
  readonly by: string;
  readonly position: number;
}

/** The newest state in the tail. */
export function newestState(tail: Tail): Newest | undefined {
  const entry = tail.entries.findLast((one) => one.kind === 'revision' || one.kind === 'started');
  if (entry === undefined || (entry.kind !== 'revision' && entry.kind !== 'started')) return undefined;
  const from = entry.kind === 'revision' ? entry.from : undefined;
  return { state: entry.state as unknown as RunState, by: entry.by, position: from ?? entry.end };
}

/** The plan, from a tail that begins at the journal's start. */
export function planOf(tail: Tail): Plan | undefined {
  const started = tail.entries.find((entry) => entry.kind === 'started');
  return started?.kind === 'started' ? (started.plan as unknown as Plan) : undefined;
}

/** The run as the tail has it last, from a tail that begins at the journal's start. */
export function runIn(tail: Tail): Run | undefined {
  const [newest, plan] = [newestState(tail), planOf(tail)];
  return newest && plan && { ...newest.state, plan };
}

/**
 * Unfinished claims of a revision, taken together. A claim that was released left nothing in the world,
 * unless some of its calls were made: then nobody is waited for, and what it remembers still counts.
 */
export function openClaim(tail: Tail, revision: number): OpenClaim | undefined {
  const open: { until: Millis; facts: Facts }[] = [];
  for (const entry of tail.entries) {
    if (entry.kind === 'claimed' && entry.revision === revision) open.push(entry);
    if (entry.kind !== 'released' || entry.revision !== revision) continue;
    const released = open.pop();
    if (entry.kept === true && released !== undefined) open.push({ ...released, until: entry.at });
  }
  const newest = open.at(-1);
  if (newest === undefined) return undefined;
  return {
    until: newest.until,
    facts: Object.assign({}, ...open.map(({ facts }) => facts)) as Facts,
  };
}

/** Signals in the tail, oldest first. A message's position is behind every signal its state has taken. */
export function signalsIn(tail: Tail): readonly Signal[] {
  return tail.entries.flatMap((entry) => (entry.kind === 'signal' ? [entry.signal] : []));
}

const asides: readonly string[] = ['signal', 'parked', 'revived'];

/** True when nothing but signals and asides stands behind `position`: they take no part in the race for the next state. */
export function onlySignalsBehind(tail: Tail, position: number): boolean {
  return tail.entries.every((entry) => entry.start < position || asides.includes(entry.kind));
}

/** Why nobody carries the run on, while that is so: a bug, and since then no signal. */
export function parkedIn(tail: Tail): { readonly reason: string; readonly at: Millis } | undefined {
  const last = tail.entries.findLast(({ kind }) => ['parked', 'signal', 'revision'].includes(kind));
  return last?.kind === 'parked' ? last : undefined;
}

/** A line as it is written; `at` and `by` make it unlike any other writer's. */
export function lineOf(line: Written): string {
  return JSON.stringify(line);
}

/** The changing part of a run. */
export function stateOf(run: Run): RunState {
  const { plan, ...state } = run;
  return state;
}

import type { World as SimulatedCloud } from '../../simulator/core/world';
import type { LogEntry } from '../../src/engine/ports';
import { breakerJournal } from '../../src/run/breaker';
import type { Plan } from '../../src/run/run';
import { foldLedger } from '../../src/steps/slot/fold-ledger';
import type { PoolLine } from '../../src/steps/slot/pool-lines';
import type { Write } from './cloud';
import { runOf } from './queue';
import { placesNamed } from './named';
import type { Place } from './places';
import type { Act, JournalLine, Promised, RunView, Story, Watch } from './story';
import type { Tally } from './tally';

export interface Violation {
  readonly promise: string;
  readonly sentence: string;
  readonly at: number;
}

/** Sees everything that takes effect, keeps the runs as their journals tell them, and shows it to the promises. */
export interface Witness {
  readonly runs: ReadonlyMap<string, RunView>;
  readonly stopped: ReadonlySet<string>;
  readonly onWrite: (write: Write) => () => void;
  readonly onAppend: (key: string, text: string, worker: string) => void;
  readonly onLog: (entry: LogEntry) => void;
  readonly onSent: (body: string) => void;
  readonly afterStep: () => void;
  readonly atEnd: () => void;
  readonly violations: readonly Violation[];
  readonly watch: (story: Story, promises: readonly Promised[]) => void;
  /** The run of the worker's newest claim. */
  readonly claimOf: (worker: string) => { readonly run: string; readonly step: string } | undefined;
}

type Look = { [K in keyof Watch]-?: Parameters<NonNullable<Watch[K]>> };

export function witnessOf(cloud: SimulatedCloud, places: readonly Place[], tally: Tally): Witness {
  const runs = new Map<string, RunView>();
  const claims = new Map<string, { run: string; step: string }>();
  const stopped = new Set<string>();
  const ledgers = new Map<string, PoolLine[]>();
  const violations: Violation[] = [];
  let watches: readonly { readonly name: string; readonly watch: Watch }[] = [];

  const show = <K extends keyof Watch>(kind: K, ...seen: Look[K]) => {
    for (const { name, watch } of watches) {
      const look = watch[kind] as ((...all: Look[K]) => string | undefined) | undefined;
      const broken = look?.(...seen);
      if (broken !== undefined) violations.push({ promise: name, sentence: broken, at: cloud.now });
    }
  };

  return {
    runs,
    stopped,
    violations,
    claimOf: (worker) => claims.get(worker),
    watch: (story, promises) => {
      watches = promises.map(({ name, watch }) => ({ name, watch: watch(story) }));
    },
    onWrite: (write) => {
      const act = actOf(write, cloud, places, runs, claims);
      return () => {
        tally.count('act', act.action);
        for (const { place } of act.weights) {
          if (act.run !== undefined) place.ours = { at: act.at, run: act.run.id };
        }
        show('act', act);
      };
    },
    onAppend: (key, text, worker) => {
      const [, journal] = /^journals\/(.+)\.jsonl$/.exec(key) ?? [];
      if (journal === undefined) return;
      const data = JSON.parse(text) as JournalLine['data'];
      const [, runId] = /^runs\/(.+)$/.exec(journal) ?? [];
      if (runId !== undefined) follow(runs, claims, runId, { at: cloud.now, worker, data }, tally);
      if (runId !== undefined) leaveToPerson(places, runs.get(runId), data, cloud.now);
      if (journal.startsWith('pools/')) noteSlot(runs, data);
      if (journal.startsWith('pools/')) followPool(ledgers, stopped, journal, data);
      if (journal === breakerJournal && data.kind === 'called') stopped.add(journal);
      const run = runId === undefined ? undefined : runs.get(runId);
      show('line', { at: cloud.now, journal, worker, data, ...(run && { run }) });
    },
    onLog: (entry) => {
      const run = entry.run === undefined ? undefined : runs.get(entry.run);
      if (entry.kind === 'call-someone' && run !== undefined) run.called = true;
      show('log', entry);
    },
    onSent: (body) => {
      const run = runs.get(runOf(body));
      if (run?.signalled === true) run.parked = false;
      show('sent', body);
    },
    afterStep: () => show('step'),
    atEnd: () => show('end'),
  };
}

function actOf(
  write: Write,
  cloud: SimulatedCloud,
  places: readonly Place[],
  runs: ReadonlyMap<string, RunView>,
  claims: ReadonlyMap<string, { run: string; step: string }>,
): Act {
  const { action, params, worker } = write;
  const claim = claims.get(worker);
  const run = claim && runs.get(claim.run);
  return {
    at: cloud.now,
    worker,
    action,
    params,
    ...(run && { run, step: claim.step }),
    weights: placesNamed(places, cloud, write).map(({ place, weight }) => ({
      place,
      weight,
      before: place.weight(),
    })),
  };
}

/** A run's journal as it grows. */
function follow(
  runs: Map<string, RunView>,
  claims: Map<string, { run: string; step: string }>,
  runId: string,
  { at, worker, data }: Pick<JournalLine, 'at' | 'worker' | 'data'>,
  tally: Tally,
): void {
  if (data.kind === 'claimed') claims.set(worker, { run: runId, step: String(data['step']) });
  const state = data['state'] as RunView['state'] | undefined;
  const known = runs.get(runId);
  if (known !== undefined && ['parked', 'revision'].includes(data.kind))
    known.parked = data.kind === 'parked';
  if (known !== undefined && ['parked', 'signal'].includes(data.kind))
    known.signalled = data.kind === 'signal';
  if (data.kind === 'signal') {
    const { kind } = data['signal'] as { kind: string };
    tally.count('signal', kind);
  }
  if (state === undefined) return;
  if (known === undefined) {
    const plan = data['plan'] as Plan;
    runs.set(runId, {
      id: runId,
      plan,
      state,
      startedAt: at,
      startedBy: worker,
      called: false,
      holdsSlot: false,
      parked: false,
      skipped: false,
      signalled: false,
      by: String(data['by']),
    });
    return;
  }
  const use = useOf(known);
  if (use !== undefined) tally.count('step', known.state.phase.kind === 'undoing' ? `${use} (undo)` : use);
  if (/ skips /.test(String(data['note']))) known.skipped = true;
  if (state.phase.kind !== known.state.phase.kind) known.called = false;
  known.state = state;
  known.by = String(data['by']);
}

/** The step type that brought the run from its state to the next. */
function useOf({ plan, state }: RunView): string | undefined {
  if (state.phase.kind !== 'climbing' || state.phase.at !== 'rung') return plan.steps[state.step]?.use;
  return plan.ladder?.[state.rungs ?? 0]?.use;
}

/** What a run leaves behind when a person skips a step or gives it up is that person's. */
function leaveToPerson(
  places: readonly Place[],
  run: RunView | undefined,
  { note }: JournalLine['data'],
  at: number,
): void {
  if (run === undefined) return;
  const { phase } = run.state;
  const isTheirs = / skips /.test(String(note)) || (phase.kind === 'ended' && phase.outcome === 'held');
  if (!isTheirs) return;
  for (const place of places) {
    const weight = place.weight();
    if (place.instanceId === run.plan.target.instanceId && weight !== place.original) {
      place.hand = { at, weight, left: true };
    }
  }
}

/** Keeps a pool's ledger, and whether failures have stopped the pool until a person lets it go on. */
function followPool(
  ledgers: Map<string, PoolLine[]>,
  stopped: Set<string>,
  journal: string,
  data: JournalLine['data'],
): void {
  const lines = ledgers.get(journal) ?? [];
  ledgers.set(journal, lines);
  lines.push(data as unknown as PoolLine);
  if (foldLedger(lines).stopped === undefined) stopped.delete(journal);
  else stopped.add(journal);
}

function noteSlot(runs: ReadonlyMap<string, RunView>, data: JournalLine['data']): void {
  const holder = runs.get(String(data['run']));
  if (holder !== undefined && data.kind === 'taken') holder.holdsSlot = true;
  if (holder !== undefined && data.kind === 'returned') holder.holdsSlot = false;
}

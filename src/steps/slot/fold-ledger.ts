import type { Millis } from '../../event/system-event';
import type { PoolLine } from './pool-lines';

export interface SlotHolder {
  readonly run: string;
  readonly instanceId: string;
  readonly zone: string;
  readonly urgent: boolean;
  readonly priority: number;
  readonly canary: boolean;
  readonly stopAfter?: number;
  /** Why it counts as a failure already, although it has its slot. */
  readonly failed?: string;
}

/** A run that waits for a slot. */
export interface InLine {
  readonly run: string;
  readonly instanceId: string;
  readonly zone: string;
  readonly urgent: boolean;
  readonly priority: number;
  readonly playbook?: string;
  readonly deadline?: Millis;
  readonly opens?: Millis;
  readonly lastStart?: Millis;
  readonly since: Millis;
}

/** Members of a pool that go out one after the other, from the first that joins an empty line to the last. */
interface Wave {
  /** When planned runs came back well, oldest first. */
  readonly successes: readonly Millis[];
  /** Planned runs that failed, held ones included. */
  readonly failures: readonly string[];
}

/** What a pool's journal says. */
export interface Standing {
  readonly holders: readonly SlotHolder[];
  readonly line: readonly InLine[];
  readonly wave: Wave;
  /** Set while no planned run may go, until a person resets the pool. */
  readonly stopped?: { readonly at: Millis; readonly why: string; readonly called: boolean };
  /** When the storm began that is not over. */
  readonly stormSince?: Millis;
  /** When the latest storm was over. */
  readonly calmAt?: Millis;
  /** When a member last came back. */
  readonly lastReturn?: Millis;
  /** Slots that were taken for each instance and used. */
  readonly attempts: readonly { readonly run: string; readonly instanceId: string; readonly at: Millis }[];
  /** How many the latest digest told of, while the line has not been empty since. */
  readonly digested: number;
}

/** What the lines of a pool's journal come to, oldest first. Pure. */
export function foldLedger(lines: readonly PoolLine[]): Standing {
  const draft: Draft = {
    holders: new Map(),
    waiting: new Map(),
    successes: [],
    failures: new Set(),
    attempts: [],
    digested: 0,
  };
  for (const line of lines) apply(draft, line);
  const { holders, waiting, successes, failures, ...rest } = draft;
  const line = [...waiting.values()].filter(({ run }) => !holders.has(run));
  return { ...rest, holders: [...holders.values()], line, wave: { successes, failures: [...failures] } };
}

interface Draft {
  readonly holders: Map<string, SlotHolder>;
  /** Holders stay in it: a slot given back unused returns its run to its place. */
  readonly waiting: Map<string, InLine>;
  readonly successes: Millis[];
  readonly failures: Set<string>;
  readonly attempts: { run: string; instanceId: string; at: Millis }[];
  digested: number;
  stopped?: Standing['stopped'];
  stormSince?: Millis;
  calmAt?: Millis;
  lastReturn?: Millis;
}

function apply(draft: Draft, line: PoolLine): void {
  switch (line.kind) {
    case 'taken':
      return take(draft, line);
    case 'returned':
      return giveBack(draft, line);
    case 'waiting':
      return join(draft, line);
    case 'left':
      draft.waiting.delete(line.run);
      return;
    case 'storm':
      draft.stormSince ??= line.at;
      return;
    case 'calm':
      draft.stormSince = undefined;
      draft.calmAt = line.at;
      return;
    case 'failed':
      return failHolder(draft, line);
    case 'reset':
      draft.stopped = undefined;
      return beginWave(draft);
    case 'digest':
      draft.digested = line.waiting;
      return;
    case 'called':
      if (draft.stopped !== undefined) draft.stopped = { ...draft.stopped, called: true };
      return;
    default:
      return line satisfies never;
  }
}

type LineOf<K extends PoolLine['kind']> = Extract<PoolLine, { kind: K }>;

function take(draft: Draft, line: LineOf<'taken'>): void {
  if (isIdle(draft)) beginWave(draft);
  const { run, instance, zone, urgent = false, priority = 0, canary = false, stopAfter } = line;
  const more = stopAfter === undefined ? {} : { stopAfter };
  draft.holders.set(run, { run, instanceId: instance, zone, urgent, priority, canary, ...more });
  draft.attempts.push({ run, instanceId: instance, at: line.at });
}

function join(draft: Draft, line: LineOf<'waiting'>): void {
  if (isIdle(draft)) beginWave(draft);
  const { kind, instance, at, ...entry } = line;
  const since = draft.waiting.get(line.run)?.since ?? at;
  draft.waiting.set(line.run, { ...entry, instanceId: instance, since });
}

function giveBack(draft: Draft, { run, at, outcome = 'done', reason }: LineOf<'returned'>): void {
  const holder = draft.holders.get(run);
  draft.holders.delete(run);
  if (outcome === 'unused') return forgetAttempt(draft, run);
  draft.waiting.delete(run);
  if (holder === undefined) return;
  draft.lastReturn = at;
  if (outcome === 'withdrawn') forgetAttempt(draft, run);
  if (holder.urgent) return;
  if (outcome === 'done') draft.successes.push(at);
  if (outcome === 'undone') fail(draft, holder, at, reason ?? 'undone');
}

function failHolder(draft: Draft, { run, at, reason }: LineOf<'failed'>): void {
  const holder = draft.holders.get(run);
  if (holder === undefined) return;
  draft.holders.set(run, { ...holder, failed: reason });
  if (!holder.urgent) fail(draft, holder, at, reason);
}

function fail(draft: Draft, holder: SlotHolder, at: Millis, reason: string): void {
  draft.failures.add(holder.run);
  const many = draft.failures.size;
  const limit = holder.stopAfter ?? Infinity;
  if (draft.stopped !== undefined || (!holder.canary && many < limit)) return;
  const what = holder.canary
    ? `the canary ${holder.instanceId} failed`
    : `${many} ${many === 1 ? 'run has' : 'runs have'} failed, the last on ${holder.instanceId}`;
  draft.stopped = { at, why: `${what} (${reason}, ${holder.run})`, called: false };
}

function forgetAttempt(draft: Draft, run: string): void {
  const index = draft.attempts.findLastIndex((one) => one.run === run);
  if (index >= 0) draft.attempts.splice(index, 1);
}

function isIdle({ holders, waiting }: Draft): boolean {
  return holders.size === 0 && waiting.size === 0;
}

function beginWave(draft: Draft): void {
  draft.successes.length = 0;
  draft.failures.clear();
  draft.digested = 0;
}

import * as z from 'zod';
import type { Millis } from '../event/system-event';
import type { Run } from './run';

/** The journal of the breaker: runs that failed, in every pool, and people who closed it. */
export const breakerJournal = 'failures';

const Line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('failed'),
    at: z.number(),
    run: z.string(),
    revision: z.number(),
    pool: z.string(),
    code: z.string(),
  }),
  z.object({ kind: z.literal('closed'), at: z.number(), by: z.string(), why: z.string() }),
  /** Somebody was called because it is open since then. */
  z.object({ kind: z.literal('called'), at: z.number(), since: z.number() }),
]);
type Line = z.output<typeof Line>;
type Failed = Line & { readonly kind: 'failed' };

/** As in the settings: so many failed runs within so many milliseconds. */
interface BreakerLimits {
  readonly failures: number;
  readonly within: Millis;
}

type BreakerState =
  | { readonly kind: 'closed' }
  /** Planned work stops, whatever its pool, until a person closes the breaker. */
  | {
      readonly kind: 'open';
      readonly since: Millis;
      readonly runs: readonly string[];
      readonly sentence: string;
      /** Whether somebody was called for it. */
      readonly called: boolean;
    };

/**
 * Whether the breaker is open, from the lines of its journal. It opens when so many runs failed within the period,
 * and stays open, however long that lies back, until a person has closed it. A run counts once.
 *
 * @param limits undefined when the settings have no breaker: it never opens
 */
export function breakerState(lines: readonly string[], limits: BreakerLimits | undefined): BreakerState {
  if (limits === undefined) return closed;
  const fold = (seen: Seen, text: string) => take(seen, Line.parse(JSON.parse(text)), limits);
  return lines.reduce(fold, { failed: [], state: closed }).state;
}

interface Seen {
  readonly failed: readonly Failed[];
  readonly state: BreakerState;
}
const closed: BreakerState = { kind: 'closed' };

function take(seen: Seen, line: Line, limits: BreakerLimits): Seen {
  const { state } = seen;
  if (line.kind === 'closed') return { failed: [], state: closed };
  if (line.kind === 'called') {
    const isThisOne = state.kind === 'open' && state.since === line.since;
    return isThisOne ? { ...seen, state: { ...state, called: true } } : seen;
  }
  if (state.kind === 'open') return seen;
  const since = line.at - limits.within;
  const failed = [...seen.failed.filter(({ run, at }) => run !== line.run && at > since), line];
  return { failed, state: failed.length >= limits.failures ? opened(failed, line.at) : closed };
}

function opened(failed: readonly Failed[], since: Millis): BreakerState {
  const runs = failed.map(({ run }) => run);
  const pools = [...new Set(failed.map(({ pool }) => pool))];
  const sentence = `${runs.length} runs failed in ${pools.join(', ')} (${runs.join(', ')}); planned work waits until a person closes the breaker`;
  return { kind: 'open', since, runs, sentence, called: false };
}

/** Holds that no failure of the work is behind: a person wants them, the calendar, or an account that is closed to us. */
const noFailure = new Set([
  'paused',
  'frozen',
  'no-window',
  'no-answer',
  'rejected',
  'cancelled',
  'account-unreachable',
]);

/** The line to be written before a run turns from `before` to `after`; undefined unless it fails by that. */
export function failureLine(before: Run, after: Run, at: Millis): Failed | undefined {
  const code = failureCode(after);
  if (code === undefined || failureCode(before) !== undefined) return undefined;
  return { kind: 'failed', at, run: after.id, revision: after.revision, pool: after.plan.pool, code };
}

function failureCode({ phase }: Run): string | undefined {
  if (phase.kind === 'undoing') return phase.then === 'undone' ? phase.reason.code : undefined;
  if (phase.kind === 'ended')
    return phase.outcome === 'undone' ? (phase.reason?.code ?? 'undone') : undefined;
  return phase.kind === 'held' && !noFailure.has(phase.reason.code) ? phase.reason.code : undefined;
}

export interface Stop {
  readonly now: number;
  /** Nothing is played after this. */
  readonly horizon: number;
  /** When anything in the simulated cloud changes by itself. */
  readonly cloudNext: number | null;
  /** What the story still has to tell. */
  readonly happenings: readonly number[];
  /** Whether a message waits to be taken from the runs' queue. */
  readonly messageWaits: boolean;
  /** Next ticks. A timer that only empties the queue (`idle` without messages) need not be played for nothing. */
  readonly timers: readonly { readonly at: number; readonly onlyForMessages: boolean }[];
}

/**
 * The next instant at which something is due; stretches in between are jumped over.
 *
 * @returns undefined when nothing is due within the horizon
 */
export function nextStop(stop: Stop): number | undefined {
  const { now, horizon, cloudNext, happenings, messageWaits, timers } = stop;
  const ticks = timers.filter(({ onlyForMessages }) => messageWaits || !onlyForMessages).map(({ at }) => at);
  const due = [...ticks, ...happenings, ...(cloudNext === null ? [] : [cloudNext])].filter((at) => at > now);
  const next = Math.min(...due);
  return next <= horizon ? next : undefined;
}

import type { Millis } from '../../event/system-event';

export interface Journals {
  /** Whole lines from `position` on, and the position behind the last. A journal nobody wrote to is empty. */
  read(
    name: string,
    position: number,
  ): Promise<{ readonly lines: readonly string[]; readonly position: number }>;
  /** Names of the journals that begin with `prefix`, in order. */
  names(prefix: string): Promise<readonly string[]>;
  /**
   * Appends one line if the journal still ends at `position`. `lost`: somebody else was first. After an
   * unclear answer, or a copy of the request, the adapter looks whose line stands there: no two writers' are the same.
   */
  append(
    name: string,
    position: number,
    line: string,
  ): Promise<{ readonly kind: 'appended'; readonly position: number } | { readonly kind: 'lost' }>;
}

/** Markers of the runs under way, so that the sweep finds a run whose message was lost. */
export interface OpenRuns {
  list(): Promise<readonly { readonly runId: string; readonly nextLook: Millis }[]>;
  /** `nextLook`: if nobody has looked at the run a while after that, its message is lost. */
  put(runId: string, nextLook: Millis): Promise<void>;
  remove(runId: string): Promise<void>;
}

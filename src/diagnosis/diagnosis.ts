import type { Cause, Severity } from './rules';

/**
 * healthy: the last start is good and shows no trouble. recovered: so it does, and an earlier one had crashed or
 * failed. shut-down: it went down in an orderly way and has not started since. impaired: it runs, with errors. crashed:
 * the kernel died. not-booting: the start fails. unclear: the log does not tell.
 */
export type Verdict =
  'healthy' | 'recovered' | 'shut-down' | 'impaired' | 'crashed' | 'not-booting' | 'unclear';

/** A line of the console that the verdict rests on. */
export interface Evidence {
  readonly class: string;
  readonly severity: Severity;
  readonly boot: number;
  /** Seconds since that boot began. */
  readonly at?: number;
  /** Of the decoded log, from 1. */
  readonly line: number;
  readonly text: string;
  readonly device?: string;
  /** Id of the disk behind the device. */
  readonly disk?: string;
  /** Of an out-of-memory kill or a hung task. */
  readonly process?: string;
  readonly pid?: number;
}

export interface BootSummary {
  readonly number: number;
  /** Its beginning is no longer in the log. */
  readonly isCut: boolean;
  /** It only saved the memory of the crashed kernel. */
  readonly isDump: boolean;
  readonly cameUp: boolean;
  /** How long the start took. */
  readonly upAfterSeconds?: number;
  readonly wentDown: boolean;
}

/** What the console log knows. */
export interface Diagnosis {
  readonly verdict: Verdict;
  readonly cause: Cause;
  /** Class of what happened last and worst; absent where nothing did. */
  readonly class?: string;
  /** One line for people. */
  readonly sentence: string;
  /** The newest crash or failed start. */
  readonly crash?: { readonly boot: number; readonly at?: number; readonly healthyBootFollows: boolean };
  readonly evidence: readonly Evidence[];
  /** How many lines of each class there were. */
  readonly counts: Readonly<Record<string, number>>;
  /** What to do, the first thing first. */
  readonly next: readonly string[];
  /** What is worth knowing beside the verdict. */
  readonly notes: readonly string[];
  readonly boots: readonly BootSummary[];
}

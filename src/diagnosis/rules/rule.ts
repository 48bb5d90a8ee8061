/** Who is to blame, as far as a console can tell. */
export type Cause = 'infrastructure' | 'operating-system' | 'not-known';

/** fatal: the system no longer works; error: something does not; warning: worth knowing, and no more. */
export type Severity = 'fatal' | 'error' | 'warning';

/** What a line of the console means. */
export interface Rule {
  readonly class: string;
  /** Tried on what a line says, without its time stamp. Named groups: `device`, `process`, `pid`, `what`. */
  readonly patterns: readonly RegExp[];
  readonly severity: Severity;
  /** The kernel's own level, 0 to 7; a console with a lower `loglevel=` never shows it. Absent: not from the kernel. */
  readonly level?: number;
  readonly cause: Cause;
  /** Behind "the console shows …". */
  readonly says: string;
  /** What somebody, or a playbook, does about it. */
  readonly hint: string;
}

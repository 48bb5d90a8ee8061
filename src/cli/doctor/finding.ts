/** Where things stand that can be wrong, in the order in which they are shown. */
export const areas = [
  'functions',
  'permissions',
  'delivery',
  'storage',
  'members',
  'traffic',
  'playbooks',
  'runs',
] as const;
export type Area = (typeof areas)[number];

/** An error lets a run fail or keeps it from beginning; a warning is something a person should know before. */
type Severity = 'error' | 'warning';

/** One sort of finding: what a check may say, and what is known of it beforehand. */
export interface Kind {
  readonly severity: Severity;
  /** What is wrong, for the table of all findings. */
  readonly what: string;
  /** What would happen at two in the morning. */
  readonly why: string;
  /** A command, or a click. */
  readonly mend: string;
}

/** Something that `--fix` can set right by itself. */
export interface Fix {
  readonly kind: 'maintenance-action';
  readonly instanceId: string;
  readonly action: string;
}

/** Something found, complete. */
export interface Finding {
  readonly area: Area;
  readonly code: string;
  readonly severity: Severity;
  /** The instance, queue, pool or playbook that it is about. */
  readonly about: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly fix?: Fix;
}

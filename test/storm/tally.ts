/** What was exercised, by kind and name: faults that struck, step types that acted, outcomes that were reached. */
export interface Tally {
  readonly count: (kind: TallyKind, name: string) => void;
  readonly counts: () => Counts;
}

export const tallyKinds = ['fault', 'event', 'person', 'signal', 'step', 'act', 'outcome'] as const;
export type TallyKind = (typeof tallyKinds)[number];
export type Counts = Readonly<Record<TallyKind, Readonly<Record<string, number>>>>;

export function tally(): Tally {
  const counts = empty();
  return {
    count: (kind, name) => {
      counts[kind][name] = (counts[kind][name] ?? 0) + 1;
    },
    counts: () => counts,
  };
}

/** The counts of several stories together. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = empty();
  for (const counts of all) {
    for (const kind of tallyKinds) {
      for (const [name, count] of Object.entries(counts[kind])) {
        sum[kind][name] = (sum[kind][name] ?? 0) + count;
      }
    }
  }
  return sum;
}

function empty(): Record<TallyKind, Record<string, number>> {
  return { fault: {}, event: {}, person: {}, signal: {}, step: {}, act: {}, outcome: {} };
}

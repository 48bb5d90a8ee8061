const hourMs = 3_600_000;

/** When the kernel last printed something: two readings, since the documents disagree about the zone. */
export interface LastWord {
  /** As the cloud wrote it: `2026-03-02 10:04:57`. */
  readonly written: string;
  /** Taken as UTC+8, as the newest documents say, in milliseconds. */
  readonly earliest: number;
  /** Taken as UTC, as older ones said. */
  readonly latest: number;
}

/** `LastUpdateTime` of GetInstanceConsoleOutput; undefined where it is no time. */
export function readLastWord(written: string): LastWord | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(written)) return undefined;
  const latest = Date.parse(`${written.replace(' ', 'T')}Z`);
  return Number.isNaN(latest) ? undefined : { written, earliest: latest - 8 * hourMs, latest };
}

/** The system has printed nothing since then, however its time is read: it hung, or never got so far. */
export function isSilentSince({ latest }: LastWord, since: number): boolean {
  return latest < since;
}

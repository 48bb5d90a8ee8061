import { readSweepRecord, sweepEveryMs } from '../../../engine/sweep-record';
import type { Millis } from '../../../event/system-event';
import { writesNothing } from '../../../playbook/observes';
import { defineCheck } from '../define-check';

const codes = {
  'sweep-never-ran': {
    severity: 'error',
    what: 'no sweep has run within a week',
    why: 'What no push brings is never found, and a message that is lost is never sent again.',
    mend: 'see whether the function poll and its timer are there and on: Function Compute console, Triggers; its log says more',
  },
  'sweep-late': {
    severity: 'error',
    what: 'the sweep has not run for two of its periods',
    why: 'What no push brings is not found, and a message that is lost is not sent again.',
    mend: 'see whether the timer of the function poll is on: Function Compute console, Triggers; its log says more',
  },
} as const;

export const sweep = defineCheck<Millis | undefined, keyof typeof codes>({
  area: 'runs',
  looksAt: 'when the last sweep was',
  codes,
  look: async ({ world }) => (await readSweepRecord(world)).last?.at,
  judge: (last, { configuration, now }) => {
    // Observing, it writes nothing down, not even that it has run.
    if (writesNothing(configuration)) return [];
    const about = 'sweep';
    if (last === undefined)
      return [{ code: 'sweep-never-ran', about, what: 'no sweep has written down that it ran' }];
    if (now - last <= 2 * sweepEveryMs) return [];
    const [minutes, every] = [Math.floor((now - last) / 60_000), sweepEveryMs / 60_000];
    return [
      { code: 'sweep-late', about, what: `the last was ${minutes} min ago; one is due every ${every} min` },
    ];
  },
});

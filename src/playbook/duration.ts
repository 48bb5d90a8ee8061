import * as z from 'zod';
import type { Expectation } from './expectation';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitMs;

const pattern = /^(\d+)([smhd])$/;

export const durationExpectation: Expectation = {
  says: 'a duration such as 90s, 10m, 2h or 3d',
  mend: (found) => {
    const near = /^(\d+)\s*([smhd])[a-z]*$/i.exec(found.trim());
    if (near) return `${near[1]}${near[2]?.toLowerCase()}`;
    return /^\d+$/.test(found.trim()) ? `${found.trim()}s, if seconds are meant` : undefined;
  },
};

/** `90s`, `10m`, `2h`, `3d` in the file; milliseconds afterwards. */
export const Duration = z
  .string({ error: durationExpectation.says })
  .regex(pattern, { error: durationExpectation.says, abort: true })
  .transform(durationMs);

const restartPauseMs = 12 * 3_600_000;

/**
 * From one restart to the next. An event that a restart left as it was should be given another one no sooner than
 * twelve hours later: https://www.alibabacloud.com/help/en/ecs/user-guide/system-events-overview
 */
export const RestartPause = Duration.refine((ms) => ms >= restartPauseMs, {
  error: 'at least 12h, as ECS advises between two restarts',
});

export const marginExpectation: Expectation = {
  says: 'a deadline such as "planned - 2h"',
  mend: (found) => {
    const duration = durationExpectation.mend(found.replace(/^(planned|before)?[\s-]*/i, ''));
    return duration === undefined ? undefined : `"planned - ${duration}"`;
  },
};

/** `"planned - 2h"` in the file; afterwards the milliseconds to keep free before the provider's planned time. */
export const PlannedMargin = z
  .string({ error: marginExpectation.says })
  .regex(/^planned\s*-\s*\d+[smhd]$/, { error: marginExpectation.says, abort: true })
  .transform((text) => durationMs(text.replace(/^planned\s*-\s*/, '')));

/** Milliseconds as people write them: `90s`, `45m`, `2h 30m`; parts of a second are rounded up. */
export function sayDuration(ms: number): string {
  let rest = Math.ceil(ms / 1_000) * 1_000;
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const count = Math.floor(rest / unitMs[unit]);
    rest -= count * unitMs[unit];
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}

function durationMs(text: string): number {
  const [, count, unit] = pattern.exec(text) ?? [];
  return Number(count) * unitMs[unit as Unit];
}

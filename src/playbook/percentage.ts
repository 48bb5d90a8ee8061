import * as z from 'zod';
import type { Expectation } from './expectation';

export const percentageExpectation: Expectation = {
  says: 'a percentage in quotes such as "75%"',
  mend: mendPercentage,
};

export const shareExpectation: Expectation = {
  says: 'a percentage in quotes such as "75%", or a whole number of members',
  mend: mendPercentage,
};

const pattern = /^(100|[1-9]?\d)%$/;

/** `"10%"` in the file; the number 10 afterwards. */
export const Percentage = z
  .string({ error: percentageExpectation.says })
  .regex(pattern, { error: percentageExpectation.says, abort: true })
  .transform((text) => Number(text.slice(0, -1)));

/** A part that is more than nothing and less than everything. */
export const PartPercentage = Percentage.refine((percent) => percent > 0 && percent < 100, {
  error: 'a percentage from "1%" to "99%"',
});

const SharePercentage = z
  .string({ error: shareExpectation.says })
  .regex(pattern, { error: shareExpectation.says, abort: true })
  .transform((text) => ({ percent: Number(text.slice(0, -1)) }));

const ShareCount = z
  .int({ error: shareExpectation.says })
  .min(0, { error: shareExpectation.says })
  .transform((count) => ({ count }));

/** A part of a pool: `"75%"` becomes `{percent: 75}`, `2` becomes `{count: 2}`. */
export const Share = z.union([SharePercentage, ShareCount], { error: shareExpectation.says });
export type Share = z.output<typeof Share>;

/** The number of members a share stands for. Percentages of members are rarely whole: the caller says which way is safe. */
export function membersIn(share: Share, members: number, round: 'up' | 'down'): number {
  if ('count' in share) return share.count;
  const exact = (share.percent * members) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

/** As the file says it: `75%` or `2`. */
export function sayShare(share: Share): string {
  return 'count' in share ? String(share.count) : `${share.percent}%`;
}

function mendPercentage(found: string): string | undefined {
  const text = found.trim();
  const fraction = /^0?\.(\d{1,2})$/.exec(text);
  if (fraction) return `"${Number(fraction[1]?.padEnd(2, '0'))}%"`;
  const near = /^(\d+)\s*(%|percent)?$/i.exec(text);
  return near && Number(near[1]) <= 100 ? `"${Number(near[1])}%"` : undefined;
}

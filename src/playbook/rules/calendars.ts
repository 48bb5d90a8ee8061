import * as z from 'zod';
import { openingsBetween } from '../calendar';
import { AllowRange, Calendar, DenyRange, Timing, type CalendarSpec } from '../configuration';
import { partOf, type Rule } from '../draft';
import { sayDuration } from '../duration';

const horizonDays = 90;
const dayMs = 86_400_000;

/** A range has an end that differs from its beginning. */
export const rangesHaveLength: Rule = ({ calendars }) =>
  calendars.flatMap((draft) => {
    const read = <T extends z.ZodType>(key: 'allow' | 'deny', schema: T) =>
      (partOf(draft, ['spec', key], z.array(z.unknown())) ?? []).flatMap((_, index) => {
        const path = ['spec', key, index];
        const range = partOf(draft, path, schema);
        return range === undefined ? [] : [{ range, path }];
      });
    const findings = [...read('allow', AllowRange), ...read('deny', DenyRange)].map(({ range, path }) => {
      const wrong = findEmpty(range);
      return wrong && { draft, path: [...path, ...wrong.path], at: 'value' as const, ...wrong.words };
    });
    return findings.filter((finding) => finding !== undefined);
  });

/** The calendar of a playbook opens for at least `maxRun` at some time in the next 90 days. */
export const windowsFitTheRun: Rule = ({ playbooks, calendars, now }) =>
  playbooks.flatMap((draft) => {
    const path = ['spec', 'timing', 'maxRun'];
    const name = partOf(draft, ['spec', 'timing', 'calendar'], z.string());
    const maxRun = partOf(draft, path, Timing.shape.maxRun);
    const calendar = calendars.find((candidate) => candidate.name === name);
    const spec = calendar && partOf(calendar, ['spec'], Calendar.shape.spec);
    if (name === undefined || maxRun === undefined || spec === undefined) return [];
    const longest = longestOpening(spec, now);
    if (longest >= maxRun) return [];
    if (longest === 0) {
      const message = `the calendar ${name} never opens in the next ${horizonDays} days`;
      return {
        draft,
        path: ['spec', 'timing', 'calendar'],
        at: 'value',
        message,
        suggestion: 'allow more, or deny less',
      };
    }
    const message = `${sayDuration(maxRun)} never fit: the longest opening of ${name} in the next ${horizonDays} days is ${sayDuration(longest)}`;
    const suggestion = `write ${sayDuration(longest).replaceAll(' ', '')} or less, or let the calendar open for longer`;
    return { draft, path, at: 'value', message, suggestion };
  });

function findEmpty(range: AllowRange | DenyRange) {
  if ('dates' in range) {
    const index = range.dates.findIndex(({ from, to }) => to < from);
    const words = { message: 'the range ends before it begins', suggestion: 'write the earlier date first' };
    return index < 0 ? undefined : { path: ['dates', index], words };
  }
  const { from, to } = range;
  if (typeof from === 'string' && typeof to === 'string') {
    const words = {
      message: 'the range ends before it begins',
      suggestion: 'write a later time than in from',
    };
    return to > from ? undefined : { path: ['to'], words };
  }
  const suggestion = 'write "00:00" and "24:00" for the whole day';
  const words = { message: 'the range begins and ends at the same time', suggestion };
  return from === to ? { path: ['to'], words } : undefined;
}

function longestOpening(calendar: CalendarSpec, now: number): number {
  const openings = openingsBetween(calendar, now, now + horizonDays * dayMs);
  return Math.max(0, ...openings.map(({ from, until }) => until - from));
}

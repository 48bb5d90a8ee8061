import { eventKind } from '../../../event/kinds';
import type { Millis } from '../../../event/system-event';
import type { Calendar, Configuration, Playbook } from '../../../playbook/configuration';
import { windowOf } from '../../../playbook/frame';
import { windowState } from '../../../playbook/window';
import { sayInstant } from '../../../playbook/zone-time';
import { defineCheck, type Found } from '../define-check';

const codes = {
  'deadline-never-met': {
    severity: 'error',
    what: 'whenever an event is announced within the next 90 days, no window lies before its planned time',
    why: 'ECS announces planned maintenance 24 to 48 hours ahead: every run of the playbook ends in a hold.',
    mend: 'let the calendar open more often, lower maxRun or finishBefore, or write ifNoWindow: lastSafeMoment',
  },
  'deadline-sometimes-missed': {
    severity: 'warning',
    what: 'an event that is announced on some days of the next 90 with 24 hours of notice finds no window',
    why: 'A run that finds none does what ifNoWindow says: it asks a person, in the middle of the night.',
    mend: 'let the calendar open on those days, ask for less time, or write ifNoWindow: lastSafeMoment',
  },
} as const;
type Code = keyof typeof codes;

const hourMs = 3_600_000;
const horizonHours = 90 * 24;
/** https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-ecs-system-events for the user operation window. */
const shortest = 24 * hourMs;
const longest = 48 * hourMs;
const shownSpans = 3;

interface Span {
  readonly from: Millis;
  readonly until: Millis;
}

/** Reads nothing: what the calendars say, computed ahead. */
export const deadlines = defineCheck<undefined, Code>({
  area: 'playbooks',
  looksAt: 'windows of the next 90 days',
  codes,
  look: () => Promise.resolve(undefined),
  judge: (_seen, { configuration, now }) =>
    configuration.playbooks
      .filter(hasPlannedEvents)
      .flatMap((playbook) => judgeOne(playbook, configuration, now)),
});

function hasPlannedEvents({ spec }: Playbook): boolean {
  return spec.match.events.some((code) => eventKind(code)?.family === 'planned-maintenance');
}

function judgeOne(playbook: Playbook, { calendars }: Configuration, now: Millis): readonly Found<Code>[] {
  const { calendar: name, ifNoWindow } = playbook.spec.timing;
  const calendar = calendars.find(({ metadata }) => metadata.name === name);
  if (calendar === undefined || ifNoWindow === 'letProviderAct') return [];
  const about = playbook.metadata.name;
  const from = Math.ceil(now / hourMs) * hourMs;
  const hours = Array.from({ length: horizonHours }, (_hour, n) => from + n * hourMs);
  const missed = (notice: Millis) => hours.filter((at) => !isMet(playbook, calendar, at, notice));
  const short = missed(shortest);
  if (short.length === 0) return [];
  if (short.length === hours.length && missed(longest).length === hours.length) {
    return [{ code: 'deadline-never-met', about, what: `the calendar ${name} opens too rarely for it` }];
  }
  const days = new Set(short.map((at) => sayInstant(at, calendar.spec.zone).slice(0, -6))).size;
  const spans = spansOf(short).map(({ from: begin, until }) => say(begin, until, calendar));
  const more = spans.length > shownSpans ? `; and ${spans.length - shownSpans} more times` : '';
  const what = `announced on ${days} of 90 days, it finds no window in ${name}: ${spans.slice(0, shownSpans).join('; ')}${more}`;
  return [{ code: 'deadline-sometimes-missed', about, what }];
}

function isMet(playbook: Playbook, calendar: Calendar, at: Millis, notice: Millis): boolean {
  return windowState(windowOf({ playbook, calendar }), at + notice, at).kind !== 'none';
}

/** Hours that follow one another are one span. */
function spansOf(hours: readonly Millis[]): readonly Span[] {
  return hours.reduce<readonly Span[]>((spans, at) => {
    const last = spans.at(-1);
    if (last?.until !== at) return [...spans, { from: at, until: at + hourMs }];
    return [...spans.slice(0, -1), { ...last, until: at + hourMs }];
  }, []);
}

function say(from: Millis, until: Millis, { spec: { zone } }: Calendar): string {
  return `${sayInstant(from, zone)} to ${sayInstant(until, zone)}`;
}

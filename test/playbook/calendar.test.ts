import * as fc from 'fast-check';
import { isAllowedAt, nextOpening, openingsBetween } from '../../src/playbook/calendar';
import { Calendar, type CalendarSpec } from '../../src/playbook/configuration';

const hour = 3_600_000;
const minute = 60_000;

/** A calendar as a team writes it. */
function calendar(zone: string, allow: object[], deny: object[] = []): CalendarSpec {
  return Calendar.parse({
    apiVersion: 'failover/v1',
    kind: 'Calendar',
    metadata: { name: 'nights', owner: 'platform-ops' },
    spec: { zone, allow, deny },
  }).spec;
}

const daily = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z');
const spans = (spec: CalendarSpec, from: string, to: string) =>
  openingsBetween(spec, at(from), at(to)).map((opening) => `${iso(opening.from)} ${iso(opening.until)}`);

const nights = calendar('Asia/Shanghai', [{ name: 'nights', days: daily, from: '02:00', to: '05:00' }]);

describe('the next opening', () => {
  it('is the first night that leaves enough time', () => {
    expect(nextOpening(nights, { now: at('2026-11-17T07:10:00Z'), neededMs: hour })).toEqual({
      kind: 'open',
      from: at('2026-11-17T18:00:00Z'),
      until: at('2026-11-17T21:00:00Z'),
      name: 'nights',
    });
  });

  it('is now when the calendar is open and the work still fits', () => {
    expect(nextOpening(nights, { now: at('2026-11-17T20:00:00Z'), neededMs: hour })).toEqual({
      kind: 'open',
      from: at('2026-11-17T20:00:00Z'),
      until: at('2026-11-17T21:00:00Z'),
      name: 'nights',
    });
  });

  it('is tomorrow when the work no longer fits tonight', () => {
    const found = nextOpening(nights, { now: at('2026-11-17T20:00:01Z'), neededMs: hour });
    expect(found).toMatchObject({ kind: 'open', from: at('2026-11-18T18:00:00Z') });
  });

  it('ends at the deadline when that comes before the calendar closes', () => {
    const now = at('2026-11-17T07:10:00Z');
    const neededMs = hour;
    expect(nextOpening(nights, { now, neededMs, deadline: at('2026-11-17T19:00:00Z') }).kind).toBe('open');
    expect(nextOpening(nights, { now, neededMs, deadline: at('2026-11-17T18:59:59Z') })).toEqual({
      kind: 'none',
      reason: 'the longest opening before Wed 18 Nov 02:59 (Asia/Shanghai) is 59m 59s, and 1h are needed',
    });
  });

  it.each([
    [
      'no opening before the deadline',
      '2026-11-17T17:00:00Z',
      'the calendar has no opening before Wed 18 Nov 01:00 (Asia/Shanghai)',
    ],
    [
      'a deadline in the past',
      '2026-11-17T07:00:00Z',
      'the deadline, Tue 17 Nov 15:00 (Asia/Shanghai), has passed',
    ],
    [
      'a deadline that is now',
      '2026-11-17T07:10:00Z',
      'the deadline, Tue 17 Nov 15:10 (Asia/Shanghai), has passed',
    ],
  ])('is not there with %s', (_, deadline, reason) => {
    const now = at('2026-11-17T07:10:00Z');
    expect(nextOpening(nights, { now, neededMs: hour, deadline: at(deadline) })).toEqual({
      kind: 'none',
      reason,
    });
  });

  it('is looked for 60 days ahead', () => {
    const denied = (to: string) =>
      calendar('UTC', [{ days: daily, from: '02:00', to: '05:00' }], [{ from: '2026-01-01 00:00', to }]);
    const question = { now: at('2026-01-01T00:00:00Z'), neededMs: hour };
    expect(nextOpening(denied('2026-03-01 00:00'), question)).toMatchObject({
      from: at('2026-03-01T02:00:00Z'),
    });
    expect(nextOpening(denied('2026-03-02 00:00'), question)).toEqual({
      kind: 'none',
      reason: 'the calendar has no opening within 60 days',
    });
  });
});

describe('an allow range', () => {
  const weekend = calendar('Asia/Shanghai', [{ name: 'weekend', days: ['fri'], from: '23:00', to: '03:00' }]);

  it.each([
    ['Friday before it opens', '2026-11-20T14:59:59Z', false],
    ['Friday night', '2026-11-20T15:00:00Z', true],
    ['Saturday 01:00, still Friday night', '2026-11-20T17:00:00Z', true],
    ['Saturday just before 03:00', '2026-11-20T18:59:59Z', true],
    ['Saturday 03:00', '2026-11-20T19:00:00Z', false],
    ['Friday 01:00, which is Thursday night', '2026-11-19T17:00:00Z', false],
    ['Saturday night', '2026-11-21T15:30:00Z', false],
  ])('over midnight belongs to the day it starts on: %s (C16)', (_, instant, open) => {
    expect(isAllowedAt(weekend, at(instant))).toBe(open);
  });

  it('that touches another makes one opening with it', () => {
    const both = calendar('UTC', [
      { name: 'early', days: ['sat'], from: '22:00', to: '24:00' },
      { name: 'late', days: ['sun'], from: '00:00', to: '04:00' },
      { name: 'inside', days: ['sun'], from: '01:00', to: '02:00' },
    ]);
    expect(openingsBetween(both, at('2026-11-20T00:00:00Z'), at('2026-11-24T00:00:00Z'))).toEqual([
      { from: at('2026-11-21T22:00:00Z'), until: at('2026-11-22T04:00:00Z'), name: 'early' },
    ]);
  });

  it('of whole days never closes', () => {
    const always = calendar('Europe/Berlin', [{ name: 'always', days: daily, from: '00:00', to: '24:00' }]);
    expect(spans(always, '2026-10-20T00:00Z', '2026-10-30T00:00Z')).toEqual([
      '2026-10-20T00:00Z 2026-10-30T00:00Z',
    ]);
  });
});

describe('a deny range', () => {
  const allow = [{ days: daily, from: '01:00', to: '05:00' }];

  it.each<[string, object, string[]]>([
    [
      'in the middle splits the opening',
      { from: '2026-11-30 02:00', to: '2026-11-30 03:00' },
      ['2026-11-30T01:00Z 2026-11-30T02:00Z', '2026-11-30T03:00Z 2026-11-30T05:00Z'],
    ],
    [
      'over the beginning',
      { from: '2026-11-29 12:00', to: '2026-11-30 03:00' },
      ['2026-11-30T03:00Z 2026-11-30T05:00Z'],
    ],
    ['of whole days, both included', { dates: ['2026-11-28/2026-11-30'] }, []],
    ['of one day', { dates: ['2026-11-29'] }, ['2026-11-30T01:00Z 2026-11-30T05:00Z']],
    ['on the last day of the month', { monthDays: ['last'], from: '00:00', to: '06:00' }, []],
    [
      'on the last day, over midnight from the day before',
      { monthDays: [29], from: '22:00', to: '02:00' },
      ['2026-11-30T02:00Z 2026-11-30T05:00Z'],
    ],
    [
      'on a day that this month has not',
      { monthDays: [31], from: '00:00', to: '06:00' },
      ['2026-11-30T01:00Z 2026-11-30T05:00Z'],
    ],
  ])('wins over allow: %s', (_, deny, left) => {
    expect(spans(calendar('UTC', allow, [deny]), '2026-11-30T00:00Z', '2026-12-01T00:00Z')).toEqual(left);
  });

  it('knows the last day of a February in a leap year', () => {
    const spec = calendar('UTC', allow, [{ monthDays: ['last'], from: '00:00', to: '06:00' }]);
    expect(spans(spec, '2028-02-28T00:00Z', '2028-03-01T00:00Z')).toEqual([
      '2028-02-28T01:00Z 2028-02-28T05:00Z',
    ]);
  });
});

describe('when summer time begins', () => {
  it.each([
    ['Europe/Berlin', '02:00', '03:00', '2026-03-29', []],
    ['Europe/Berlin', '02:15', '02:45', '2026-03-29', []],
    ['Europe/Berlin', '01:00', '02:30', '2026-03-29', ['2026-03-29T00:00Z 2026-03-29T01:00Z']],
    ['Europe/Berlin', '02:30', '04:00', '2026-03-29', ['2026-03-29T01:00Z 2026-03-29T02:00Z']],
    ['Europe/Berlin', '01:00', '04:00', '2026-03-29', ['2026-03-29T00:00Z 2026-03-29T02:00Z']],
    ['America/New_York', '02:00', '03:00', '2026-03-08', []],
    ['America/New_York', '01:00', '04:00', '2026-03-08', ['2026-03-08T06:00Z 2026-03-08T08:00Z']],
  ])('%s %s–%s on %s opens only for hours that exist (C17)', (zone, from, to, date, expected) => {
    expect(spans(calendar(zone, [{ days: ['sun'], from, to }]), `${date}T00:00Z`, `${date}T12:00Z`)).toEqual(
      expected,
    );
  });
});

describe('when summer time ends', () => {
  it.each([
    ['Europe/Berlin', '02:00', '03:00', '2026-10-25', ['2026-10-25T00:00Z 2026-10-25T02:00Z']],
    ['Europe/Berlin', '02:15', '02:45', '2026-10-25', ['2026-10-25T00:15Z 2026-10-25T00:45Z']],
    ['Europe/Berlin', '02:30', '04:00', '2026-10-25', ['2026-10-25T00:30Z 2026-10-25T03:00Z']],
    ['America/New_York', '01:00', '02:00', '2026-11-01', ['2026-11-01T05:00Z 2026-11-01T07:00Z']],
    ['America/New_York', '01:15', '01:45', '2026-11-01', ['2026-11-01T05:15Z 2026-11-01T05:45Z']],
  ])('%s %s–%s on %s is one opening (C17)', (zone, from, to, date, expected) => {
    expect(spans(calendar(zone, [{ days: ['sun'], from, to }]), `${date}T00:00Z`, `${date}T12:00Z`)).toEqual(
      expected,
    );
  });

  it('a deny range lasts until its second passing', () => {
    const deny = [{ from: '2026-10-25 02:00', to: '2026-10-25 02:30' }];
    const spec = calendar('Europe/Berlin', [{ days: ['sun'], from: '01:00', to: '04:00' }], deny);
    expect(spans(spec, '2026-10-24T00:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-24T23:00Z 2026-10-25T00:00Z',
      '2026-10-25T01:30Z 2026-10-25T03:00Z',
    ]);
  });

  it('an overnight range grows by the repeated hour', () => {
    const spec = calendar('Europe/Berlin', [{ days: ['sat'], from: '23:00', to: '04:00' }]);
    expect(spans(spec, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-24T21:00Z 2026-10-25T03:00Z',
    ]);
  });
});

describe('whatever the calendar', () => {
  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
    const pad = (n: number) => String(n).padStart(2, '0');
    return `${pad(Math.floor(quarter / 4))}:${pad((quarter % 4) * 15)}`;
  });
  const range = fc.record({ days: fc.subarray(daily, { minLength: 1 }), from: time, to: time });
  const deny = fc.record({
    monthDays: fc.subarray([1, 8, 25, 29, 'last'], { minLength: 1 }),
    from: time,
    to: time,
  });
  const spec = fc
    .record({
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe'),
      allow: fc.array(range, { minLength: 1, maxLength: 3 }),
      deny: fc.array(deny, { maxLength: 2 }),
    })
    .map((parts) => calendar(parts.zone, parts.allow, parts.deny));
  const instant = fc
    .integer({ min: at('2026-01-01T00:00Z') / minute, max: at('2026-12-31T00:00Z') / minute })
    .map((minutes) => minutes * minute);

  it('the next opening is allowed from its first to its last minute, and leaves the time that was asked for', () => {
    fc.assert(
      fc.property(spec, instant, fc.integer({ min: 1, max: 300 }), (calendarSpec, now, minutes) => {
        const found = nextOpening(calendarSpec, { now, neededMs: minutes * minute });
        if (found.kind === 'none') return;
        expect(found.from).toBeGreaterThanOrEqual(now);
        expect(found.until - found.from).toBeGreaterThanOrEqual(minutes * minute);
        expect(isAllowedAt(calendarSpec, found.from)).toBe(true);
        expect(isAllowedAt(calendarSpec, found.until - 1)).toBe(true);
      }),
      { numRuns: 60, seed: 20261117 },
    );
  });
});

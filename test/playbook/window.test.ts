import { Calendar, type Timing } from '../../src/playbook/configuration';
import { nextStart, windowState, type Window } from '../../src/playbook/window';

const hour = 3_600_000;
const at = (iso: string) => Date.parse(iso);

const { spec: calendar } = Calendar.parse({
  apiVersion: 'failover/v1',
  kind: 'Calendar',
  metadata: { name: 'nights', owner: 'platform-ops' },
  spec: {
    zone: 'Asia/Shanghai',
    allow: [
      { name: 'nights', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '02:00', to: '05:00' },
    ],
    deny: [{ reason: 'sale', dates: ['2026-11-20'] }],
  },
});
const window = (ifNoWindow: Timing['ifNoWindow'] = 'ask', more: Partial<Window> = {}): Window => ({
  calendar,
  neededMs: hour,
  finishBeforeMs: 2 * hour,
  ifNoWindow,
  ...more,
});

/** 02:00 in Shanghai is 18:00Z the day before. */
const thursdayNight = '2026-11-18T18:00:00Z';

describe('a window before the planned time', () => {
  it.each<[string, string | undefined, string, object]>([
    [
      'waits for the next opening',
      '2026-11-20T12:00:00Z',
      '2026-11-18T08:00:00Z',
      { kind: 'later', at: at(thursdayNight), name: 'nights' },
    ],
    [
      'is open from its first moment',
      '2026-11-20T12:00:00Z',
      thursdayNight,
      { kind: 'open', until: at('2026-11-18T21:00:00Z'), name: 'nights' },
    ],
    [
      'is open while the work still fits',
      '2026-11-20T12:00:00Z',
      '2026-11-18T20:00:00Z',
      { kind: 'open', until: at('2026-11-18T21:00:00Z'), name: 'nights' },
    ],
    [
      'ends where the margin before the planned time begins',
      '2026-11-18T22:30:00Z',
      thursdayNight,
      { kind: 'open', until: at('2026-11-18T20:30:00Z'), name: 'nights' },
    ],
    [
      'just fits before the margin',
      '2026-11-18T21:00:00Z',
      thursdayNight,
      { kind: 'open', until: at('2026-11-18T19:00:00Z'), name: 'nights' },
    ],
    [
      'goes round a day that is denied',
      '2026-11-22T12:00:00Z',
      '2026-11-18T20:00:01Z',
      { kind: 'later', at: at('2026-11-20T18:00:00Z'), name: 'nights' },
    ],
    [
      'comes without a deadline for an event without a planned time',
      undefined,
      '2026-11-18T20:00:01Z',
      { kind: 'later', at: at('2026-11-20T18:00:00Z'), name: 'nights' },
    ],
  ])('%s', (_name, notBefore, now, expected) => {
    expect(windowState(window(), notBefore === undefined ? undefined : at(notBefore), at(now))).toEqual(
      expected,
    );
  });
});

describe('no window before the planned time', () => {
  /** The margin begins at 03:00Z; the night of the 20th is denied. */
  const notBefore = at('2026-11-20T05:00:00Z');
  const after = at('2026-11-18T20:00:01Z');

  it.each(['ask', 'letProviderAct'] as const)('is none where the playbook says %s', (ifNoWindow) => {
    expect(windowState(window(ifNoWindow), notBefore, after)).toEqual({
      kind: 'none',
      sentence: 'the longest opening before Fri 20 Nov 11:00 (Asia/Shanghai) is 59m 59s, and 1h are needed',
    });
  });

  it.each<[string, number, object]>([
    [
      'waits for it',
      after,
      { kind: 'later', at: at('2026-11-20T02:00:00Z'), name: 'last safe moment', outside: true },
    ],
    [
      'is open at it',
      at('2026-11-20T02:00:00Z'),
      { kind: 'open', until: at('2026-11-20T03:00:00Z'), name: 'last safe moment', outside: true },
    ],
    [
      'is none behind it',
      at('2026-11-20T02:00:01Z'),
      {
        kind: 'none',
        sentence:
          'the calendar has no opening before Fri 20 Nov 11:00 (Asia/Shanghai); the last safe moment has passed',
      },
    ],
  ])('with the last safe moment, %s', (_name, now, expected) => {
    expect(windowState(window('lastSafeMoment'), notBefore, now)).toEqual(expected);
  });

  it('knows no last safe moment of an event without a planned time', () => {
    const tooLong = window('lastSafeMoment', { neededMs: 4 * hour });
    expect(windowState(tooLong, undefined, after)).toMatchObject({ kind: 'none' });
  });

  it('says that the deadline has passed', () => {
    expect(windowState(window(), at('2026-11-18T19:00:00Z'), at(thursdayNight))).toEqual({
      kind: 'none',
      sentence: 'the deadline, Thu 19 Nov 01:00 (Asia/Shanghai), has passed',
    });
  });
});

describe('a window with a soft drain ahead of it (C41)', () => {
  const halfHour = window('ask', { aheadMs: hour / 2 });
  const day = window('ask', { aheadMs: 24 * hour });
  const friday = at('2026-11-20T12:00:00Z');
  const untilFive = { kind: 'open', until: at('2026-11-18T21:00:00Z'), name: 'nights' };

  it.each<[string, Window, number | undefined, string, object]>([
    [
      'is waited for until so long before it',
      halfHour,
      friday,
      '2026-11-18T08:00:00Z',
      { kind: 'later', at: at('2026-11-18T17:30:00Z'), name: 'nights' },
    ],
    ['begins there', halfHour, friday, '2026-11-18T17:30:00Z', untilFive],
    ['may begin inside, while both fit', halfHour, friday, '2026-11-18T19:30:00Z', untilFive],
    [
      'waits for the next one when both do not fit any more',
      halfHour,
      undefined,
      '2026-11-18T19:30:01Z',
      { kind: 'later', at: at('2026-11-20T17:30:00Z'), name: 'nights' },
    ],
    ['is shorter where no next one comes in time', halfHour, friday, '2026-11-18T19:45:00Z', untilFive],
    [
      'begins a day ahead',
      day,
      undefined,
      '2026-11-20T08:00:00Z',
      { kind: 'later', at: at('2026-11-20T18:00:00Z'), name: 'nights' },
    ],
    ['begins at once where the whole day is not left', day, friday, '2026-11-18T08:00:00Z', untilFive],
  ])('%s', (_name, with_, notBefore, now, expected) => {
    expect(windowState(with_, notBefore, at(now))).toEqual(expected);
  });

  it('gives a run its coming stretch of time with the soft drain in it, or without where that is too long', () => {
    expect(nextStart(halfHour, friday, at('2026-11-18T08:00:00Z'))).toEqual({
      opens: at('2026-11-18T17:30:00Z'),
      lastStart: at('2026-11-18T19:30:00Z'),
    });
    expect(nextStart(halfHour, friday, at('2026-11-18T19:45:00Z'))).toEqual({
      opens: at('2026-11-18T19:45:00Z'),
      lastStart: at('2026-11-18T20:00:00Z'),
    });
  });

  it('keeps the last safe moment of the work itself, and begins so long before it', () => {
    const atLast = window('lastSafeMoment', { aheadMs: hour / 2 });
    const notBefore = at('2026-11-20T05:00:00Z');
    expect(windowState(atLast, notBefore, at('2026-11-18T20:00:01Z'))).toEqual({
      kind: 'later',
      at: at('2026-11-20T01:30:00Z'),
      name: 'last safe moment',
      outside: true,
    });
  });

  it('prefers a window of the calendar to a longer soft drain ahead of the last safe moment', () => {
    const atLast = window('lastSafeMoment', { aheadMs: 24 * hour });
    expect(windowState(atLast, at('2026-11-20T05:00:00Z'), at('2026-11-18T08:00:00Z'))).toEqual(untilFive);
  });

  it('is none where there is none', () => {
    expect(windowState(halfHour, at('2026-11-18T19:00:00Z'), at(thursdayNight))).toMatchObject({
      kind: 'none',
    });
  });
});

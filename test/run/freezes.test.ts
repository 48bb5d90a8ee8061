import { freezesAt, readFreezeLines, stops } from '../../src/run/freezes';

const t0 = 1_800_000_000_000;
const minute = 60_000;

const frozen = (id: string, more: object = {}) =>
  JSON.stringify({ kind: 'frozen', id, at: t0, hard: false, now: false, by: 'lin', why: 'sale', ...more });
const lifted = (...freezes: readonly string[]) =>
  JSON.stringify({ kind: 'lifted', at: t0, freezes, by: 'wu', why: 'sale is over' });
const idsAt = (now: number, ...lines: readonly string[]) =>
  freezesAt(readFreezeLines(lines), now).map(({ id }) => id);

describe('freezes', () => {
  it.each<[string, readonly string[], number, readonly string[]]>([
    ['are none before anybody froze', [], t0, []],
    ['hold until they are lifted', [frozen('a')], t0 + 365 * 24 * 60 * minute, ['a']],
    [
      'hold until their own end, and not at it',
      [frozen('a', { until: t0 + minute })],
      t0 + minute - 1,
      ['a'],
    ],
    ['are over at their own end', [frozen('a', { until: t0 + minute })], t0 + minute, []],
    ['hold side by side', [frozen('a'), frozen('b', { pool: 'web' })], t0, ['a', 'b']],
    ['end one by one', [frozen('a'), frozen('b', { pool: 'web' }), lifted('a')], t0, ['b']],
    ['can be set again after they were lifted', [frozen('a'), lifted('a'), frozen('b')], t0, ['b']],
    ['that nobody set can be lifted', [lifted('z')], t0, []],
  ])('%s (C68)', (_what, lines, now, ids) => {
    expect(idsAt(now, ...lines)).toEqual(ids);
  });

  it('stop every pool or one, and emergencies only when they are hard (C21)', () => {
    const [all, web, hard] = freezesAt(
      readFreezeLines([frozen('a'), frozen('b', { pool: 'web' }), frozen('c', { hard: true })]),
      t0,
    );
    const inWeb = { pool: 'web', urgent: false };
    const inDb = { pool: 'db', urgent: false };
    const urgent = { pool: 'web', urgent: true };
    const scopes = [inWeb, inDb, urgent];
    const table = [all, web, hard].map((one) =>
      scopes.map((scope) => one !== undefined && stops(one, scope)),
    );
    expect(table).toEqual([
      [true, true, false],
      [true, false, false],
      [true, true, true],
    ]);
  });

  it('say what is wrong with a line that is none of ours', () => {
    expect(() => readFreezeLines(['{"kind":"frost"}'])).toThrow('kind');
  });
});

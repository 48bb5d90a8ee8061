import { Duration, durationExpectation, PlannedMargin, sayDuration } from '../../src/playbook/duration';
import { membersIn, percentageExpectation, Share } from '../../src/playbook/percentage';
import { nearest } from '../../src/playbook/spelling';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(Duration.parse(text)).toBe(ms);
  });

  it.each(['90', '1h30m', '-5m', '1.5h', '5 m', '', 'm'])('is not %p', (text) => {
    expect(Duration.safeParse(text).success).toBe(false);
  });

  it.each([
    ['5 minutes', '5m'],
    ['2 Hours', '2h'],
    ['90sec', '90s'],
    ['600', '600s, if seconds are meant'],
    ['soon', undefined],
  ])('%s was probably meant as %s', (found, mended) => {
    expect(durationExpectation.mend(found)).toBe(mended);
  });

  it.each([
    [0, '0s'],
    [999, '1s'],
    [90_000, '1m 30s'],
    [2_700_000, '45m'],
    [9_000_000, '2h 30m'],
    [90_061_000, '1d 1h 1m 1s'],
  ])('of %d ms is said as %s', (ms, text) => {
    expect(sayDuration(ms)).toBe(text);
  });

  it('before the planned time is a margin', () => {
    expect(PlannedMargin.parse('planned - 2h')).toBe(7_200_000);
    expect(PlannedMargin.safeParse('planned + 2h').success).toBe(false);
  });
});

describe('a share of a pool', () => {
  it.each([
    ['75%', { percent: 75 }],
    ['0%', { percent: 0 }],
    ['100%', { percent: 100 }],
    [2, { count: 2 }],
    [0, { count: 0 }],
  ])('%p is %p', (text, share) => {
    expect(Share.parse(text)).toEqual(share);
  });

  it.each(['75', '101%', '7.5%', '-1%', -1, 1.5])('is not %p', (text) => {
    expect(Share.safeParse(text).success).toBe(false);
  });

  it.each([
    [75, 3, 3, 2],
    [60, 3, 2, 1],
    [70, 10, 7, 7],
    [19, 10, 2, 1],
    [29, 100, 29, 29],
    [57, 100, 57, 57],
    [50, 0, 0, 0],
  ])('%d%% of %d is %d rounded up and %d rounded down', (percent, members, up, down) => {
    expect(membersIn({ percent }, members, 'up')).toBe(up);
    expect(membersIn({ percent }, members, 'down')).toBe(down);
  });

  it.each([
    ['75', '"75%"'],
    ['0.6', '"60%"'],
    ['.25', '"25%"'],
    ['50 percent', '"50%"'],
    ['160%', undefined],
  ])('%s was probably meant as %s', (found, mended) => {
    expect(percentageExpectation.mend(found)).toBe(mended);
  });
});

describe('the nearest word', () => {
  const known = ['maxOut', 'maxOutPerZone', 'minHealthy', 'allowLast'];

  it.each([
    ['maxout', 'maxOut'],
    ['maxOuts', 'maxOut'],
    ['mxaOut', 'maxOut'],
    ['minHelthy', 'minHealthy'],
    ['allow', 'allowLast'],
    ['cooldown', undefined],
    ['x', undefined],
  ])('to %s is %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });
});

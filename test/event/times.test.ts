import * as fc from 'fast-check';
import { readTime } from '../../src/event/times';

describe('the times of events', () => {
  it.each([
    ['2026-03-04T02:00:00Z', 1772589600000],
    ['2026-03-04T02:00Z', 1772589600000],
    ['2026-03-04T10:00:00+08:00', 1772589600000],
    ['20260304T100000.000+0800', 1772589600000],
    ['20260302T111540.922+0800', 1772421340922],
    ['2024-02-29T23:59:59Z', 1709251199000],
  ])('reads %s', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['without a zone', '2026-03-04T02:00:00'],
    ['without a zone, as the console output has it', '2026-03-04 02:00:00'],
    ['with the zone EventBridge invents', '2026-03-02T11:15:42.179PRC'],
    ['on a day that does not exist', '2026-02-30T02:00:00Z'],
    ['in a month that does not exist', '20261302T111540.922+0800'],
    ['a bare number', '1772589600000'],
    ['words', 'tomorrow'],
  ])('does not guess a time %s', (_what, text) => {
    expect(readTime(text)).toBeUndefined();
  });

  it('reads back every instant of ours', () => {
    const whole = {
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T23:59:59Z'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(whole), (date) => {
        expect(readTime(date.toISOString())).toBe(date.getTime());
        expect(readTime(date.toISOString().replace(/[-:]/g, ''))).toBe(date.getTime());
      }),
    );
  });
});

import { isNews, isOver, type SystemEvent } from '../../src/event/system-event';

const scheduled: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690701234567890',
  region: 'cn-hangzhou',
  instanceId: 'i-1',
  notBefore: 1772589600000,
};

describe('news of an event', () => {
  it.each([
    ['the next status', scheduled, { ...scheduled, status: 'Executing' }, true],
    ['a status that skipped one', scheduled, { ...scheduled, status: 'Canceled' }, true],
    ['an earlier planned time', scheduled, { ...scheduled, notBefore: 1772586000000 }, true],
    ['a later planned time', scheduled, { ...scheduled, notBefore: 1772593200000 }, true],
    ['the same again', scheduled, scheduled, false],
    ['the same without its planned time', scheduled, { ...scheduled, notBefore: undefined }, false],
    ['an earlier status', { ...scheduled, status: 'Executing' }, scheduled, false],
    [
      'anything after the end',
      { ...scheduled, status: 'Avoided' },
      { ...scheduled, status: 'Executed' },
      false,
    ],
  ] as const)('%s', (_what, known, heard, expected) => {
    expect(isNews(known, heard)).toBe(expected);
  });

  it('is over in four statuses', () => {
    expect((['Executed', 'Avoided', 'Canceled', 'Failed'] as const).every(isOver)).toBe(true);
    expect((['Inquiring', 'Scheduled', 'Executing'] as const).some(isOver)).toBe(false);
  });
});

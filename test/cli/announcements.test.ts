import { readHappenings } from '../../src/cli/announcements';

const now = Date.parse('2026-11-17T07:10:00Z');
const place = { account: '1690700000000030', region: 'cn-hangzhou', now };
const inWords = (code: string, notBefore?: string) =>
  readHappenings(
    { files: [], code, instance: 'i-bp1web0000000000002', ...(notBefore !== undefined && { notBefore }) },
    place,
  ).map(({ event }) => event);

describe('an event that --code and --instance name', () => {
  it.each([
    ['SystemMaintenance.Reboot', 'Scheduled'],
    ['SystemMaintenance.IsolateErrorDisk', 'Inquiring'],
    ['SystemMaintenance.PerformanceImpact', 'Executing'],
    ['SystemFailure.Reboot', 'Executing'],
    ['SystemFailure.Redeploy', 'Scheduled'],
    ['ErrorDetected', 'Executing'],
    ['Instance:PreemptibleInstanceInterruption', 'Executing'],
  ])('%s is announced %s, as its code usually is', (code, status) => {
    const planned = status === 'Scheduled' ? { notBefore: Date.parse('2026-11-18T23:10:00Z') } : {};
    expect(inWords(code)).toEqual([{ code, status, instanceId: 'i-bp1web0000000000002', ...planned }]);
  });

  it.each([
    [
      'SystemFailure.Reboot',
      '2026-11-18T07:10:00Z',
      '--not-before: SystemFailure.Reboot is announced Executing and has no planned time; leave it out',
    ],
    [
      'Instance:StateChange',
      undefined,
      '--code: Instance:StateChange is a notice, and no playbook answers it',
    ],
  ])('%s at %s is refused', (code, notBefore, sentence) => {
    expect(() => inWords(code, notBefore)).toThrow(sentence);
  });
});

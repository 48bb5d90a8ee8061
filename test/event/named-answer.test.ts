import { isAnsweredBy, rightAnswers, whyUnanswered } from '../../src/event/named-answer';

describe('an answer that a playbook names', () => {
  it.each([
    ['restart', 'SystemMaintenance.Reboot', 'Scheduled', true],
    ['restart', 'SystemMaintenance.Reboot', 'Inquiring', false],
    ['restart', 'SystemMaintenance.Redeploy', 'Scheduled', false],
    ['restart', 'SystemMaintenance.RebootAndIsolateErrorDisk', 'Inquiring', false],
    ['restart', 'SystemMaintenance.RebootAndIsolateErrorDisk', 'Executing', false],
    ['restart', 'SystemMaintenance.Stop', 'Scheduled', false],
    ['accept', 'SystemMaintenance.Reboot', 'Inquiring', true],
    ['accept', 'SystemMaintenance.Reboot', 'Scheduled', false],
    ['accept', 'SystemMaintenance.IsolateErrorDisk', 'Inquiring', true],
    ['accept', 'SystemFailure.Redeploy', 'Inquiring', true],
    ['accept', 'Of.Tomorrow', 'Inquiring', true],
    ['accept', 'Of.Tomorrow', 'Scheduled', false],
    ['redeploy', 'SystemMaintenance.Redeploy', 'Scheduled', true],
    ['redeploy', 'SystemFailure.Reboot', 'Executing', true],
    ['redeploy', 'SystemMaintenance.Stop', 'Scheduled', false],
    ['stopStart', 'SystemMaintenance.Reboot', 'Scheduled', true],
    ['stopStart', 'SystemMaintenance.Reboot', 'Inquiring', false],
    ['stopStart', 'SystemMaintenance.Stop', 'Scheduled', false],
    ['stopStart', 'SystemMaintenance.Redeploy', 'Scheduled', false],
    ['restart', 'SystemMaintenance.Reboot', 'Executed', false],
  ] as const)('%s for %s while %s: %s', (answer, code, status, expected) => {
    expect(isAnsweredBy(answer, code, status)).toBe(expected);
  });

  it('says what was named, for what, and what would be right', () => {
    const event = { code: 'SystemMaintenance.Redeploy', status: 'Scheduled' } as const;
    expect(whyUnanswered('restart', event)).toBe(
      'a restart does not answer SystemMaintenance.Redeploy while it is Scheduled; right would be action: fromEvent or redeploy',
    );
    expect(whyUnanswered('redeploy', event)).toBeUndefined();
    expect(rightAnswers('SystemMaintenance.Reboot', ['Inquiring', 'Scheduled'])).toEqual([
      'fromEvent',
      'redeploy',
    ]);
  });
});

import { eventKind, eventKinds, knownEventCodes } from '../../src/event/kinds';

describe('the registry of event kinds', () => {
  it('knows these codes, and a playbook may match them', () => {
    expect(knownEventCodes).toEqual([
      'SystemMaintenance.Reboot',
      'SystemMaintenance.Stop',
      'SystemMaintenance.Redeploy',
      'SystemMaintenance.StopAndRepair',
      'SystemMaintenance.PerformanceImpact',
      'SystemMaintenance.CleanInactiveDisks',
      'SystemMaintenance.CleanReleasedDisks',
      'SystemUpgrade.Migrate',
      'SystemMaintenance.RebootAndIsolateErrorDisk',
      'SystemMaintenance.RebootAndReInitErrorDisk',
      'SystemMaintenance.IsolateErrorDisk',
      'SystemMaintenance.ReInitErrorDisk',
      'ErrorDetected',
      'Stalled',
      'Degraded',
      'SeverelyDegraded',
      'SystemFailure.Reboot',
      'SystemFailure.Stop',
      'SystemFailure.Redeploy',
      'SystemFailure.Delete',
      'InstanceFailure.Reboot',
      'Security.TpmAlert',
      'InstanceExpiration.Stop',
      'InstanceExpiration.Delete',
      'AccountUnbalanced.Stop',
      'AccountUnbalanced.Delete',
      'SecurityPunish.Locked',
      'SecurityPunish.WebsiteBanned',
      'Instance:PreemptibleInstanceInterruption',
    ]);
  });

  it('lists every code once', () => {
    const codes = eventKinds.map((kind) => kind.code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('says what each kind means in one sentence', () => {
    for (const kind of eventKinds) expect(kind.meaning).toMatch(/^[A-Z].*[.)]$/);
  });

  it('offers answers only in statuses that the kind goes through', () => {
    for (const kind of eventKinds) {
      expect(kind.statuses).toEqual(expect.arrayContaining(Object.keys(kind.answers)));
    }
  });

  it.each([
    ['SystemMaintenance.Reboot', 'Inquiring', 'AcceptInquiredSystemEvent'],
    ['SystemMaintenance.Reboot', 'Scheduled', 'RebootInstance'],
    ['SystemMaintenance.Redeploy', 'Scheduled', 'RedeployInstance'],
    ['SystemMaintenance.RebootAndIsolateErrorDisk', 'Inquiring', 'AcceptInquiredSystemEvent'],
    ['SystemMaintenance.RebootAndIsolateErrorDisk', 'Executing', 'RebootInstance'],
    ['SystemFailure.Redeploy', 'Scheduled', 'RedeployInstance'],
  ] as const)('answers %s in %s with %s', (code, status, answer) => {
    expect(eventKind(code)?.answers[status]?.[0]).toBe(answer);
  });

  it('never lets an event be accepted that does not inquire', () => {
    for (const { answers } of eventKinds) {
      expect(answers.Scheduled ?? []).not.toContain('AcceptInquiredSystemEvent');
      expect(answers.Executing ?? []).not.toContain('AcceptInquiredSystemEvent');
    }
  });

  it('keeps local data through a restart and loses it in a redeploy', () => {
    expect(eventKind('SystemMaintenance.Reboot')?.losesLocalData).toBe(false);
    expect(eventKind('SystemMaintenance.Redeploy')?.losesLocalData).toBe('local-disks');
    expect(eventKind('SystemFailure.Delete')?.losesLocalData).toBe(true);
  });

  it('knows notices too, though no playbook can match them', () => {
    expect(eventKind('Instance:StateChange')?.statuses).toEqual([]);
    expect(eventKind('Snapshot:CreateSnapshotCompleted')?.resource).toBe('snapshot');
  });

  it('does not know what nobody has written down', () => {
    expect(eventKind('SystemMaintenance.Relocate')).toBeUndefined();
    expect(eventKind('toString')).toBeUndefined();
  });
});

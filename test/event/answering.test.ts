import { emptiesLocalDisks } from '../../src/event/answering';

describe('an answer empties local disks', () => {
  const fromEvent = { action: 'fromEvent', pullEarlier: false } as const;
  const redeploy = { action: 'redeploy', pullEarlier: false } as const;
  const accept = { action: 'accept', pullEarlier: false } as const;
  const wait = { action: 'wait', pullEarlier: false } as const;
  const pull = { action: 'wait', pullEarlier: true } as const;
  it.each([
    ['where it moves the instance', redeploy, 'SystemMaintenance.Reboot', true],
    ['where moving is the usual answer', fromEvent, 'SystemFailure.Redeploy', true],
    ['where it agrees to a repair that erases them', fromEvent, 'SystemMaintenance.StopAndRepair', true],
    ['where it agrees to a move', accept, 'SystemMaintenance.Redeploy', true],
    ['not where it agrees to a restart', accept, 'SystemMaintenance.Reboot', false],
    ['where it has the provider move the instance now', pull, 'SystemMaintenance.Redeploy', true],
    ['not where the provider moves it by itself', wait, 'SystemMaintenance.Redeploy', false],
    ['not where the provider stops it now', pull, 'SystemMaintenance.Stop', false],
    ['not where the provider has restarted it', fromEvent, 'SystemFailure.Reboot', false],
    ['not where it restarts', fromEvent, 'SystemMaintenance.Reboot', false],
    ['not where a damaged disk is isolated', fromEvent, 'SystemMaintenance.IsolateErrorDisk', false],
    ['not where nobody has written the event down', fromEvent, 'SystemMaintenance.Unheard', false],
  ])('%s', (_name, answer, code, expected) => {
    expect(emptiesLocalDisks(answer, code)).toBe(expected);
  });
});

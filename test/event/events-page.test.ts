import { readFileSync } from 'node:fs';
import { eventsPage } from '../../src/cli/events/markdown';
import { eventKind } from '../../src/event/kinds';
import { verdictOf } from '../../src/event/verdict';

/** Without the blanks and dashes with which a table is set. */
const words = (text: string) => text.replaceAll(/[ -]+/g, ' ');

describe('docs/events.md', () => {
  it('is what `npm run events` writes from the table', () => {
    expect(words(readFileSync('docs/events.md', 'utf8'))).toBe(words(eventsPage()));
  });
});

describe('the verdict on an event', () => {
  it.each([
    [
      'SystemMaintenance.Reboot',
      'Scheduled',
      'RebootInstance or RedeployInstance or ModifySystemEventAttribute',
    ],
    ['SystemMaintenance.Stop', 'Scheduled', 'ModifySystemEventAttribute'],
    ['SystemMaintenance.RebootAndIsolateErrorDisk', 'Executing', 'RebootInstance'],
    ['SystemFailure.Reboot', 'Executing', 'RedeployInstance'],
    ['SystemFailure.Stop', 'Executing', 'take the traffic away, and wait'],
    ['ErrorDetected', 'Executing', 'take the traffic away, and wait'],
    ['InstanceExpiration.Stop', 'Scheduled', 'pay or renew; nothing else helps'],
    ['SystemMaintenance.Reboot', 'Canceled', 'put back what was done for it'],
    ['SystemMaintenance.Reboot', 'Failed', 'somebody is called; another event usually follows'],
  ])('%s says what may be done when it is %s', (code, status, may) => {
    const kind = eventKind(code);
    expect(kind && verdictOf(kind).states.find((state) => state.status === status)?.may).toBe(may);
  });
});

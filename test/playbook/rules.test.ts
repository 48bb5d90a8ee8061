import { somethingAnswers } from '../../src/playbook/rules/answerable';
import type { Draft } from '../../src/playbook/draft';

/** A playbook that matches these codes and has a step of this type. */
function draftOf(events: readonly string[], use: string): Draft {
  const content = { spec: { match: { events }, steps: [{ id: 'it', use, with: {} }] } };
  return { source: {} as Draft['source'], kind: 'Playbook', name: 'it', content };
}

function findings(draft: Draft) {
  const none = { settings: [], pools: [], calendars: [], unreadNames: new Set<string>() };
  return somethingAnswers({ ...none, playbooks: [draft], knownEvents: [], now: 0 });
}

describe('an event that no call answers', () => {
  it.each(['InstanceExpiration.Stop', 'SystemUpgrade.Migrate', 'SystemMaintenance.CleanInactiveDisks'])(
    '%s has no place in a playbook that answers events',
    (code) => {
      expect(findings(draftOf(['SystemMaintenance.Reboot', code], 'answer-event'))).toMatchObject([
        { path: ['spec', 'match', 'events', 1], message: `no call answers ${code}: people do` },
      ]);
      expect(findings(draftOf([code], 'tell-someone'))).toEqual([]);
    },
  );

  it.each([
    'SystemMaintenance.Stop',
    'SystemFailure.Stop',
    'InstanceFailure.Reboot',
    'ErrorDetected',
    'Of.Tomorrow',
  ])('%s may be answered by waiting, or by what comes of it', (code) => {
    expect(findings(draftOf([code], 'answer-event'))).toEqual([]);
  });
});

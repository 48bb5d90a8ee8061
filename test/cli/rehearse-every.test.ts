import { readEventFlag } from '../../src/cli/rehearse/event-flag';
import { outcomeOf } from '../../src/cli/rehearse/report';
import { rehearsed } from '../support/rehearsed';

jest.setTimeout(120_000);

/** What the shipped playbooks make of an event that is announced so. Those that take longer are told in rehearse-each. */
const answered: Readonly<Record<string, string>> = {
  'SystemMaintenance.Reboot:Scheduled': 'planned-restart done',
  'SystemMaintenance.Reboot:Executing': 'planned-restart done',
  'SystemMaintenance.Redeploy:Executing': 'planned-redeploy done',
  'SystemMaintenance.IsolateErrorDisk:Inquiring': 'damaged-local-disk done',
  // Somebody accepted it before the data was saved: the new disk comes, and nothing is there to be loaded.
  'SystemMaintenance.IsolateErrorDisk:Executing': 'damaged-local-disk held',
  // Somebody accepted it, and ECS waits for the restart: there is time to save the data.
  'SystemMaintenance.RebootAndIsolateErrorDisk:Executing': 'damaged-local-disk done',
  'SystemFailure.Reboot:Executing': 'system-failure done',
  'SystemFailure.Stop:Executing': 'system-failure done',
  'SystemFailure.Redeploy:Inquiring': 'system-failure done',
  'SystemFailure.Redeploy:Scheduled': 'system-failure done',
  'InstanceFailure.Reboot:Executing': 'instance-failure done',
  'Instance:PreemptibleInstanceInterruption:Executing': 'spot-reclaim done',
  // Nobody pays in a rehearsal: the platform acts, and someone is called.
  'AccountUnbalanced.Stop:Scheduled': 'expiring-instances infeasible',
  'InstanceExpiration.Delete:Executing': 'expiring-instances infeasible',
};

/** What nobody answers: it is said, and nothing is done. */
const nobody = 'no run, no playbook answers';
const unanswered = [
  ['SystemMaintenance.PerformanceImpact:Executing', nobody],
  ['SystemMaintenance.CleanInactiveDisks:Inquiring', nobody],
  ['Degraded:Executing', nobody],
  ['SystemFailure.Delete:Executing', 'no run, there is no instance i-bp1web0000000000002'],
  ['Security.TpmAlert:Executing', nobody],
];

describe('a rehearsal of an event that is named by its code and status', () => {
  it.each(Object.entries(answered))('%s: %s, with every promise kept (C95)', async (event, expected) => {
    const { report } = await rehearsed({ files: [event] });
    const { runs, promises } = report;
    expect(runs.map((run) => `${run.plan.playbook} ${outcomeOf(run)}`)).toEqual([expected]);
    expect(promises.filter(({ violations }) => violations.length > 0)).toEqual([]);
  });

  it.each(unanswered)('%s: nothing is done, and why is said (C95)', async (event, why) => {
    const { report } = await rehearsed({ files: [event] });
    const { runs, leftAlone, writes } = report;
    expect([runs, writes.filter(({ product }) => ['ecs', 'slb'].includes(product))]).toEqual([[], []]);
    expect([...leftAlone.values()]).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    ['SystemMaintenance.Reboot', { code: 'SystemMaintenance.Reboot', status: 'Scheduled' }],
    ['SystemMaintenance.Reboot:Inquiring', { code: 'SystemMaintenance.Reboot', status: 'Inquiring' }],
    ['SystemFailure.Reboot', { code: 'SystemFailure.Reboot', status: 'Executing' }],
    [
      'Instance:PreemptibleInstanceInterruption',
      { code: 'Instance:PreemptibleInstanceInterruption', status: 'Executing' },
    ],
    ['test/event/samples/spot-reclaim.json', undefined],
    ['no-such-file.json', undefined],
  ])('--event %s is read as %j', (text, expected) => {
    expect(readEventFlag(text)).toEqual(expected);
  });

  it.each([
    [
      'SystemFailure.Reboot:Inquiring',
      '--event SystemFailure.Reboot:Inquiring: SystemFailure.Reboot is never announced Inquiring; known: Executing',
    ],
    [
      'Instance:StateChange',
      '--event Instance:StateChange: Instance:StateChange is a notice, and no playbook answers it',
    ],
  ])('--event %s is refused', (text, sentence) => {
    expect(() => readEventFlag(text)).toThrow(sentence);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import colors from 'picocolors';
import { parse } from 'yaml';
import type { FleetInput } from '../../simulator/fleet/schema';
import { openFrontDoor } from '../../src/cli/front-door';
import { readEventFlag } from '../../src/cli/rehearse/event-flag';
import type { Handler, LoadHandler } from '../../src/cli/rehearse/local-runner';
import { rehearseIn } from '../../src/cli/rehearse/rehearse';
import { outcomeOf, type Report } from '../../src/cli/rehearse/report';
import { startSimulator } from '../support/simulator';

jest.setTimeout(120_000);

/** The functions as their sources have them. */
const loadSource: LoadHandler = async ({ file, exported }) => {
  const module = (await import(join('..', '..', file.replace(/^dist\//, '')))) as Record<string, unknown>;
  return module[exported] as Handler;
};

const silent = {
  paint: colors.createColors(false),
  live: false,
  print: () => undefined,
  status: () => undefined,
};

async function rehearse(event: string): Promise<Report> {
  const fleet = 'playbooks/example/fleet.yml';
  const simulator = await startSimulator(parse(readFileSync(fleet, 'utf8')) as FleetInput);
  try {
    const cloud = { facts: simulator, door: openFrontDoor(simulator.endpoint) };
    const options = { files: [event], faults: [], days: 14, playbooks: 'playbooks', fleet };
    return await rehearseIn(cloud, options, silent, loadSource);
  } finally {
    await simulator.close();
  }
}

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
    const { runs, promises } = await rehearse(event);
    expect(runs.map((run) => `${run.plan.playbook} ${outcomeOf(run)}`)).toEqual([expected]);
    expect(promises.filter(({ violations }) => violations.length > 0)).toEqual([]);
  });

  it.each(unanswered)('%s: nothing is done, and why is said (C95)', async (event, why) => {
    const { runs, leftAlone, writes } = await rehearse(event);
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

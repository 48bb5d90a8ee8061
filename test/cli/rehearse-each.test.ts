import { outcomeOf, type Report } from '../../src/cli/rehearse/report';
import { shippedConfiguration } from '../support/configuration';
import { rehearsed } from '../support/rehearsed';

/** What was asked of ECS, without the scripts. */
function answersIn({ writes }: Report): readonly string[] {
  return writes
    .filter(({ product, action }) => product === 'ecs' && action !== 'RunCommand')
    .map(({ action }) => action);
}

interface Expected {
  /** What it asks of ECS, scripts apart. */
  readonly answers: readonly string[];
  /** Whole days of the cloud's time that it takes. */
  readonly days: number;
  /** A line that must not be missing from what is told. */
  readonly tells: string;
  /** Left out: done. */
  readonly end?: string;
}

const answer = 'AcceptInquiredSystemEvent';
const back = 'every weight is what it was';
const restored = '2 files are there again, each with the checksum of the manifest';
const shipped: Readonly<Record<string, Expected>> = {
  'damaged-local-disk': {
    answers: ['AcceptInquiredSystemEvent', 'AcceptInquiredSystemEvent'],
    days: 2,
    tells: restored,
  },
  'disk-stalled': { answers: [], days: 0, tells: back },
  // Nobody pays in a rehearsal: the platform stops the instance, and someone is called.
  'expiring-instances': { answers: [], days: 3, tells: 'InstanceExpiration.Stop', end: 'infeasible' },
  'instance-failure': { answers: [], days: 0, tells: back },
  'planned-redeploy': { answers: ['RedeployInstance'], days: 0, tells: restored },
  'planned-restart': { answers: ['AcceptInquiredSystemEvent'], days: 0, tells: back },
  'planned-stop': { answers: ['ModifySystemEventAttribute', 'StartInstance'], days: 1, tells: back },
  'spot-reclaim': { answers: [], days: 0, tells: 'weight 0 in all 3 places' },
  'system-failure': { answers: [], days: 0, tells: back },
};

describe('a rehearsal of each shipped playbook, with an event of its own', () => {
  it.each(Object.entries(shipped))(
    '%s comes to its end, with every promise kept (C95)',
    async (name, { answers, days, tells, end = 'done' }) => {
      const { report, lines } = await rehearsed({ playbook: name });
      expect(report.runs.map((run) => [run.plan.playbook, outcomeOf(run)])).toEqual([[name, end]]);
      expect(report.promises.filter(({ violations }) => violations.length > 0)).toEqual([]);
      expect(answersIn(report)).toEqual(answers);
      expect(Math.floor((report.to - report.from) / 86_400_000)).toBe(days);
      expect(lines.filter((line) => line.includes(tells))).not.toEqual([]);
    },
  );

  it.each([
    [
      'a cluster whose nodes leave before and join after',
      'ordered-cluster',
      'planned-restart',
      ['RunCommand', answer, 'RunCommand'],
    ],
    [
      'an active one that hands over first',
      'active-standby',
      'planned-restart',
      ['RunCommand', 'RunCommand', answer],
    ],
    [
      'a damaged disk that is left behind by a move',
      'disk-by-redeploy',
      'damaged-local-disk',
      [...Array<string>(3).fill('RunCommand'), 'RedeployInstance', 'RunCommand', 'RunCommand'],
    ],
  ])('of %s is done (C95)', async (_what, example, playbook, expected) => {
    const { report } = await rehearsed({ playbook }, `playbooks/examples/${example}`);
    expect(report.runs.map(outcomeOf)).toEqual(['done']);
    expect(report.promises.filter(({ violations }) => violations.length > 0)).toEqual([]);
    const deeds = report.writes.filter(({ product }) => product === 'ecs');
    expect(deeds.map(({ action }) => action)).toEqual(expected);
  });

  it('leaves no playbook out', () => {
    const names = shippedConfiguration().playbooks.map(({ metadata }) => metadata.name);
    expect(names).toEqual(Object.keys(shipped));
  });

  it('refuses a playbook that there is not, and names the nearest', async () => {
    await expect(rehearsed({ playbook: 'planned-restrat' })).rejects.toThrow(
      '--playbook: no playbook is called planned-restrat; did you mean planned-restart?',
    );
  });
});

import { commandOn, type Ran } from '../on-account';
import { healthyDocuments, healthyFleet, writeDocuments } from '../../support/healthy';
import { deployHealthy } from '../../support/healthy-cloud';
import type { Simulator } from '../../support/simulator';
import { web2 } from '../../support/story-fleet';

let simulator: Simulator;
let written: number;
let ecsFailover: (...args: readonly string[]) => Promise<Ran>;
const folder = writeDocuments(healthyDocuments());
const doctor = (...args: readonly string[]) => ecsFailover('doctor', '--playbooks', folder, ...args);

beforeAll(async () => {
  ({ simulator } = await deployHealthy(healthyFleet(), 'fc3', folder));
  const before = (await simulator.knock('GET', '/writes')) as { writes: unknown[] };
  written = before.writes.length;
  ecsFailover = commandOn(simulator);
  await simulator.call('ecs', 'ModifyInstanceMaintenanceAttributes', {
    InstanceId: [web2],
    ActionOnMaintenance: 'Stop',
  });
});
afterAll(() => simulator.close());

const actionOf = async (id: string): Promise<unknown> => {
  const asked = { InstanceId: [id] };
  const answer = await simulator.call('ecs', 'DescribeInstanceMaintenanceAttributes', asked);
  const [row] = (
    answer as {
      MaintenanceAttributes: { MaintenanceAttribute: { ActionOnMaintenance: { Value: string } }[] };
    }
  ).MaintenanceAttributes.MaintenanceAttribute;
  return row?.ActionOnMaintenance.Value;
};

describe('ecs-failover doctor', () => {
  it('prints a table for each area, why it matters and how to mend it, and exits 4 for an error', async () => {
    const { status, stdout } = await doctor();
    expect(status).toBe(4);
    const lines = stdout.split('\n');
    const at = lines.indexOf('members');
    expect(lines.slice(at, at + 5)).toEqual([
      'members',
      `error  maintenance-stops  ${web2}  ActionOnMaintenance is Stop`,
      '  maintenance-stops: The event is SystemMaintenance.Stop then: the instance stays stopped, and a restart does not answer it.',
      '    → ecs-failover doctor --fix sets ActionOnMaintenance to AutoRecover',
      '',
    ]);
    expect(stdout).toContain('2 errors, 3 warnings; 25 checks looked');
    expect(stdout).toContain(`--fix would set ActionOnMaintenance to AutoRecover on ${web2}`);
  });

  it('changes nothing with --fix when nobody says yes', async () => {
    const { stdout } = await doctor('--fix');
    expect(stdout).toContain('nothing is changed without a yes');
    expect(await actionOf(web2)).toBe('Stop');
  });

  it('mends what it may with --fix --yes, looks again, and answers machines with one object', async () => {
    const { status, stdout, stderr } = await doctor('--fix', '--yes', '--json');
    expect(stderr).toContain(`--fix: set ActionOnMaintenance to AutoRecover on ${web2}`);
    expect(await actionOf(web2)).toBe('AutoRecover');
    const { checks, findings } = JSON.parse(stdout) as { checks: number; findings: { code: string }[] };
    expect(checks).toBe(25);
    expect(findings.map(({ code }) => code)).toEqual([
      'function-other-code',
      'function-other-code',
      'function-other-code',
      'sweep-never-ran',
    ]);
    expect(findings.at(-1)).toEqual({
      area: 'runs',
      code: 'sweep-never-ran',
      severity: 'error',
      about: 'sweep',
      what: 'no sweep has written down that it ran',
      why: 'What no push brings is never found, and a message that is lost is never sent again.',
      mend: 'see whether the function poll and its timer are there and on: Function Compute console, Triggers; its log says more',
    });
    expect(status).toBe(4);
  });

  it('writes nothing else to the cloud', async () => {
    const { writes } = (await simulator.knock('GET', '/writes')) as { writes: { action: string }[] };
    expect(writes.slice(written).map(({ action }) => action)).toEqual([
      'ModifyInstanceMaintenanceAttributes',
      'ModifyInstanceMaintenanceAttributes',
    ]);
  });

  it('exits 2 for playbooks that cannot be read', async () => {
    const { status, stderr } = await ecsFailover('doctor', '--playbooks', 'nowhere');
    expect([status, stderr]).toEqual([
      2,
      '--playbooks: found no folder nowhere; expected a folder of playbooks\n',
    ]);
  });
});

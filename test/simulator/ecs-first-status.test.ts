import { eventKinds } from '../../src/event/kinds';
import { statusesOf } from '../../simulator/ecs/statuses';
import { smallFleet, web1 } from '../support/fleet';
import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator(smallFleet);
});
afterAll(() => sim.close());

const sayLead = (ms: number) => (ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`);

/** How an event that is announced by its code alone begins, and how long ahead of its planned time. */
async function beginning(code: string): Promise<string> {
  const { eventId } = await sim.knock('POST', '/events', { instanceId: web1, code });
  const { now, events } = (await sim.knock('GET', '/state')) as {
    now: number;
    events: { id: string; status: string; notBefore: number | null }[];
  };
  const { status, notBefore } = events.find(({ id }) => id === eventId)!;
  return notBefore === null ? status : `${status}, ${sayLead(notBefore - now)} ahead`;
}

describe('an event that is announced by its code alone', () => {
  it.each([
    ['SystemMaintenance.Reboot', 'Scheduled, 48 h ahead'],
    ['SystemMaintenance.Stop', 'Scheduled, 48 h ahead'],
    ['SystemMaintenance.Redeploy', 'Scheduled, 48 h ahead'],
    ['SystemMaintenance.RebootAndIsolateErrorDisk', 'Inquiring'],
    ['SystemMaintenance.RebootAndReInitErrorDisk', 'Inquiring'],
    ['SystemMaintenance.IsolateErrorDisk', 'Inquiring'],
    ['SystemMaintenance.ReInitErrorDisk', 'Inquiring'],
    ['SystemMaintenance.StopAndRepair', 'Scheduled, 48 h ahead'],
    ['SystemMaintenance.PerformanceImpact', 'Executing'],
    ['SystemMaintenance.CleanInactiveDisks', 'Scheduled, 48 h ahead'],
    ['SystemMaintenance.CleanReleasedDisks', 'Scheduled, 48 h ahead'],
    ['SystemUpgrade.Migrate', 'Scheduled, 48 h ahead'],
    ['SystemFailure.Reboot', 'Executing'],
    ['SystemFailure.Stop', 'Executing'],
    ['SystemFailure.Redeploy', 'Scheduled, 48 h ahead'],
    ['SystemFailure.Delete', 'Executing'],
    ['InstanceFailure.Reboot', 'Executing'],
    ['Security.TpmAlert', 'Executing'],
    ['ErrorDetected', 'Executing'],
    ['Stalled', 'Executing'],
    ['Degraded', 'Executing'],
    ['SeverelyDegraded', 'Executing'],
    ['InstanceExpiration.Stop', 'Scheduled, 72 h ahead'],
    ['InstanceExpiration.Delete', 'Scheduled, 360 h ahead'],
    ['AccountUnbalanced.Stop', 'Scheduled, 50 min ahead'],
    ['AccountUnbalanced.Delete', 'Scheduled, 360 h ahead'],
    ['SecurityPunish.Locked', 'Executing'],
    ['SecurityPunish.WebsiteBanned', 'Executing'],
    ['SystemMaintenance.OfTheFuture', 'Scheduled, 48 h ahead'],
    ['SystemFailure.OfTheFuture', 'Executing'],
  ])('%s is %s', async (code, expected) => {
    expect(await beginning(code)).toBe(expected);
  });
});

describe('the statuses that a code passes through', () => {
  // Written down twice, from the same pages: the simulated cloud shares no import with the program.
  it('are those that the program expects', () => {
    const events = eventKinds.filter(({ code, statuses }) => statuses.length > 0 && !code.includes(':'));
    const differing = events
      .map(({ code, statuses }) => ({ code, program: [...statuses], cloud: [...statusesOf(code)] }))
      .filter(({ program, cloud }) => program.toSorted().join() !== cloud.toSorted().join());
    expect(events).toHaveLength(28);
    expect(differing).toEqual([]);
  });
});

import { smallFleet, store, web1, web2 } from '../support/fleet';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(smallFleet);
});
afterEach(() => sim.close());

const hour = 3_600_000;
const statuses = ['Scheduled', 'Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'];

async function announce(code: string, more: object = {}): Promise<string> {
  return String((await sim.knock('POST', '/events', { instanceId: web1, code, ...more })).eventId);
}
async function history(params: object = { InstanceEventCycleStatus: statuses }) {
  const answer = await sim.call('ecs', 'DescribeInstanceHistoryEvents', { ...params });
  return (
    answer.InstanceSystemEventSet as {
      InstanceSystemEventType: {
        EventId: string;
        EventCycleStatus: { Name: string };
        EventFinishTime?: string;
      }[];
    }
  ).InstanceSystemEventType;
}
const statusOf = async (id: string) =>
  (await history({ EventId: [id], InstanceEventCycleStatus: statuses }))[0]?.EventCycleStatus.Name;
const bootCount = async () =>
  ((await sim.knock('GET', '/state')).instances as { id: string; bootCount: number }[]).find(
    ({ id }) => id === web1,
  )?.bootCount;

describe('a scheduled restart', () => {
  it('is pending with its planned time, and shown only to who asks for pending events', async () => {
    const id = await announce('SystemMaintenance.Reboot', { notBefore: '2026-11-19T06:00:00Z' });
    expect(
      await sim.call('ecs', 'DescribeInstancesFullStatus', {
        InstanceEventType: ['SystemMaintenance.Reboot'],
      }),
    ).toMatchObject({
      TotalCount: 1,
      InstanceFullStatusSet: {
        InstanceFullStatusType: [
          {
            InstanceId: web1,
            Status: { Name: 'Running' },
            ScheduledSystemEventSet: {
              ScheduledSystemEventType: [
                {
                  EventId: id,
                  EventType: { Code: 1, Name: 'SystemMaintenance.Reboot' },
                  EventCycleStatus: { Code: 24, Name: 'Scheduled' },
                  EventPublishTime: '2026-11-17T07:10:00Z',
                  NotBefore: '2026-11-19T06:00:00Z',
                },
              ],
            },
          },
        ],
      },
    });
    expect(await history({})).toEqual([]);
    expect(await history({ InstanceEventCycleStatus: ['Scheduled'] })).toMatchObject([{ EventId: id }]);
  });

  it('is avoided by a restart through the API once the instance is Running again', async () => {
    const id = await announce('SystemMaintenance.Reboot');
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    expect(await statusOf(id)).toBe('Scheduled');
    await sim.advance(75_000);
    expect(await statusOf(id)).toBe('Avoided');
    expect((await history())[0]?.EventFinishTime).toBe('2026-11-17T07:11:15Z');
    await sim.advance(72 * hour);
    expect(await bootCount()).toBe(1);
  });

  it('can pass through Executing on its way to Avoided', async () => {
    await sim.knock('PUT', '/switches', { avoidedPassesThroughExecuting: true });
    const id = await announce('SystemMaintenance.Reboot');
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    expect(await statusOf(id)).toBe('Executing');
    await sim.advance(75_000);
    expect(await statusOf(id)).toBe('Avoided');
  });

  it('is not answered by a restart from inside the system', async () => {
    const id = await announce('SystemMaintenance.Reboot');
    await sim.knock('POST', `/instances/${web1}/guest-reboot`);
    await sim.advance(75_000);
    expect([await statusOf(id), await bootCount()]).toEqual(['Scheduled', 1]);
  });

  it('keeps its status after the restart when it is one that never clears', async () => {
    const id = await announce('SystemMaintenance.Reboot');
    await sim.knock('POST', '/faults', { name: 'never-clears', target: id });
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.advance(75_000);
    expect([await statusOf(id), await bootCount()]).toEqual(['Scheduled', 1]);
  });

  it('is carried out by the platform at its planned time', async () => {
    const id = await announce('SystemMaintenance.Reboot', { notBefore: '2026-11-17T09:00:00Z' });
    await sim.knock('PUT', '/clock', { now: Date.parse('2026-11-17T09:00:00Z') });
    expect(await statusOf(id)).toBe('Executing');
    expect(await sim.call('ecs', 'DescribeInstanceStatus', { InstanceId: [web1] })).toMatchObject({
      InstanceStatuses: { InstanceStatus: [{ Status: 'Stopping' }] },
    });
    await sim.advance(300_000);
    expect([await statusOf(id), await bootCount()]).toEqual(['Executed', 1]);
  });

  it('may be withdrawn, moved, or carried out early', async () => {
    const withdrawn = await announce('SystemMaintenance.Reboot');
    await sim.knock('PATCH', `/events/${withdrawn}`, { status: 'Canceled' });
    expect(await statusOf(withdrawn)).toBe('Canceled');
    const moved = await announce('SystemMaintenance.Reboot', { notBefore: '2026-11-19T06:00:00Z' });
    await sim.knock('PATCH', `/events/${moved}`, { notBefore: '2026-11-18T06:00:00Z' });
    expect(await history({ EventId: [moved], InstanceEventCycleStatus: statuses })).toMatchObject([
      { NotBefore: '2026-11-18T06:00:00Z', ExtendedAttribute: { InitialNotBefore: '2026-11-19T06:00:00Z' } },
    ]);
    await sim.knock('PATCH', `/events/${moved}`, { status: 'Executing' });
    await sim.advance(300_000);
    expect([await statusOf(moved), await bootCount()]).toEqual(['Executed', 1]);
  });
});

describe('an inquiring event', () => {
  const accept = (EventId: string) => sim.codeOf(sim.call('ecs', 'AcceptInquiredSystemEvent', { EventId }));

  it('waits for ever, and happens when it is accepted, once', async () => {
    const id = await announce('SystemMaintenance.Reboot', { status: 'Inquiring' });
    await sim.advance(1000 * hour);
    expect(await statusOf(id)).toBe('Inquiring');
    expect(await accept(id)).toBeUndefined();
    expect(await statusOf(id)).toBe('Executing');
    expect(await accept(id)).toBe('InvalidEventId.NoInquiringEventFound');
    await sim.advance(300_000);
    expect([await statusOf(id), await bootCount()]).toEqual(['Executed', 1]);
  });

  it('about a damaged disk is repaired online, or wants a restart after it was accepted', async () => {
    const disk = { instanceId: store, status: 'Inquiring', diskId: 'd-bp1local0000000001' };
    const online = await announce('SystemMaintenance.IsolateErrorDisk', disk);
    const offline = await announce('SystemMaintenance.RebootAndIsolateErrorDisk', disk);
    await accept(online);
    await accept(offline);
    await sim.advance(60_000);
    expect([await statusOf(online), await statusOf(offline)]).toEqual(['Executed', 'Executing']);
    await sim.call('ecs', 'RebootInstance', { InstanceId: store });
    await sim.advance(75_000);
    expect(await statusOf(offline)).toBe('Executed');
  });

  it('is the only kind that can be accepted', async () => {
    expect(await accept(await announce('SystemMaintenance.Reboot'))).toBe(
      'InvalidEventId.NoInquiringEventFound',
    );
    expect(await accept('e-unknown')).toBe('InvalidEventId.NoInquiringEventFound');
  });
});

describe('a failure', () => {
  it('is being executed when it becomes known, and is never pending', async () => {
    const id = await announce('SystemFailure.Reboot');
    expect(await statusOf(id)).toBe('Executing');
    const pending = await sim.call('ecs', 'DescribeInstancesFullStatus', { EventId: [id] });
    expect(pending).toMatchObject({ TotalCount: 0 });
    await sim.advance(300_000);
    expect([await statusOf(id), await bootCount()]).toEqual(['Executed', 1]);
  });
});

describe('DescribeInstanceHistoryEvents', () => {
  it('without a status filter answers finished events, or pending ones when that is switched on', async () => {
    const done = await announce('SystemMaintenance.Reboot', { status: 'Executed' });
    const open = await announce('SystemMaintenance.Reboot');
    expect((await history({})).map((event) => event.EventId)).toEqual([done]);
    await sim.knock('PUT', '/switches', { historyDefaultsToPending: true });
    expect((await history({})).map((event) => event.EventId)).toEqual([open]);
  });

  it('forgets finished events after 30 days', async () => {
    await announce('SystemMaintenance.Reboot', { status: 'Canceled' });
    await sim.advance(30 * 24 * hour);
    expect(await history()).toHaveLength(1);
    await sim.advance(1000);
    expect(await history()).toHaveLength(0);
  });

  it('pages with tokens, and then counts nothing', async () => {
    for (let n = 0; n < 12; n += 1) await announce('SystemMaintenance.Reboot', { status: 'Canceled' });
    const first = await sim.call('ecs', 'DescribeInstanceHistoryEvents', { MaxResults: 10 });
    expect(first).toMatchObject({ TotalCount: 0, NextToken: expect.stringMatching(/./) as string });
    const second = await sim.call('ecs', 'DescribeInstanceHistoryEvents', {
      MaxResults: 10,
      NextToken: first.NextToken,
    });
    expect(second).toMatchObject({ NextToken: '' });
  });

  it('answers as of some seconds ago when a stale read was asked for', async () => {
    const id = await announce('SystemMaintenance.Reboot');
    await sim.advance(5_000);
    await sim.knock('PATCH', `/events/${id}`, { status: 'Canceled' });
    await sim.knock('POST', '/faults', {
      name: 'stale-read',
      action: 'DescribeInstanceHistoryEvents',
      options: { seconds: 3 },
    });
    expect(await statusOf(id)).toBe('Scheduled');
    expect(await statusOf(id)).toBe('Canceled');
  });
});

describe('simulated events', () => {
  const create = (EventType: string, NotBefore: string) =>
    sim.call('ecs', 'CreateSimulatedSystemEvents', { InstanceId: [web1, web2], EventType, NotBefore });

  it('go through their life without touching the instance', async () => {
    await create('SystemMaintenance.Reboot', '2026-11-17T08:00:00Z');
    expect((await history({ ResourceId: [web1], InstanceEventCycleStatus: ['Scheduled'] }))[0]).toMatchObject(
      {
        Reason: 'A simulated event.',
        EventCycleStatus: { Name: 'Scheduled' },
      },
    );
    await sim.advance(hour);
    expect((await history()).map((event) => event.EventCycleStatus.Name)).toEqual(['Executed', 'Executed']);
    expect(await bootCount()).toBe(0);
  });

  it('are avoided by a restart and cancelled on request; real ones cannot be cancelled', async () => {
    const answer = await create('SystemMaintenance.Reboot', '2026-11-18T08:00:00Z');
    const [first, second] = (answer.EventIdSet as { EventId: string[] }).EventId as [string, string];
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.call('ecs', 'CancelSimulatedSystemEvents', { EventId: [second] });
    await sim.advance(75_000);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['Avoided', 'Canceled']);
    const real = await announce('SystemMaintenance.Reboot');
    expect(await sim.codeOf(sim.call('ecs', 'CancelSimulatedSystemEvents', { EventId: [real] }))).toBe(
      'CannotCancelSystemEvent.NotSimulated',
    );
  });

  it('come in seven types, and not for the past', async () => {
    expect(await sim.codeOf(create('SystemMaintenance.Reboot', '2026-11-17T07:00:00Z'))).toBe(
      'InvalidNotBefore.Passed',
    );
    expect(await sim.codeOf(create('ErrorDetected', '2026-11-18T07:00:00Z'))).toBe('InvalidParameter');
  });
});

import { smallFleet, store, web1 } from '../support/fleet';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const disk = 'd-bp1local0000000001';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(smallFleet);
});
afterEach(() => sim.close());

interface DiskRow {
  readonly DiskId: string;
  readonly HealthStatus: { readonly Name: string };
  readonly DiskEventSet: {
    readonly DiskEventType: readonly { EventId: string; EventType: { Name: string }; EventEndTime: string }[];
  };
}

async function disks(params: object = { EventType: 'ErrorDetected' }): Promise<readonly DiskRow[]> {
  const answer = await sim.call('ecs', 'DescribeDisksFullStatus', { ...params });
  return (answer.DiskFullStatusSet as { DiskFullStatusType: DiskRow[] }).DiskFullStatusType;
}

/** Code and status of every event of the instance, oldest first. */
async function offers(): Promise<readonly string[]> {
  return (await rows()).map((row) => `${row.EventType.Name.split('.')[1]} ${row.EventCycleStatus.Name}`);
}
async function rows() {
  const answer = await sim.call('ecs', 'DescribeInstanceHistoryEvents', {
    ResourceId: [store],
    InstanceEventCycleStatus: ['Inquiring', 'Executing', 'Executed', 'Failed', 'Avoided', 'Scheduled'],
  });
  const { InstanceSystemEventType: told } = answer.InstanceSystemEventSet as {
    InstanceSystemEventType: {
      EventId: string;
      EventType: { Name: string };
      EventCycleStatus: { Name: string };
      EventPublishTime: string;
      ExtendedAttribute: Record<string, string>;
    }[];
  };
  return told.sort((one, other) => one.EventPublishTime.localeCompare(other.EventPublishTime));
}
async function acceptLatest(): Promise<string | undefined> {
  const EventId = (await rows()).at(-1)?.EventId;
  return sim.codeOf(sim.call('ecs', 'AcceptInquiredSystemEvent', { EventId }));
}
const breaks = (how: object = {}) => sim.knock('POST', `/disks/${disk}/damage`, how);
const reboot = () => sim.call('ecs', 'RebootInstance', { InstanceId: store });
const alertEnds = async () => (await disks())[0]?.DiskEventSet.DiskEventType[0]?.EventEndTime;

describe('a damaged local disk', () => {
  it('is told of as an event of the disk, and not among those of its instance', async () => {
    const { eventId } = await breaks();
    expect(await disks()).toEqual([
      expect.objectContaining({
        DiskId: disk,
        InstanceId: store,
        Device: '/dev/xvdb',
        HealthStatus: { Code: 128, Name: 'Impaired' },
        DiskEventSet: {
          DiskEventType: [
            expect.objectContaining({
              EventId: eventId,
              EventTime: '2026-11-17T07:10:00Z',
              EventEndTime: '',
            }),
          ],
        },
      }),
    ]);
    expect(await rows()).toEqual([]);
  });

  it('is isolated while its instance runs, replaced days later, and comes back when that is accepted too', async () => {
    await breaks();
    await sim.advance(10 * minute);
    expect(await offers()).toEqual(['IsolateErrorDisk Inquiring']);
    expect((await rows())[0]?.ExtendedAttribute).toMatchObject({
      DiskId: disk,
      Device: '/dev/xvdb',
      CanAccept: 'true',
    });
    await sim.advance(3 * day);
    expect(await offers()).toEqual(['IsolateErrorDisk Inquiring']);
    await acceptLatest();
    await sim.advance(minute);
    expect(await offers()).toEqual(['IsolateErrorDisk Executed']);
    await sim.advance(5 * day - 1000);
    expect(await offers()).toHaveLength(1);
    await sim.advance(1000);
    expect(await offers()).toEqual(['IsolateErrorDisk Executed', 'ReInitErrorDisk Inquiring']);
    expect(await alertEnds()).toBe('');
    await acceptLatest();
    await sim.advance(minute);
    expect(await offers()).toEqual(['IsolateErrorDisk Executed', 'ReInitErrorDisk Executed']);
    expect(await alertEnds()).toBe('2026-11-25T07:22:00Z');
    expect(await disks({ HealthStatus: 'Impaired' })).toEqual([]);
  });

  it('wants an acceptance and then a restart through the API where it cannot be done while the instance runs', async () => {
    await breaks({ online: false, replaceAfterSeconds: 3600 });
    await sim.advance(10 * minute);
    await acceptLatest();
    await sim.advance(hour);
    expect(await offers()).toEqual(['RebootAndIsolateErrorDisk Executing']);
    await reboot();
    await sim.advance(75_000);
    expect(await offers()).toEqual(['RebootAndIsolateErrorDisk Executed']);
    await sim.advance(hour);
    await acceptLatest();
    await reboot();
    await sim.advance(75_000);
    expect((await offers())[1]).toBe('RebootAndReInitErrorDisk Executed');
    expect(await alertEnds()).toMatch(/^2026-11-17T0[89]/);
  });

  it('that cannot be isolated after all is offered again with a restart', async () => {
    await breaks({ onlineFails: true });
    await sim.advance(10 * minute);
    expect(await acceptLatest()).toBe('SwitchToOffline.OnlineIsolateFail');
    await sim.advance(minute);
    expect(await offers()).toEqual(['IsolateErrorDisk Failed', 'RebootAndIsolateErrorDisk Inquiring']);
  });

  it('that was accepted before anybody looked waits for the restart through the API', async () => {
    const code = 'SystemMaintenance.RebootAndIsolateErrorDisk';
    await sim.knock('POST', '/events', { instanceId: store, diskId: disk, code, status: 'Executing' });
    await sim.advance(day);
    expect(await offers()).toEqual(['RebootAndIsolateErrorDisk Executing']);
    await reboot();
    await sim.advance(75_000);
    expect(await offers()).toEqual(['RebootAndIsolateErrorDisk Executed']);
  });

  it('is replaced after an isolation that no alert came before, where the announcement says so', async () => {
    await sim.knock('POST', '/events', {
      instanceId: store,
      diskId: disk,
      code: 'SystemMaintenance.IsolateErrorDisk',
      damage: { replaceAfterSeconds: 3600 },
    });
    expect(await offers()).toEqual(['IsolateErrorDisk Inquiring']);
    await acceptLatest();
    await sim.advance(hour);
    expect(await offers()).toEqual(['IsolateErrorDisk Executed']);
    await sim.advance(minute);
    expect(await offers()).toEqual(['IsolateErrorDisk Executed', 'ReInitErrorDisk Inquiring']);
    expect(await disks()).toEqual([]);
  });

  it('whose return alone is announced is out of its instance until then, and empty afterwards', async () => {
    const mounted = async () =>
      (
        (await sim.knock('GET', `/instances/${store}/disks`)).disks as {
          id: string;
          mountedAt: string | null;
        }[]
      )
        .filter(({ id }) => id === disk)
        .map(({ mountedAt }) => mountedAt);
    const code = 'SystemMaintenance.ReInitErrorDisk';
    await sim.knock('POST', '/events', {
      instanceId: store,
      diskId: disk,
      code,
      damage: { replaceAfterSeconds: 0 },
    });
    expect(await mounted()).toEqual([null]);
    await acceptLatest();
    await sim.advance(minute);
    expect(await offers()).toEqual(['ReInitErrorDisk Executed']);
  });

  it.each([
    [
      { code: 'SystemMaintenance.Reboot' },
      'damage: found the code SystemMaintenance.Reboot; expected one of',
    ],
    [
      { code: 'SystemMaintenance.IsolateErrorDisk' },
      `diskId: found undefined; expected a local disk of ${store}`,
    ],
  ])('is refused for an event of %j', async (event, sentence) => {
    const asked = { instanceId: store, ...event, damage: { replaceAfterSeconds: 0 } };
    await expect(sim.knock('POST', '/events', asked)).rejects.toThrow(sentence);
  });

  it('that is never replaced says so when its isolation is offered', async () => {
    await breaks({ isolateOnly: true, replaceAfterSeconds: 60 });
    await sim.advance(10 * minute);
    expect((await rows())[0]?.ExtendedAttribute).toMatchObject({ OnlineRepairPolicy: 'IsolateOnly' });
    await acceptLatest();
    await sim.advance(30 * day - hour);
    expect(await offers()).toEqual(['IsolateErrorDisk Executed']);
  });
});

describe('DescribeDisksFullStatus', () => {
  it('forgets an event seven days after its end, and none that goes on', async () => {
    const { eventId } = await breaks({ isolateAfterSeconds: 40 * 24 * 3600 });
    await sim.advance(30 * day);
    expect(await disks()).toHaveLength(1);
    await sim.knock('PATCH', `/events/${String(eventId)}`, { status: 'Executed' });
    await sim.advance(7 * day);
    expect(await disks()).toHaveLength(1);
    await sim.advance(1000);
    expect(await disks()).toEqual([]);
  });

  it('shows every disk to who asks for no event, in pages', async () => {
    await breaks();
    const answer = await sim.call('ecs', 'DescribeDisksFullStatus', { PageSize: 1, PageNumber: 2 });
    expect(answer).toMatchObject({ PageNumber: 2, PageSize: 1 });
    expect(Number(answer.TotalCount)).toBeGreaterThan(1);
    const found = await disks({ DiskId: [disk], PageSize: 100 });
    expect(found.map(({ DiskId, HealthStatus }) => [DiskId, HealthStatus.Name])).toEqual([
      [disk, 'Impaired'],
    ]);
  });

  it('finds events by id, code and time', async () => {
    const { eventId } = await breaks();
    const count = async (params: object) => (await disks(params)).length;
    expect(await count({ EventId: [eventId] })).toBe(1);
    expect(await count({ EventId: ['e-bp1other0000000001'] })).toBe(0);
    expect(await count({ EventType: 'Stalled' })).toBe(0);
    expect(await count({ 'EventTime.Start': '2026-11-17T07:10:00Z' })).toBe(1);
    expect(await count({ 'EventTime.Start': '2026-11-17T07:10:01Z' })).toBe(0);
    expect(await count({ 'EventTime.End': '2026-11-17T07:09:59Z' })).toBe(0);
  });

  it.each<[string, object, string]>([
    [
      'more than 100 disks',
      { DiskId: Array.from({ length: 101 }, (_item, n) => `d-${n}`) },
      'DiskIdLimitExceeded',
    ],
    [
      'more than 100 events',
      { EventId: Array.from({ length: 101 }, (_item, n) => `e-${n}`) },
      'EventIdLimitExceeded',
    ],
    [
      'a time that ends before it starts',
      { 'EventTime.Start': '2026-11-17T08:00:00Z', 'EventTime.End': '2026-11-17T07:00:00Z' },
      'InvalidParameter.TimeEndBeforeStart',
    ],
  ])('refuses %s', async (_name, params, code) => {
    expect(await sim.codeOf(sim.call('ecs', 'DescribeDisksFullStatus', { ...params }))).toBe(code);
  });
});

describe('ModifySystemEventAttribute', () => {
  async function planned(more: object = {}): Promise<string> {
    const asked = { instanceId: web1, code: 'SystemMaintenance.Stop', notBefore: '2026-11-19T06:00:00Z' };
    return String((await sim.knock('POST', '/events', { ...asked, ...more })).eventId);
  }
  const move = (EventId: string, NotBefore: string, InstanceId = web1) =>
    sim.codeOf(sim.call('ecs', 'ModifySystemEventAttribute', { InstanceId, EventId, NotBefore }));
  const plannedTime = async (EventId: string) => {
    const answer = await sim.call('ecs', 'DescribeInstanceHistoryEvents', {
      EventId: [EventId],
      InstanceEventCycleStatus: ['Scheduled', 'Executing', 'Executed'],
    });
    return (answer.InstanceSystemEventSet as { InstanceSystemEventType: object[] })
      .InstanceSystemEventType[0];
  };

  it('pulls the planned time earlier, and back again up to where it first was', async () => {
    const id = await planned();
    expect(await move(id, '2026-11-17T18:00:00Z')).toBeUndefined();
    expect(await plannedTime(id)).toMatchObject({
      NotBefore: '2026-11-17T18:00:00Z',
      ExtendedAttribute: { InitialNotBefore: '2026-11-19T06:00:00Z' },
    });
    expect(await move(id, '2026-11-19T06:00:00Z')).toBeUndefined();
    expect(await plannedTime(id)).toMatchObject({ NotBefore: '2026-11-19T06:00:00Z' });
  });

  it('has the platform act at the new time', async () => {
    const id = await planned();
    await move(id, '2026-11-17T07:20:00Z');
    await sim.advance(10 * minute);
    expect(await plannedTime(id)).toMatchObject({ EventCycleStatus: { Name: 'Executing' } });
  });

  it('neither goes behind the first planned time nor into the past', async () => {
    const id = await planned();
    expect(await move(id, '2026-11-19T06:00:01Z')).toBe('InvalidParameter.NotBefore');
    expect(await move(id, '2026-11-17T07:09:59Z')).toBe('InvalidParameter.NotBefore');
    expect(await plannedTime(id)).toMatchObject({ NotBefore: '2026-11-19T06:00:00Z' });
  });

  it('is for planned events that are Scheduled, by their own instance', async () => {
    const time = '2026-11-17T18:00:00Z';
    expect(await move(await planned({ status: 'Executing' }), time)).toBe('IncorrectEventStatus');
    expect(await move(await planned({ code: 'SystemFailure.Redeploy', status: 'Scheduled' }), time)).toBe(
      'IncorrectEventStatus',
    );
    expect(await move(await planned(), time, store)).toBe('InvalidEventId.NotFound');
  });
});

import * as fc from 'fast-check';
import {
  DiskStatusRow,
  eventFromHistory,
  eventsFromDiskStatus,
  eventsFromFullStatus,
  FullStatusRow,
  HistoryEventRow,
} from '../../src/event/read-api';

const origin = { account: '1690701234567890', region: 'cn-hangzhou' };

const reboot = {
  EventId: 'e-bp1hx3k7m2q9t4w6y8za',
  EventType: { Code: 1, Name: 'SystemMaintenance.Reboot' },
  EventCycleStatus: { Code: 24, Name: 'Scheduled' },
  EventPublishTime: '2026-03-02T03:15:40Z',
  NotBefore: '2026-03-04T02:00:00Z',
  Reason: 'System maintenance is scheduled due to underlying hardware risk.',
  ImpactLevel: '100',
};
const expectedReboot = {
  id: 'e-bp1hx3k7m2q9t4w6y8za',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690701234567890',
  region: 'cn-hangzhou',
  instanceId: 'i-bp1d7k2m9x4q6t8w0zab',
  publishedAt: 1772421340000,
  notBefore: 1772589600000,
  reason: 'System maintenance is scheduled due to underlying hardware risk.',
};

function history(row: unknown) {
  return eventFromHistory(HistoryEventRow.parse(row), origin);
}

describe('a row of DescribeInstanceHistoryEvents', () => {
  const row = { ...reboot, ResourceType: 'instance', InstanceId: 'i-bp1d7k2m9x4q6t8w0zab' };

  it('is an event', () => {
    expect(history(row)).toEqual({ kind: 'event', event: expectedReboot, warnings: [] });
  });

  it.each([
    ['empty', {}],
    ['absent', undefined],
    ['null', null],
    ['a list', []],
  ])('may have extended attributes that are %s', (_what, ExtendedAttribute) => {
    expect(history({ ...row, ExtendedAttribute })).toEqual({
      kind: 'event',
      event: expectedReboot,
      warnings: [],
    });
  });

  it('names the damaged disk, and its planned time is no deadline while it inquires', () => {
    expect(
      history({
        EventId: 'e-bp1c0v5b8n1m3l7k9jhg',
        ResourceType: 'instance',
        InstanceId: 'i-bp1f5g6h7j8k9l0m1n2p',
        EventType: { Code: 3, Name: 'SystemMaintenance.RebootAndIsolateErrorDisk' },
        EventCycleStatus: { Code: 28, Name: 'Inquiring' },
        EventPublishTime: '2026-03-02T05:01:09Z',
        NotBefore: '2026-03-02T05:01:09Z',
        Reason: 'Local disk error.',
        ExtendedAttribute: { DiskId: 'd-bp1q2w3e4r5t6y7u8i9o', Device: '/dev/xvdd', CanAccept: 'true' },
      }),
    ).toEqual({
      kind: 'event',
      event: {
        id: 'e-bp1c0v5b8n1m3l7k9jhg',
        code: 'SystemMaintenance.RebootAndIsolateErrorDisk',
        status: 'Inquiring',
        account: '1690701234567890',
        region: 'cn-hangzhou',
        instanceId: 'i-bp1f5g6h7j8k9l0m1n2p',
        diskId: 'd-bp1q2w3e4r5t6y7u8i9o',
        device: '/dev/xvdd',
        publishedAt: 1772427669000,
        reason: 'Local disk error.',
      },
      warnings: [],
    });
  });

  it('carries its end once it is finished', () => {
    const finished = {
      ...row,
      EventCycleStatus: { Code: '8', Name: 'Avoided' },
      EventFinishTime: '2026-03-03T18:02:10Z',
    };
    expect(history(finished)).toMatchObject({ event: { status: 'Avoided', finishedAt: 1772560930000 } });
  });

  it('is a problem, not an exception, when its status is unknown', () => {
    expect(history({ ...row, EventCycleStatus: { Code: 99, Name: 'Rejected' } })).toMatchObject({
      kind: 'unreadable',
      problem:
        'DescribeInstanceHistoryEvents (e-bp1hx3k7m2q9t4w6y8za): found the status "Rejected"; known: Inquiring, Scheduled, Executing, Executed, Avoided, Canceled, Failed',
    });
  });

  it('is a problem when it is about a dedicated host', () => {
    expect(history({ ...row, ResourceType: 'ddh', InstanceId: undefined })).toMatchObject({
      kind: 'unreadable',
      problem:
        'DescribeInstanceHistoryEvents (e-bp1hx3k7m2q9t4w6y8za): no instance id; expected one like i-bp1…',
    });
  });

  it('never throws, whatever the row is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(row)), fc.jsonValue()), (spoilt) => {
        history({ ...row, ...spoilt });
      }),
    );
    expect(history('a text')).toMatchObject({ kind: 'unreadable' });
  });
});

describe('a row of DescribeInstancesFullStatus', () => {
  const read = (row: unknown) => eventsFromFullStatus(FullStatusRow.parse(row), origin);

  it('gives every pending event of the instance', () => {
    const second = { ...reboot, EventId: 'e-bp1second0000000000b', ExtendedAttribute: {} };
    expect(
      read({
        InstanceId: 'i-bp1d7k2m9x4q6t8w0zab',
        Status: { Code: 1, Name: 'Running' },
        HealthStatus: { Code: 64, Name: 'Warning' },
        ScheduledSystemEventSet: { ScheduledSystemEventType: [reboot, second] },
      }),
    ).toEqual([
      { kind: 'event', event: expectedReboot, warnings: [] },
      { kind: 'event', event: { ...expectedReboot, id: 'e-bp1second0000000000b' }, warnings: [] },
    ]);
  });

  it.each([
    ['an empty list', { ScheduledSystemEventType: [] }],
    ['an empty object', {}],
    ['nothing', undefined],
    ['null', null],
  ])('gives none for %s', (_what, ScheduledSystemEventSet) => {
    expect(read({ InstanceId: 'i-bp1d7k2m9x4q6t8w0zab', ScheduledSystemEventSet })).toEqual([]);
  });

  it('gives none for a row of almost nothing', () => {
    expect(read({ InstanceId: 'i-bp1d7k2m9x4q6t8w0zab' })).toEqual([]);
    expect(eventsFromDiskStatus(DiskStatusRow.parse({}), origin)).toEqual([]);
  });

  it('keeps the good events beside one it cannot read', () => {
    const events = { ScheduledSystemEventType: [null, reboot] };
    const found = read({ InstanceId: 'i-bp1d7k2m9x4q6t8w0zab', ScheduledSystemEventSet: events });
    expect(found.map(({ kind }) => kind)).toEqual(['unreadable', 'event']);
  });
});

describe('a row of DescribeDisksFullStatus', () => {
  const read = (EventEndTime: string | undefined) =>
    eventsFromDiskStatus(
      DiskStatusRow.parse({
        DiskId: 'd-bp1q2w3e4r5t6y7u8i9o',
        InstanceId: 'i-bp1f5g6h7j8k9l0m1n2p',
        Device: '/dev/xvdd',
        DiskEventSet: {
          DiskEventType: [
            {
              EventId: 'e-bp1z9y8x7w6v5u4t3s2r',
              EventType: { Code: '8', Name: 'ErrorDetected' },
              EventTime: '2026-03-02T04:58:13Z',
              EventEndTime,
            },
          ],
        },
      }),
      origin,
    );

  it.each([
    ['without an end', undefined],
    ['with an empty end', ''],
  ])('is still executing %s', (_what, end) => {
    expect(read(end)).toEqual([
      {
        kind: 'event',
        event: {
          id: 'e-bp1z9y8x7w6v5u4t3s2r',
          code: 'ErrorDetected',
          status: 'Executing',
          account: '1690701234567890',
          region: 'cn-hangzhou',
          instanceId: 'i-bp1f5g6h7j8k9l0m1n2p',
          diskId: 'd-bp1q2w3e4r5t6y7u8i9o',
          device: '/dev/xvdd',
          startedAt: 1772427493000,
        },
        warnings: [],
      },
    ]);
  });

  it('is executed once it has an end', () => {
    expect(read('2026-03-05T09:30:00Z')).toMatchObject([
      { event: { status: 'Executed', finishedAt: 1772703000000 } },
    ]);
  });
});

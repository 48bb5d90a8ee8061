import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPushes, type Reading } from '../../src/event/read-push';
import type { SystemEvent } from '../../src/event/system-event';
import { sample } from './samples';

const source = { account: '1690000000000001', region: 'cn-shanghai', receivedAt: 1772421345000 };

const reboot: SystemEvent = {
  id: 'e-bp1hx3k7m2q9t4w6y8za',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690701234567890',
  region: 'cn-hangzhou',
  instanceId: 'i-bp1d7k2m9x4q6t8w0zab',
  publishedAt: 1772421340000,
  notBefore: 1772589600000,
};
const rebootOfAnother = { ...reboot, id: 'e-bp1second0000000000b', instanceId: 'i-bp1f5g6h7j8k9l0m1n2p' };
const pendingForEver = { ...reboot, status: 'Inquiring', notBefore: undefined } as const;
const diskError: SystemEvent = {
  id: 'e-bp1z9y8x7w6v5u4t3s2r',
  code: 'ErrorDetected',
  status: 'Executing',
  account: '1690701234567890',
  region: 'cn-hangzhou',
  instanceId: 'i-bp1f5g6h7j8k9l0m1n2p',
  diskId: 'd-bp1q2w3e4r5t6y7u8i9o',
  device: '/dev/xvdd',
  startedAt: 1772427493000,
};
const spot: SystemEvent = {
  id: 'spot-i-bp1d7k2m9x4q6t8w0zab-2954035',
  code: 'Instance:PreemptibleInstanceInterruption',
  status: 'Executing',
  account: '1690701234567890',
  region: 'cn-hangzhou',
  instanceId: 'i-bp1d7k2m9x4q6t8w0zab',
  publishedAt: 1772421340922,
};

const samples: Record<string, readonly Reading[]> = {
  'reboot-scheduled': [event(reboot)],
  'reboot-scheduled-text-content': [event(reboot)],
  'reboot-scheduled-start-is-planned': [event(reboot)],
  'reboot-scheduled-eventbridge': [event(reboot)],
  'reboot-avoided-stale-name': [
    event({ ...reboot, status: 'Avoided', startedAt: 1772560805000, finishedAt: 1772560930000 }),
  ],
  'reboot-canceled': [event({ ...reboot, status: 'Canceled' })],
  'reboot-inquiring': [event(pendingForEver)],
  'redeploy-scheduled': [event({ ...reboot, code: 'SystemMaintenance.Redeploy' })],
  'isolate-inquiring': [
    event({
      ...pendingForEver,
      code: 'SystemMaintenance.IsolateErrorDisk',
      instanceId: 'i-bp1f5g6h7j8k9l0m1n2p',
    }),
  ],
  'disk-error-began': [event(diskError)],
  'disk-error-ended-stale-name': [event({ ...diskError, status: 'Executed', finishedAt: 1772703000000 })],
  'disk-error-ended-by-name': [event({ ...diskError, status: 'Executed' })],
  'disk-stalled-eventbridge': [event({ ...diskError, code: 'Stalled' })],
  'failure-reboot-executed': [
    event({
      ...reboot,
      id: 'e-bp1k7j6h5g4f3d2s1a0p',
      code: 'SystemFailure.Reboot',
      status: 'Executed',
      notBefore: undefined,
      publishedAt: 1772431531000,
      startedAt: 1772431530000,
      finishedAt: 1772431918000,
    }),
  ],
  'guest-crash-eventbridge': [
    event({
      ...reboot,
      code: 'InstanceFailure.Reboot',
      status: 'Executing',
      notBefore: undefined,
      startedAt: 1772421339000,
    }),
  ],
  'unpaid-stop': [event({ ...reboot, code: 'AccountUnbalanced.Stop', notBefore: 1772424000000 })],
  punished: [
    event({
      ...reboot,
      code: 'SecurityPunish.Locked',
      status: 'Executing',
      notBefore: undefined,
      startedAt: 1772421339000,
    }),
  ],
  'tpm-alert': [
    event({
      ...reboot,
      code: 'Security.TpmAlert',
      status: 'Executing',
      notBefore: undefined,
      startedAt: 1772421339000,
    }),
  ],
  'credit-restricted': [
    {
      kind: 'notification',
      name: 'Instance:BurstablePerformanceRestricted',
      instanceId: 'i-bp1d7k2m9x4q6t8w0zab',
      warnings: [],
    },
  ],
  'expiration-stop': [event({ ...reboot, code: 'InstanceExpiration.Stop', notBefore: 1772726400000 })],
  'stream-of-two': [event(reboot), event(rebootOfAnother)],
  'list-in-content': [event(reboot), event(rebootOfAnother)],
  'topic-subscription': [event(reboot)],
  'queue-stream': [
    event(reboot),
    event(reboot),
    event(reboot),
    {
      kind: 'unreadable',
      problem: 'neither JSON nor base64 of JSON; a CloudMonitor or EventBridge event was expected',
      text: 'not an event',
    },
  ],
  'spot-reclaim': [event(spot)],
  'spot-reclaim-eventbridge': [event({ ...spot, publishedAt: 1772421341000 })],
  'state-change': [
    {
      kind: 'notification',
      name: 'Instance:StateChange',
      instanceId: 'i-bp1d7k2m9x4q6t8w0zab',
      warnings: [],
    },
  ],
  'snapshot-completed': [{ kind: 'notification', name: 'Snapshot:CreateSnapshotCompleted', warnings: [] }],
  'agent-test-delivery': [
    {
      kind: 'notification',
      name: 'Agent_Status_Stopped',
      instanceId: 'i-bp1d7k2m9x4q6t8w0zab',
      product: 'CloudMonitor',
      warnings: ['Agent_Status_Stopped: about CloudMonitor, not ECS; ignored'],
    },
  ],
  'unknown-notice': [
    {
      kind: 'notification',
      name: 'Instance:TeaIsReady',
      instanceId: 'i-bp1d7k2m9x4q6t8w0zab',
      warnings: ['Instance:TeaIsReady: a name that is not known; ignored'],
    },
  ],
  'unknown-maintenance': [
    event(
      { ...reboot, code: 'SystemMaintenance.Relocate' },
      'Instance:SystemMaintenance.Relocate:Scheduled (e-bp1hx3k7m2q9t4w6y8za): the event code "SystemMaintenance.Relocate" is not known; no playbook can name it yet',
    ),
  ],
  'unknown-status': [
    {
      kind: 'unreadable',
      problem:
        'Instance:SystemMaintenance.Reboot:Rejected (e-bp1hx3k7m2q9t4w6y8za): found the status "Rejected"; known: Inquiring, Scheduled, Executing, Executed, Avoided, Canceled, Failed',
      text: expect.stringContaining('"product":"ECS"') as string,
    },
  ],
  'dry-run-without-id': [
    {
      kind: 'unreadable',
      problem: 'Disk:ErrorDetected:Executing: no event id; expected one like e-bp1…',
      text: expect.stringContaining('"product":"ECS"') as string,
    },
  ],
};

describe('reading a push', () => {
  it('has an expectation for every recorded sample', () => {
    const files = readdirSync(join(__dirname, 'samples')).map((file) => file.replace('.json', ''));
    expect(Object.keys(samples).sort()).toEqual(files.sort());
  });

  describe.each(Object.entries(samples))('%s', (name, expected) => {
    const text = sample(name);
    const base64 = Buffer.from(text).toString('base64');
    it.each<[string, Buffer | string]>([
      ['as bytes', Buffer.from(text)],
      ['as text', text],
      ['as base64', base64],
      ['as base64 twice', Buffer.from(base64).toString('base64')],
      ['as JSON in a JSON text', JSON.stringify(text)],
      ['with a byte order mark', `\uFEFF${text}`],
      ['in the body of a queue element', inQueue(text)],
      ['in base64 in the body of a queue element', inQueue(base64)],
    ])('reads the same %s', (_form, body) => {
      expect(readPushes(body, source)).toEqual(expected);
    });
  });

  it('takes account and region from where it came when the payload names none', () => {
    const bare = change('reboot-scheduled', {
      userId: undefined,
      regionId: undefined,
      resourceId: undefined,
    });
    expect(readPushes(bare, source)).toEqual([
      event({ ...reboot, account: '1690000000000001', region: 'cn-shanghai' }),
    ]);
  });

  it('takes account, region and instance from the name of the resource', () => {
    const push = change('reboot-scheduled', { userId: undefined, regionId: '' }, { instanceId: undefined });
    expect(readPushes(push, source)).toEqual([event(reboot)]);
  });

  it('believes the content when the name says another code, and says so', () => {
    expect(
      readPushes(change('reboot-scheduled', {}, { eventType: 'SystemMaintenance.Stop' }), source),
    ).toEqual([
      event(
        { ...reboot, code: 'SystemMaintenance.Stop' },
        'Instance:SystemMaintenance.Reboot:Scheduled: its content says SystemMaintenance.Stop; the content is believed',
      ),
    ]);
  });

  it('warns of a scheduled event without a planned time', () => {
    expect(readPushes(change('reboot-scheduled', {}, { notBefore: undefined }), source)).toEqual([
      event(
        { ...reboot, notBefore: undefined },
        'Instance:SystemMaintenance.Reboot:Scheduled: scheduled, but without a planned time',
      ),
    ]);
  });

  it('warns of a time it cannot read and keeps the event', () => {
    expect(readPushes(change('reboot-scheduled', {}, { notBefore: 'soon' }), source)).toEqual([
      event(
        { ...reboot, notBefore: undefined },
        'Instance:SystemMaintenance.Reboot:Scheduled (e-bp1hx3k7m2q9t4w6y8za): found the planned time "soon"; expected one like 2026-03-04T02:00:00Z',
      ),
    ]);
  });

  it('cannot read a disk event that names no instance', () => {
    expect(readPushes(change('disk-error-began', {}, { ecsInstanceId: undefined }), source)).toMatchObject([
      {
        kind: 'unreadable',
        problem:
          'Disk:ErrorDetected:Executing (e-bp1z9y8x7w6v5u4t3s2r): no instance id; expected one like i-bp1…',
      },
    ]);
  });

  it('reads numbers where ids should be texts', () => {
    expect(readPushes(change('reboot-scheduled', { userId: 1690701234567890 }), source)).toEqual([
      event(reboot),
    ]);
  });

  it('gives a spot reclaim without a readable time the bucket in which it was received', () => {
    expect(readPushes(change('spot-reclaim', { eventTime: 'now' }), source)).toEqual([
      event({ ...spot, publishedAt: 1772421345000 }),
    ]);
  });

  it('gives a second spot reclaim of the same instance another id', () => {
    expect(
      readPushes(change('spot-reclaim', { eventTime: '20260302T112540.922+0800' }), source),
    ).toMatchObject([{ event: { id: 'spot-i-bp1d7k2m9x4q6t8w0zab-2954036' } }]);
  });

  it.each([
    ['nothing', '', 'an empty body; a CloudMonitor or EventBridge event was expected'],
    ['a number', '42', 'JSON, but no object; a CloudMonitor or EventBridge event was expected'],
    ['null', 'null', 'JSON, but no object; a CloudMonitor or EventBridge event was expected'],
    [
      'a timer event',
      '{"triggerTime":"2026-07-06T08:00:00Z","triggerName":"sweep","payload":"x"}',
      'neither a CloudMonitor event (with name and content) nor a CloudEvents object (with type and data)',
    ],
    [
      'an endless wrapping',
      `${'['.repeat(5000)}${']'.repeat(5000)}`,
      'wrapped more than 10 times; a CloudMonitor or EventBridge event was expected',
    ],
  ])('says what is wrong with %s', (_what, body, problem) => {
    expect(readPushes(body, source)).toMatchObject([{ kind: 'unreadable', problem }]);
  });

  it('shows the first 200 characters of what it cannot read', () => {
    expect(readPushes('é!'.repeat(500), source)).toMatchObject([{ text: 'é!'.repeat(100) }]);
  });

  it('finds nothing in an empty batch', () => {
    expect(readPushes('[]', source)).toEqual([]);
  });
});

function event(expected: SystemEvent, ...warnings: string[]): Reading {
  return { kind: 'event', event: expected, warnings };
}

function inQueue(messageBody: string): string {
  return JSON.stringify([
    { specversion: '1.0', type: 'mns:Queue:SendMessage', data: { messageId: '5F1A', messageBody } },
  ]);
}

function change(name: string, top: object, content: object = {}): string {
  const push = JSON.parse(sample(name)) as { content: object };
  return JSON.stringify({ ...push, ...top, content: { ...push.content, ...content } });
}

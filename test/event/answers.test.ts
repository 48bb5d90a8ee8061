import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DiskStatusRow,
  eventFromHistory,
  eventsFromDiskStatus,
  eventsFromFullStatus,
  FullStatusRow,
  HistoryEventRow,
  type Found,
} from '../../src/event/read-api';

const origin = { account: '1690701234567890', region: 'cn-hangzhou' };

interface Answers {
  readonly InstanceSystemEventSet: { readonly InstanceSystemEventType: readonly unknown[] };
  readonly InstanceFullStatusSet: { readonly InstanceFullStatusType: readonly unknown[] };
  readonly DiskFullStatusSet: { readonly DiskFullStatusType: readonly unknown[] };
}
const answer = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, 'answers', `${name}.json`), 'utf8')) as Answers;

/** Code, status and disk of what was found; or why it could not be read. */
function said(found: Found): readonly unknown[] {
  if (found.kind === 'unreadable') return ['unreadable', found.problem];
  const { code, status, diskId, notBefore, finishedAt } = found.event;
  return [code, status, diskId ?? '', notBefore !== undefined, finishedAt !== undefined];
}

describe('an answer of ECS about events', () => {
  it('of DescribeInstanceHistoryEvents is read for every family, planned times and ends included', () => {
    const rows = answer('history').InstanceSystemEventSet.InstanceSystemEventType;
    expect(rows.map((row) => said(eventFromHistory(HistoryEventRow.parse(row), origin)))).toEqual([
      ['SystemMaintenance.Reboot', 'Scheduled', '', true, false],
      ['SystemMaintenance.RebootAndIsolateErrorDisk', 'Inquiring', 'd-bp1q2w3e4r5t6y7u8i9o', false, false],
      ['SystemFailure.Reboot', 'Executed', '', true, true],
      ['SecurityPunish.Locked', 'Executing', '', true, false],
      ['SystemMaintenance.CleanInactiveDisks', 'Inquiring', '', false, false],
      ['SystemUpgrade.Migrate', 'Inquiring', '', false, false],
      ['InstanceExpiration.Stop', 'Scheduled', '', true, false],
    ]);
  });

  it('of DescribeInstancesFullStatus is read', () => {
    const rows = answer('full-status').InstanceFullStatusSet.InstanceFullStatusType;
    expect(rows.flatMap((row) => eventsFromFullStatus(FullStatusRow.parse(row), origin).map(said))).toEqual([
      ['SystemMaintenance.Redeploy', 'Scheduled', '', true, false],
    ]);
  });

  it('of DescribeDisksFullStatus is read, where only an end tells that an event is over', () => {
    const rows = answer('disks-full-status').DiskFullStatusSet.DiskFullStatusType;
    expect(rows.flatMap((row) => eventsFromDiskStatus(DiskStatusRow.parse(row), origin).map(said))).toEqual([
      ['ErrorDetected', 'Executing', 'd-bp1q2w3e4r5t6y7u8i9o', false, false],
      ['Stalled', 'Executed', 'd-bp1q2w3e4r5t6y7u8i9o', false, true],
    ]);
  });
});

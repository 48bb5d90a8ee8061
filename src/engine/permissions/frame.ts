import type { Permission, Whereabouts } from './permission';

/**
 * What the functions call whatever the playbooks say, besides looking at events: the queue and the bucket. Batches have no actions of their own; AppendObject is `oss:PutObject`.
 * https://www.alibabacloud.com/help/en/mns/developer-reference/ram-authorization,
 * https://www.alibabacloud.com/help/en/oss/user-guide/ram-policy-overview
 */
export function framePermissions(where: Whereabouts): readonly Permission[] {
  const { queue, bucket, region, account, logs, successor } = where;
  const runs = [messagesOf(where, queue)];
  const dead = [messagesOf(where, `${queue}-dead`)];
  return [
    ...['mns:SendMessage', 'mns:ReceiveMessage', 'mns:DeleteMessage'].map((action) => ({ action, on: runs })),
    ...['mns:ReceiveMessage', 'mns:DeleteMessage'].map((action) => ({ action, on: dead })),
    { action: 'oss:ListObjects', on: [`acs:oss:*:*:${bucket}`] },
    { action: 'oss:GetObject', on: [`acs:oss:*:*:${bucket}/*`] },
    // What teams edit, in playbooks/, is theirs alone.
    {
      action: 'oss:PutObject',
      on: ['journals', 'open', 'config'].map((folder) => `acs:oss:*:*:${bucket}/${folder}/*`),
    },
    // Markers of runs that are over; journals are never deleted.
    { action: 'oss:DeleteObject', on: [`acs:oss:*:*:${bucket}/open/*`] },
    ...(logs === undefined
      ? []
      : [{ action: 'log:PostLogStoreLogs', on: [`acs:log:${region}:${account}:${logs}`] }]),
    ...(successor === undefined
      ? []
      : [{ action: 'fc:InvokeFunction', on: [`acs:fc:${region}:${account}:${successor}`] }]),
  ];
}

/** The looks at an event when it comes in, and those of the sweep; at disks only where a playbook answers for them. */
export function lookPermissions(disks: boolean): readonly Permission[] {
  return [
    'ecs:DescribeInstances',
    'ecs:DescribeInstancesFullStatus',
    'ecs:DescribeInstanceHistoryEvents',
    ...(disks ? ['ecs:DescribeDisksFullStatus'] : []),
  ].map((action) => ({ action, on: ['*'] }));
}

function messagesOf({ region, account }: Whereabouts, queue: string): string {
  return `acs:mns:${region}:${account}:/queues/${queue}/messages`;
}

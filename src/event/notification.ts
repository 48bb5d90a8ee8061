import type { EventKind } from './kind';

/** A spot instance is about to be released. ECS gives this notice neither an id nor a status. */
export const spotReclaim = 'Instance:PreemptibleInstanceInterruption';

/**
 * Notices without a life cycle; ECS cannot be asked about them. Only the spot reclaim is made into an event.
 *
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/ecs-events
 */
export const notifications: readonly EventKind[] = [
  {
    code: spotReclaim,
    family: 'notification',
    resource: 'instance',
    meaning: 'The spot instance will be released in about five minutes.',
    statuses: ['Executing'],
    urgency: 'now',
    answers: {},
    losesLocalData: true,
    playbook: 'spot-reclaim',
  },
  notice('instance', 'Instance:StateChange', 'The instance changed its status.'),
  notice('instance', 'Instance:BurstablePerformanceRestricted', 'The burstable instance ran out of credit.'),
  notice('instance', 'Instance:PerformanceModeChange', 'The burstable instance changed its credit mode.'),
  notice('instance', 'Instance:LiveMigrationAcrossDDH', 'The instance moves between dedicated hosts.'),
  notice('instance', 'Instance:SurplusCreditIncurCharge', 'The burstable instance now costs extra.'),
  notice('instance', 'Instance:AutoReactivateCompleted', 'The instance was started again after a payment.'),
  notice('instance', 'Instance:VSwitchChanged', 'The instance moved to another vSwitch.'),
  notice('instance', 'CloudAssistant:TaskCompleted', 'A Cloud Assistant task ended.'),
  notice('disk', 'Disk:DiskOperationCompleted', 'A disk was attached or detached.'),
  notice('disk', 'Disk:ConvertToPostpaidCompleted', 'A disk was changed to pay-as-you-go.'),
  notice('disk', 'Disk:OverduePaymentRelease', 'A disk was released because a payment is overdue.'),
  notice('snapshot', 'Snapshot:CreateSnapshotInitiated', 'A snapshot was begun.'),
  notice('snapshot', 'Snapshot:CreateSnapshotCompleted', 'A snapshot ended, well or not.'),
  notice('snapshot', 'Snapshot:SnapshotDeleted', 'A snapshot was deleted.'),
  network('NetworkInterfaceOperateCompleted', 'A change to a network interface ended.'),
  network('PrivateIPAssigned', 'A network interface got a private address.'),
  network('PrivateIPUnassigned', 'A network interface lost a private address.'),
  network('PrivateIPv6Assigned', 'A network interface got an IPv6 address.'),
  network('PrivateIPv6Unassigned', 'A network interface lost an IPv6 address.'),
  network('SlaveEniWorkStateChanged', 'A secondary network interface changed its working state.'),
  notice('account', 'ActionTrail:AliyunServiceEvent', 'The platform did something to a resource by itself.'),
];

function notice(resource: EventKind['resource'], code: string, meaning: string): EventKind {
  return {
    code,
    family: 'notification',
    resource,
    meaning,
    statuses: [],
    urgency: 'info',
    answers: {},
    losesLocalData: false,
  };
}

function network(name: string, meaning: string): EventKind {
  return notice('network-interface', `NetworkInterface:${name}`, meaning);
}

import type { EventKind } from './kind';

const repair = {
  family: 'local-disk',
  resource: 'instance',
  urgency: 'planned',
  losesLocalData: 'local-disks',
  playbook: 'damaged-local-disk',
} as const;

const alert = {
  family: 'local-disk',
  resource: 'disk',
  answers: {},
  losesLocalData: false,
} as const;

/**
 * A damaged disk: the alert on the disk, then the isolation and the return of the replaced disk, both of which
 * wait for a yes without any time limit.
 *
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-acceptinquiredsystemevent
 */
export const localDisk: readonly EventKind[] = [
  {
    ...repair,
    code: 'SystemMaintenance.RebootAndIsolateErrorDisk',
    meaning: 'A damaged local disk will be isolated, which takes a restart after the event is accepted.',
    statuses: ['Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled'],
    answers: {
      Inquiring: ['AcceptInquiredSystemEvent', 'RedeployInstance'],
      Executing: ['RebootInstance'],
    },
  },
  {
    ...repair,
    code: 'SystemMaintenance.RebootAndReInitErrorDisk',
    meaning: 'A replaced local disk comes back empty, which takes a restart after the event is accepted.',
    statuses: ['Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled'],
    answers: {
      Inquiring: ['AcceptInquiredSystemEvent', 'RedeployInstance'],
      Executing: ['RebootInstance'],
    },
  },
  {
    ...repair,
    code: 'SystemMaintenance.IsolateErrorDisk',
    meaning: 'A damaged local disk will be isolated while the instance runs.',
    statuses: ['Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'],
    answers: { Inquiring: ['AcceptInquiredSystemEvent', 'RedeployInstance'] },
  },
  {
    ...repair,
    code: 'SystemMaintenance.ReInitErrorDisk',
    meaning: 'A replaced local disk comes back empty while the instance runs.',
    statuses: ['Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'],
    answers: { Inquiring: ['AcceptInquiredSystemEvent', 'RedeployInstance'] },
  },
  {
    ...alert,
    code: 'ErrorDetected',
    meaning: 'A local disk is damaged; Executing means that the alert began, Executed that it is over.',
    statuses: ['Executing', 'Executed'],
    urgency: 'now',
    losesLocalData: 'local-disks',
    playbook: 'damaged-local-disk',
    unconfirmed: 'How long after the alert ECS offers to isolate the disk.',
  },
  {
    ...alert,
    code: 'Stalled',
    meaning: 'Reading and writing on the disk hardly get on.',
    statuses: ['Executing', 'Executed'],
    urgency: 'now',
    playbook: 'disk-stalled',
  },
  {
    ...alert,
    code: 'Degraded',
    meaning: 'The disk is slower than it should be.',
    statuses: ['Executing', 'Executed'],
    urgency: 'info',
  },
  {
    ...alert,
    code: 'SeverelyDegraded',
    meaning: 'The disk is much slower than it should be.',
    statuses: ['Executing', 'Executed'],
    urgency: 'info',
  },
];

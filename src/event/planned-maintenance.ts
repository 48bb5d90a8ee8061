import type { EventKind } from './kind';
import { eventStatuses } from './system-event';

const planned = {
  family: 'planned-maintenance',
  resource: 'instance',
  urgency: 'planned',
} as const;

/**
 * Maintenance that the platform announces beforehand.
 *
 * Codes, statuses: https://www.alibabacloud.com/help/en/ecs/user-guide/summary
 * Answers by status: https://www.alibabacloud.com/help/en/ecs/developer-reference/api-redeployinstance
 */
export const plannedMaintenance: readonly EventKind[] = [
  {
    ...planned,
    code: 'SystemMaintenance.Reboot',
    meaning: 'The host needs maintenance and the instance will be restarted.',
    statuses: eventStatuses,
    answers: {
      Inquiring: ['AcceptInquiredSystemEvent', 'RedeployInstance'],
      Scheduled: ['RebootInstance', 'RedeployInstance', 'ModifySystemEventAttribute'],
    },
    losesLocalData: false,
    playbook: 'planned-restart',
    unconfirmed:
      'Whether a restart also answers an Inquiring one, and a stop and a start a Scheduled one; whether it passes through Executing.',
  },
  {
    ...planned,
    code: 'SystemMaintenance.Stop',
    meaning: 'The host needs maintenance and the instance will be stopped and stay stopped.',
    statuses: ['Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'],
    // A redeploy is recommended on the summary page but missing from the list of RedeployInstance itself.
    answers: { Scheduled: ['ModifySystemEventAttribute'] },
    losesLocalData: false,
    playbook: 'planned-stop',
    unconfirmed:
      'Whether a restart or a redeployment answers it; it is waited for, and the instance started again.',
  },
  {
    ...planned,
    code: 'SystemMaintenance.Redeploy',
    meaning: 'The instance must leave its host and its local disks will be erased.',
    statuses: ['Inquiring', 'Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled'],
    answers: {
      Inquiring: ['RedeployInstance', 'AcceptInquiredSystemEvent'],
      Scheduled: ['RedeployInstance', 'ModifySystemEventAttribute'],
    },
    losesLocalData: 'local-disks',
    playbook: 'planned-redeploy',
    unconfirmed: 'Whether it ends Avoided or Executed once it is answered; either counts.',
  },
  {
    ...planned,
    code: 'SystemMaintenance.StopAndRepair',
    meaning: 'The instance will be stopped while its hardware is repaired.',
    statuses: eventStatuses,
    answers: { Inquiring: ['AcceptInquiredSystemEvent'] },
    losesLocalData: 'local-disks',
    unconfirmed: 'Its statuses, and that an Inquiring one is accepted.',
  },
  {
    ...planned,
    code: 'SystemMaintenance.PerformanceImpact',
    meaning: 'Maintenance of the host may slow the instance down for a while.',
    statuses: ['Executing', 'Executed'],
    urgency: 'info',
    answers: {},
    losesLocalData: false,
  },
  {
    ...planned,
    code: 'SystemMaintenance.CleanInactiveDisks',
    meaning: 'Disks that were released but are still attached will be cleaned away.',
    statuses: eventStatuses,
    answers: {},
    losesLocalData: false,
    unconfirmed: 'Its statuses; a restart as the console asks.',
  },
  {
    ...planned,
    code: 'SystemMaintenance.CleanReleasedDisks',
    meaning:
      'Disks that were released but are still attached will be cleaned away (the name EventBridge uses).',
    statuses: eventStatuses,
    answers: {},
    losesLocalData: false,
    unconfirmed: 'Its statuses.',
  },
  {
    ...planned,
    code: 'SystemUpgrade.Migrate',
    meaning: 'The platform offers a plan to migrate the instance.',
    statuses: eventStatuses,
    answers: {},
    losesLocalData: false,
    unconfirmed: 'Its statuses; the plan is chosen in the console.',
  },
];

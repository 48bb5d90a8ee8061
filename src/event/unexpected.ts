import type { EventKind } from './kind';

const unexpected = { family: 'unexpected', resource: 'instance', urgency: 'now' } as const;

/**
 * Failures that the platform reports while it already acts.
 *
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary
 */
export const unexpectedFailures: readonly EventKind[] = [
  {
    ...unexpected,
    code: 'SystemFailure.Reboot',
    meaning: 'The host failed and the platform restarts the instance.',
    statuses: ['Executing', 'Executed', 'Failed'],
    // For instances with local disks only, when they do not come back by themselves.
    answers: { Executing: ['RedeployInstance'] },
    // The documentation lists local data as lost after an automatic recovery; a restart in place may keep it.
    losesLocalData: 'local-disks',
    playbook: 'system-failure',
  },
  {
    ...unexpected,
    code: 'SystemFailure.Stop',
    meaning: 'The host failed and the instance is stopped and stays stopped.',
    statuses: ['Executing', 'Executed'],
    answers: {},
    losesLocalData: 'local-disks',
    playbook: 'system-failure',
  },
  {
    ...unexpected,
    code: 'SystemFailure.Redeploy',
    meaning:
      'The host of an instance with local disks failed; the instance must move and its local data is lost.',
    // The list of RedeployInstance says Inquiring, the list of notifications Scheduled: both are real.
    statuses: ['Inquiring', 'Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled'],
    answers: {
      Inquiring: ['RedeployInstance', 'AcceptInquiredSystemEvent'],
      Scheduled: ['RedeployInstance'],
    },
    losesLocalData: 'local-disks',
    playbook: 'system-failure',
  },
  {
    ...unexpected,
    code: 'SystemFailure.Delete',
    meaning: 'The instance could not be created and is released within minutes.',
    statuses: ['Executing', 'Executed', 'Avoided'],
    answers: {},
    losesLocalData: true,
  },
  {
    ...unexpected,
    code: 'InstanceFailure.Reboot',
    meaning: 'The operating system crashed and the instance is restarted.',
    statuses: ['Executing', 'Executed'],
    answers: {},
    losesLocalData: false,
    playbook: 'instance-failure',
  },
  {
    ...unexpected,
    code: 'Security.TpmAlert',
    meaning: 'The trusted boot of the instance found something it did not expect.',
    statuses: ['Executing', 'Executed'],
    urgency: 'info',
    answers: {},
    losesLocalData: false,
  },
];

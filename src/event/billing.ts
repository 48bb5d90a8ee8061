import type { EventKind } from './kind';

const billing = {
  family: 'billing',
  resource: 'instance',
  statuses: ['Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'],
  urgency: 'planned',
  answers: {},
  losesLocalData: false,
  unconfirmed: 'Whether it is pushed at all; the sweep finds it.',
} as const;

/**
 * What money and misuse bring about. A person answers these: by paying, or by asking.
 *
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary
 */
export const billingAndPunishment: readonly EventKind[] = [
  {
    ...billing,
    code: 'InstanceExpiration.Stop',
    meaning: 'The subscription ends and the instance will be stopped.',
    playbook: 'expiring-instances',
  },
  {
    ...billing,
    code: 'InstanceExpiration.Delete',
    meaning: 'The subscription ended some time ago and the instance will be released.',
    playbook: 'expiring-instances',
    losesLocalData: true,
  },
  {
    ...billing,
    code: 'AccountUnbalanced.Stop',
    resource: 'account',
    meaning: 'A payment is overdue and the instance will be stopped.',
    playbook: 'expiring-instances',
  },
  {
    ...billing,
    code: 'AccountUnbalanced.Delete',
    resource: 'account',
    meaning: 'A payment stayed overdue and the instance will be released.',
    playbook: 'expiring-instances',
    losesLocalData: true,
  },
  {
    ...billing,
    code: 'SecurityPunish.Locked',
    statuses: ['Executing', 'Executed'],
    urgency: 'info',
    meaning: 'The instance is locked because of a breach of the rules.',
    playbook: 'expiring-instances',
  },
  {
    ...billing,
    code: 'SecurityPunish.WebsiteBanned',
    statuses: ['Executing', 'Executed'],
    urgency: 'info',
    meaning: 'A web site on the instance is blocked because of a breach of the rules.',
    playbook: 'expiring-instances',
  },
];

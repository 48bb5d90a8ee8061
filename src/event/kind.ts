import type { EventStatus } from './system-event';

/** The calls with which ECS lets its user answer an event. */
type Answer =
  'RebootInstance' | 'RedeployInstance' | 'AcceptInquiredSystemEvent' | 'ModifySystemEventAttribute';

/** What one event code means and what can be done about it. */
export interface EventKind {
  /**
   * As the ECS console spells it. Notices that ECS itself does not number (`Instance:StateChange`) keep their
   * CloudMonitor name.
   */
  readonly code: string;
  readonly family: 'planned-maintenance' | 'local-disk' | 'unexpected' | 'billing' | 'notification';
  readonly resource: 'instance' | 'disk' | 'snapshot' | 'account' | 'network-interface';
  /** One sentence for a person. */
  readonly meaning: string;
  /** Empty for a notice that is no event: it has no life cycle and no playbook can match it. */
  readonly statuses: readonly EventStatus[];
  /** `planned`: there is time to choose when. `now`: it happens already. `info`: nothing needs to be done at once. */
  readonly urgency: 'planned' | 'now' | 'info';
  /** What ECS accepts in each status, the usual answer first. */
  readonly answers: Partial<Record<'Inquiring' | 'Scheduled' | 'Executing', readonly Answer[]>>;
  /** The shipped playbook that answers it; absent: people hear of it, and nobody acts. */
  readonly playbook?: string;
  /** What public documentation leaves open, in one sentence. */
  readonly unconfirmed?: string;
  /** `true`: everything on the instance goes. `local-disks`: only what local disks hold. */
  readonly losesLocalData: boolean | 'local-disks';
}

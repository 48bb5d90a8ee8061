import type { Millis, SystemEvent } from '../../event/system-event';

/** What an event is asked for by. Events of disks live elsewhere than those of instances: the code tells. */
type EventRef = Pick<SystemEvent, 'id' | 'code' | 'instanceId'>;

export interface Events {
  /** Every event of the region that is Inquiring, Scheduled or Executing; those of disks only where they are asked for. */
  pending(wanted?: { readonly disks: boolean }): Promise<readonly SystemEvent[]>;
  get(event: EventRef): Promise<SystemEvent | undefined>;
  /** Every event of one instance that ECS remembers, in any status; none of its disks. */
  of(instanceId: string): Promise<readonly SystemEvent[]>;
  /** `switched`: it could not be done while the instance runs, and is going to be offered with a restart. */
  acceptInquired(eventId: string): Promise<{ readonly switched: boolean }>;
  /** Pulls the planned time earlier, or back again up to where it first was. */
  move(event: EventRef, notBefore: Millis): Promise<void>;
}

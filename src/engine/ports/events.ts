import type { SystemEvent } from '../../event/system-event';

export interface Events {
  /** Every event of the region that is Inquiring, Scheduled or Executing. */
  pending(): Promise<readonly SystemEvent[]>;
  get(eventId: string, instanceId: string): Promise<SystemEvent | undefined>;
  acceptInquired(eventId: string): Promise<void>;
}

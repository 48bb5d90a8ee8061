/** Milliseconds since 1970-01-01T00:00Z. Every instant inside the program has this shape. */
export type Millis = number;

/** Life-cycle statuses of an ECS system event, spelled as the ECS API spells them. */
export const eventStatuses = [
  'Inquiring',
  'Scheduled',
  'Executing',
  'Executed',
  'Avoided',
  'Canceled',
  'Failed',
] as const;
export type EventStatus = (typeof eventStatuses)[number];

/** What ECS announced about one instance or one of its disks, whichever way we heard of it. */
export interface SystemEvent {
  /** `e-…`; notices without an id (a spot reclaim) get one derived from the instance and a time bucket. */
  readonly id: string;
  /** As the ECS console spells it: `SystemMaintenance.Reboot`, `ErrorDetected`. */
  readonly code: string;
  readonly status: EventStatus;
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
  readonly diskId?: string;
  readonly device?: string;
  /** ECS isolates the disk and does not replace it. */
  readonly isolatesOnly?: true;
  readonly publishedAt?: Millis;
  /** The provider's planned time: the earliest moment at which the platform acts by itself. */
  readonly notBefore?: Millis;
  readonly startedAt?: Millis;
  readonly finishedAt?: Millis;
  readonly reason?: string;
}

const rank: Record<EventStatus, number> = {
  Inquiring: 0,
  Scheduled: 0,
  Executing: 1,
  Executed: 2,
  Avoided: 2,
  Canceled: 2,
  Failed: 2,
};

/** True when nothing more will happen to the event. */
export function isOver(status: EventStatus): boolean {
  return rank[status] === 2;
}

/**
 * Whether `heard` tells something that `known` does not: a later status, or another planned time at the same
 * status. Deliveries come in any order, so a lower rank never replaces a higher one.
 */
export function isNews(known: SystemEvent, heard: SystemEvent): boolean {
  const difference = rank[heard.status] - rank[known.status];
  if (difference !== 0) return difference > 0;
  if (rank[known.status] === 2) return false;
  return (
    heard.status !== known.status || (heard.notBefore !== undefined && heard.notBefore !== known.notBefore)
  );
}

import type { Millis } from './system-event';

const bucketMs = 10 * 60 * 1000;
const pattern = /^spot-(i-.+)-(\d+)$/;

/** A spot reclaim has no id: the instance and ten minutes of the clock make one that all its deliveries share. */
export function spotId(instanceId: string, announcedAt: Millis): string {
  return idIn(instanceId, Math.floor(announcedAt / bucketMs));
}

/** Ids that another delivery of the same reclaim may have had, on the other side of a border of ten minutes. */
export function neighbouringIds(id: string): readonly string[] {
  const [, instanceId, bucket] = pattern.exec(id) ?? [];
  if (instanceId === undefined) return [];
  return [Number(bucket) - 1, Number(bucket) + 1].map((near) => idIn(instanceId, near));
}

/** True for two announcements that are too close to each other to be two reclaims of one instance. */
export function isSameReclaim(one: Millis | undefined, other: Millis | undefined): boolean {
  return one !== undefined && other !== undefined && Math.abs(one - other) < bucketMs;
}

function idIn(instanceId: string, bucket: number): string {
  return `spot-${instanceId}-${bucket}`;
}

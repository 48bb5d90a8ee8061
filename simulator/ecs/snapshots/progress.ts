import type { Snapshot, World } from '../../core/world';

/**
 * Stopping or restarting the instance meanwhile makes a snapshot fail.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsnapshot
 */
export function snapshotStatus(
  world: World,
  { instanceId, createdAt, finishedAt }: Snapshot,
  now: number,
): 'progressing' | 'accomplished' | 'failed' {
  const history = world.instances.get(instanceId)?.history ?? [];
  const isBroken = history.some(
    ({ at, status }) => at > createdAt && at < Math.min(finishedAt, now) && status !== 'Running',
  );
  if (isBroken) return 'failed';
  return now < finishedAt ? 'progressing' : 'accomplished';
}

/** `37%`, of a snapshot that gets on evenly. */
export function snapshotProgress({ createdAt, finishedAt }: Snapshot, now: number): string {
  const part = Math.min(1, (now - createdAt) / Math.max(1, finishedAt - createdAt));
  return `${Math.floor(part * 100)}%`;
}

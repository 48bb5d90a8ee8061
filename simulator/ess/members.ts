import { ApiError } from '../core/call';
import type { ScalingGroup, ScalingMember } from '../core/scaling';
import type { World } from '../core/world';
import { statusAt } from '../ecs/lifecycle';

/** The group of that id, or the service's refusal. */
export function groupOf(world: World, id: string): ScalingGroup {
  const group = world.scalingGroups.get(id);
  if (group !== undefined) return group;
  throw new ApiError(404, 'InvalidScalingGroupId.NotFound', 'The specified scaling group does not exist.');
}

function isProtectedAt(member: ScalingMember, at: number): boolean {
  return member.protection.findLast((entry) => entry.at <= at)?.on ?? false;
}

/** InService, Protected or Standby; the states on the way in and out of a group are not imitated. */
export function lifecycleAt(member: ScalingMember, at: number): string {
  if (isStandbyAt(member, at)) return 'Standby';
  return isProtectedAt(member, at) ? 'Protected' : 'InService';
}

export function isStandbyAt(member: ScalingMember, at: number): boolean {
  return member.standby.findLast((entry) => entry.at <= at)?.on ?? false;
}

/**
 * When Auto Scaling gave the member up: it was not Running, nothing protected it, and that lasted until the
 * health check noticed. Undefined for a member that still belongs to its group at `until`.
 * https://www.alibabacloud.com/help/en/auto-scaling/user-guide/instance-health-check
 */
export function replacedAt(
  world: World,
  group: ScalingGroup,
  member: ScalingMember,
  until: number,
): number | undefined {
  const instance = world.instances.get(member.instanceId);
  if (instance === undefined || group.lifecycle !== 'Active') return undefined;
  const noticeMs = (world.settings.essNoticeSeconds ?? 0) * 1000;
  const changes = [...instance.history, ...member.protection, ...member.standby].map(({ at }) =>
    Math.max(at, world.start),
  );
  const instants = [...new Set([...changes.filter((at) => at < until), until])].sort((a, b) => a - b);
  let since: number | undefined;
  for (const at of instants) {
    if (since !== undefined && at - since >= noticeMs) return since + noticeMs;
    const isLeftAlone = isProtectedAt(member, at) || isStandbyAt(member, at);
    const unwell = statusAt(instance, at) !== 'Running' && !isLeftAlone;
    since = unwell ? (since ?? at) : undefined;
  }
  return undefined;
}

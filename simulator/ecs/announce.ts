import { newId } from '../core/ids';
import type { EcsEvent, World } from '../core/world';
import { execute } from './platform';

export interface Announcement {
  readonly instanceId: string;
  readonly code: string;
  readonly status?: string | undefined;
  readonly notBefore?: number | undefined;
  readonly eventId?: string | undefined;
  readonly diskId?: string | undefined;
  readonly clears: boolean;
  readonly reason: string;
}

const dayMs = 24 * 3_600_000;

/**
 * The platform announces a real event. Maintenance starts Scheduled, a day or more ahead; failures are already
 * being executed. https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-ecs-system-events
 */
export function announce(world: World, asked: Announcement): EcsEvent {
  const isPlanned = asked.code.startsWith('SystemMaintenance.');
  const status = asked.status ?? (isPlanned ? 'Scheduled' : 'Executing');
  const notBefore = asked.notBefore ?? (status === 'Scheduled' ? world.now + 2 * dayMs : undefined);
  const event: EcsEvent = {
    id: asked.eventId ?? newId(world, 'e-bp1'),
    instanceId: asked.instanceId,
    code: asked.code,
    simulated: false,
    publishedAt: world.now,
    reason: asked.reason,
    extended: diskAttributes(world, asked),
    history: [{ at: world.now, status }],
    clears: asked.clears,
    pushed: 0,
    ...(asked.diskId === undefined ? {} : { diskId: asked.diskId }),
    ...(notBefore === undefined ? {} : { notBefore, initialNotBefore: notBefore }),
  };
  world.events.set(event.id, event);
  if (status === 'Executing') execute(world, event, world.now);
  return event;
}

function diskAttributes(world: World, { instanceId, diskId }: Announcement): Record<string, string> {
  if (diskId === undefined) return {};
  const disk = world.instances.get(instanceId)?.disks.find((candidate) => candidate.id === diskId);
  return { DiskId: diskId, Device: disk?.device ?? '', CanAccept: 'true' };
}

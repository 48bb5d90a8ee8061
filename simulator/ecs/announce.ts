import { newId } from '../core/ids';
import type { EcsEvent, World } from '../core/world';
import { execute } from './platform';
import { firstStatus, leadMs } from './statuses';

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

/** The platform announces a real event, as one of its code is announced unless something else is asked for. */
export function announce(world: World, asked: Announcement): EcsEvent {
  const status = asked.status ?? firstStatus(asked.code);
  const notBefore = asked.notBefore ?? (status === 'Scheduled' ? world.now + leadMs(asked.code) : undefined);
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

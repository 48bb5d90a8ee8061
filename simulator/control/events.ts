import * as z from 'zod';
import type { World } from '../core/world';
import { announce } from '../ecs/announce';
import { followRepair } from '../ecs/damaged-disks';
import { eventStatusAt, redirect } from '../ecs/event-history';
import { localDisks } from '../ecs/local-disks';
import { execute } from '../ecs/platform';
import { collectPushes, pushNow } from '../ecs/pushes';
import type { Knock } from './knock';
import { known, Refusal } from './refusal';

const status = z.enum(['Inquiring', 'Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed']);
const millis = z.union([z.number().int(), z.iso.datetime().transform((value) => Date.parse(value))]);

const EventRequest = z.strictObject({
  instanceId: z.string(),
  code: z.string(),
  status: status.optional(),
  notBefore: millis.optional(),
  eventId: z.string().optional(),
  diskId: z.string().optional(),
  clears: z.boolean().default(true),
  /** The disk of an isolation or a return is damaged: what follows on the event follows by itself. */
  damage: z.strictObject({ replaceAfterSeconds: z.number().min(0) }).optional(),
  reason: z.string().default('System maintenance is scheduled due to underlying hardware risk.'),
});

/** The platform announces an event. Times are milliseconds or ISO text. */
export function postEvent(world: World, { body }: Knock): object {
  const asked = EventRequest.parse(body);
  known('instance', world.instances, asked.instanceId);
  if (asked.eventId !== undefined && world.events.has(asked.eventId)) {
    throw new Refusal(`eventId: "${asked.eventId}" is taken; expected a new one`);
  }
  if (asked.damage !== undefined) refuseOtherDisks(world, asked);
  const event = announce(world, asked);
  if (asked.damage !== undefined) followRepair(world, event, asked.damage.replaceAfterSeconds * 1000);
  return { eventId: event.id };
}

function refuseOtherDisks(world: World, { code, instanceId, diskId }: z.output<typeof EventRequest>): void {
  if (!code.endsWith('ErrorDisk'))
    throw new Refusal(`damage: found the code ${code}; expected one of a disk's repair`);
  const local = localDisks(known('instance', world.instances, instanceId)).map(({ id }) => id);
  if (diskId !== undefined && local.includes(diskId)) return;
  throw new Refusal(`diskId: found ${diskId}; expected a local disk of ${instanceId}: ${local.join(', ')}`);
}

const EventChange = z.strictObject({ status: status.optional(), notBefore: millis.optional() });

/** The platform changes its mind: moves the planned time, withdraws the event, or goes first. */
export function patchEvent(world: World, { body, id }: Knock): object {
  const change = EventChange.parse(body);
  const event = known('event', world.events, id);
  collectPushes(world);
  if (change.notBefore !== undefined) {
    event.notBefore = change.notBefore;
    if (change.status === undefined) pushNow(world, event);
  }
  if (change.status === 'Executing') execute(world, event, world.now);
  else if (change.status !== undefined)
    redirect(event, world.now, [{ at: world.now, status: change.status }]);
  return { eventId: id, status: eventStatusAt(event, world.now), notBefore: event.notBefore ?? null };
}

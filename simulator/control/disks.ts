import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { World } from '../core/world';
import { deviceOf } from '../ecs/guest/device';
import { damageDisk } from '../ecs/damaged-disks';
import { localDisks } from '../ecs/local-disks';
import type { Knock } from './knock';
import { Refusal } from './refusal';

const DamageRequest = z.strictObject({
  /** Isolation and return are offered without a restart. */
  online: z.boolean().default(true),
  /** The isolation without a restart fails once it is accepted. */
  onlineFails: z.boolean().default(false),
  /** So long after that; 0 refuses the acceptance itself. */
  failsAfterSeconds: z.number().min(0).default(0),
  isolateOnly: z.boolean().default(false),
  isolateAfterSeconds: z.number().min(0).default(600),
  replaceAfterSeconds: z
    .number()
    .min(0)
    .default(5 * 24 * 3600),
});

/** What the system on the instance has made of its disks, and the SHA-256 of each file it sees. */
export function getDisks(world: World, { id }: Knock): object {
  const instance = world.instances.get(id);
  if (instance === undefined) throw new Refusal(`instance: found ${id}; expected the id of an instance`);
  const disks = instance.disks.map((disk) => ({
    id: disk.id,
    device: deviceOf(disk),
    filesystem: disk.guest.filesystem?.type ?? null,
    uuid: disk.guest.filesystem?.uuid ?? null,
    mountedAt: disk.guest.mountedAt ?? null,
  }));
  const files = [...instance.files].map(([path, content]): [string, string] => [
    path,
    createHash('sha256').update(content).digest('hex'),
  ]);
  return { disks, files: Object.fromEntries(files) };
}

/** A local disk breaks. Its alert begins at once; what follows is told by its events. */
export function postDamage(world: World, { body, id }: Knock): object {
  const { isolateAfterSeconds, replaceAfterSeconds, failsAfterSeconds, ...asked } = DamageRequest.parse(body);
  const instance = [...world.instances.values()].find((each) =>
    localDisks(each).some((disk) => disk.id === id),
  );
  if (instance === undefined) throw new Refusal(`disk: found ${id}; expected the id of a local disk`);
  const { id: eventId } = damageDisk(world, {
    ...asked,
    instanceId: instance.id,
    diskId: id,
    failsAfterMs: failsAfterSeconds * 1000,
    isolateAfterMs: isolateAfterSeconds * 1000,
    replaceAfterMs: replaceAfterSeconds * 1000,
  });
  return { eventId };
}

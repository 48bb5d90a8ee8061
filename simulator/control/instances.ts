import * as z from 'zod';
import type { World } from '../core/world';
import { become, reboot, statusAt } from '../ecs/lifecycle';
import { reclaim } from '../ecs/reclaim';
import { release } from '../ecs/release';
import type { Knock } from './knock';
import { known, Refusal } from './refusal';

/** A restart from inside the system: it answers no event. */
export function guestReboot(world: World, { id }: Knock): object {
  const instance = known('instance', world.instances, id);
  if (statusAt(instance, world.now) !== 'Running')
    throw new Refusal(`${id}: only a Running instance can reboot`);
  return { runningAt: reboot(instance, world.now) };
}

const InstanceChange = z.strictObject({
  status: z.enum(['Pending', 'Starting', 'Running', 'Stopping', 'Stopped']).optional(),
  agent: z.boolean().optional(),
  /** False: its application answers no health check although the system runs. */
  application: z.boolean().optional(),
  /** As after a move that brought it another address, or another network interface. */
  privateIp: z.ipv4().optional(),
  eni: z.string().startsWith('eni-').optional(),
  lock: z.enum(['financial', 'security', 'recycling', 'none']).optional(),
});

/** Puts the instance into a status at once, stops or starts its agent, moves it, locks or unlocks it. */
export function patchInstance(world: World, { body, id }: Knock): object {
  const change = InstanceChange.parse(body);
  const instance = known('instance', world.instances, id);
  if (change.status !== undefined) become(instance, world.now, [{ at: world.now, status: change.status }]);
  if (change.application !== undefined) {
    instance.answering.push({ at: world.now, on: change.application });
  }
  if (change.agent === false) instance.agentStoppedAt = world.now;
  if (change.agent === true) instance.agentStoppedAt = undefined;
  instance.privateIp = change.privateIp ?? instance.privateIp;
  instance.eni = change.eni ?? instance.eni;
  if (change.lock !== undefined) instance.locks.splice(0, instance.locks.length, ...locksOf(change.lock));
  return { id, status: statusAt(instance, world.now) };
}

/** ECS takes a spot instance back: it is locked, and its notice lies in the outbox. */
export function postReclaim(world: World, { id }: Knock): object {
  reclaim(world, known('instance', world.instances, id));
  return { id };
}

/** The instance is released, as its owner may do at any time. */
export function deleteInstance(world: World, { id }: Knock): object {
  release(world, known('instance', world.instances, id));
  return { id };
}

function locksOf(lock: string): string[] {
  return lock === 'none' ? [] : [lock];
}

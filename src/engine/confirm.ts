import { spotReclaim } from '../event/notification';
import { isSameReclaim, neighbouringIds } from '../event/spot-id';
import type { SystemEvent } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import { whyNoSite } from '../playbook/match';
import { findSite } from '../playbook/sites';
import type { InstanceState, World } from './ports';
import type { RefusalCode } from './refused';
import { runIdOf } from './run-id';
import { newestState, readTail } from './run-journal';
import { worldOf } from './world-of';

/** Why a push is not believed. */
export interface Unconfirmed {
  readonly refused: RefusalCode;
  readonly why: string;
}

/** The event as ECS itself has it, and a way to its instance. */
export interface Confirmed {
  readonly event: SystemEvent;
  readonly instance: () => Promise<InstanceState | undefined>;
}

/**
 * A push is a hint, and anybody who can reach the queue or the bus can send one: what ECS itself says counts. The
 * account and region that it claims to be from are asked, if they are ours.
 *
 * @throws Error for a reclaim that ECS does not show yet, so that the platform delivers it again
 */
export async function confirm(
  world: World,
  configuration: Configuration,
  heard: SystemEvent,
): Promise<Confirmed | Unconfirmed> {
  const site = findSite(configuration.settings.spec, heard);
  if (site === undefined) return { refused: 'foreign-account', why: whyNoSite(heard) };
  const { instances, events } = worldOf(world, site).cloud;
  const instance = () => instances.get(heard.instanceId);
  if (heard.code === spotReclaim) return confirmReclaim(world, heard, await instance());
  const event = await events.get(heard);
  if (event !== undefined) return { event, instance };
  return { refused: 'unknown-event', why: 'ECS does not know the event; it may have been a test' };
}

/**
 * A reclaim has no event that could be asked for. ECS locks the instance instead, with the reason Recycling:
 * https://www.alibabacloud.com/help/en/ecs/user-guide/best-practices-for-preemptible-instances/
 */
async function confirmReclaim(
  world: World,
  heard: SystemEvent,
  found: InstanceState | undefined,
): Promise<Confirmed | Unconfirmed> {
  const { instanceId } = heard;
  if (found === undefined) return { refused: 'unknown-instance', why: `there is no instance ${instanceId}` };
  if (!found.locks.includes('recycling')) {
    if (!found.spot) return { refused: 'not-reclaimed', why: `${instanceId} is no spot instance` };
    throw new Error(
      `${instanceId} is to be reclaimed, says a push; ECS does not show it (no lock Recycling)`,
    );
  }
  return { event: await asFirstHeard(world, heard), instance: () => Promise.resolve(found) };
}

/** Two deliveries of one notice may fall on two sides of the border between their ids. */
async function asFirstHeard(world: World, heard: SystemEvent): Promise<SystemEvent> {
  for (const id of neighbouringIds(heard.id)) {
    const near = { ...heard, id };
    const known = newestState(await readTail(world.journals, runIdOf(near, world.home), 0));
    if (isSameReclaim(known?.state.event.publishedAt, heard.publishedAt)) return near;
  }
  return heard;
}

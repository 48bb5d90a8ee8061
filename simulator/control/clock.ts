import * as z from 'zod';
import type { World } from '../core/world';
import { everywhere } from '../core/worlds';
import { nextRepair } from '../ecs/damaged-disks';
import { executeDue } from '../ecs/due';
import { nextTurns, type Idle } from '../fc/turn';
import { idleOf } from './functions';
import type { Knock } from './knock';
import { Refusal } from './refusal';

const Clock = z.union([
  z.strictObject({ now: z.number().int() }),
  z.strictObject({ advanceMs: z.number().int().min(0) }),
]);

/** Moves the clock forward; what the platform had planned in between happens at its own instant on the way. */
export function putClock(world: World, { body }: Knock): object {
  const asked = Clock.parse(body);
  const to = 'now' in asked ? asked.now : world.now + asked.advanceMs;
  if (to < world.now)
    throw new Refusal(`now: found ${to}; expected at least ${world.now}: the clock never goes back`);
  moveClock(world, to);
  return { now: world.now };
}

/** Moves the clock of all accounts and regions on. */
export function moveClock(world: World, to: number): void {
  for (const each of everywhere(world)) {
    executeDue(each, to);
    each.now = to;
  }
}

/** The earliest instant after now at which anything changes by itself. */
export function getNext(world: World, { query }: Knock): object {
  return { at: nextInstant(world, idleOf(query)) ?? null };
}

/** The same for a caller of our own; undefined when nothing is to come. */
export function nextInstant(world: World, idle?: Idle): number | undefined {
  const at = Math.min(
    ...everywhere(world)
      .flatMap((each) => [...instantsOf(each), ...nextTurns(each, idle)])
      .filter((instant) => instant > world.now),
  );
  return Number.isFinite(at) ? at : undefined;
}

function instantsOf(world: World): number[] {
  return [
    ...[...world.instances.values()].flatMap((instance) => instance.history.map((entry) => entry.at)),
    ...[...world.events.values()].flatMap((event) => [
      ...event.history.map((entry) => entry.at),
      ...(event.history.at(-1)?.status === 'Scheduled' ? [event.notBefore ?? 0] : []),
    ]),
    nextRepair(world),
    ...[...world.queues.values()].flatMap((queue) => queue.messages.map((message) => message.visibleAt)),
    ...[...world.scalingGroups.values()].flatMap((group) => group.activities.map(({ endsAt }) => endsAt)),
    ...[...world.groupJobs.values()].map(({ endsAt }) => endsAt),
    ...[...world.serverGroups.values()].flatMap(({ servers }) =>
      servers.flatMap(({ phases }) => phases.map(({ to }) => to)),
    ),
    ...[...world.stacks.values()].flatMap(({ events }) => events.map(({ at }) => at)),
    ...[...world.invocations.values()].map((invocation) => invocation.finishedAt),
  ];
}

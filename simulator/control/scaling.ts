import * as z from 'zod';
import { newId } from '../core/ids';
import type { World } from '../core/world';
import type { Knock } from './knock';
import { known, Refusal } from './refusal';

const Activity = z.strictObject({
  seconds: z.number().min(0),
  description: z.string().default('Add "1" ECS instance'),
});

/** A scaling activity begins in the group and lasts so long; with 0 seconds the one under way ends now. */
export function putActivity(world: World, { body, id }: Knock): object {
  const { seconds, description } = Activity.parse(body);
  const { activities } = known('scaling group', world.scalingGroups, id);
  for (const activity of activities) activity.endsAt = Math.min(activity.endsAt, world.now);
  if (seconds === 0) return { ended: true };
  const begun = {
    id: newId(world, 'asa-bp1'),
    description,
    startedAt: world.now,
    endsAt: world.now + seconds * 1000,
  };
  activities.push(begun);
  return { id: begun.id };
}

const Change = z.strictObject({
  group: z.string(),
  port: z.number().int().optional(),
  weight: z.number().int().min(0).max(100),
});

/** Somebody configures another weight for members that come into service. */
export function patchScalingGroup(world: World, { body, id }: Knock): object {
  const { group, port, weight } = Change.parse(body);
  const { attached } = known('scaling group', world.scalingGroups, id);
  const meant = attached.filter((one) => one.group === group && (port ?? one.port) === one.port);
  if (meant.length === 0) throw new Refusal(`${id}: ${group} is not attached`);
  for (const one of meant) one.weight = weight;
  return { changed: meant.length };
}

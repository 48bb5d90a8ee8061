import * as z from 'zod';
import { faultNames } from '../core/faults';
import type { World } from '../core/world';
import type { Knock } from './knock';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const FaultRequest = z.strictObject({
  name: z.enum(faultNames),
  product: z.string().optional(),
  action: z.string().optional(),
  target: z.string().optional(),
  nth: z.number().int().min(1).default(1),
  times: z.number().int().min(1).default(1),
  options: z.record(z.string(), text).default({}),
});

export function postFault(world: World, { body }: Knock): object {
  const asked = FaultRequest.parse(body);
  const id = `fault-${world.faults.length + 1}`;
  world.faults.push({ id, ...asked, since: world.now, seen: 0, struck: 0 });
  return { id };
}

export function getFaults(world: World): object {
  return { faults: world.faults };
}

export function deleteFaults(world: World): object {
  return { removed: world.faults.splice(0).length };
}

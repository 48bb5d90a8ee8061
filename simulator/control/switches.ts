import * as z from 'zod';
import { defaultSwitches } from '../core/settings';
import type { World } from '../core/world';
import type { Knock } from './knock';
import { Refusal } from './refusal';

/** Sets switches by name; answers all of them. */
export function putSwitches(world: World, { body }: Knock): object {
  const asked = z.record(z.string(), z.boolean()).parse(body);
  const strangers = Object.keys(asked).filter((name) => !Object.hasOwn(defaultSwitches, name));
  if (strangers.length > 0) {
    throw new Refusal(`no switch ${strangers.join(', ')}; known: ${Object.keys(defaultSwitches).join(', ')}`);
  }
  return Object.assign(world.switches, asked);
}

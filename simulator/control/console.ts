import * as z from 'zod';
import type { World } from '../core/world';
import type { Knock } from './knock';
import { known } from './refusal';

const Laid = z.union([
  z.strictObject({ text: z.string(), lastUpdate: z.iso.datetime().optional() }),
  z.strictObject({ base64: z.base64(), lastUpdate: z.iso.datetime().optional() }),
]);

/** The console shows this from now on, and whatever later starts print; `lastUpdate` makes it as old as one likes. */
export function putConsole(world: World, { body, id }: Knock): object {
  const laid = Laid.parse(body);
  const instance = known('instance', world.instances, id);
  const bytes = 'text' in laid ? Buffer.from(laid.text) : Buffer.from(laid.base64, 'base64');
  const lastAt = laid.lastUpdate === undefined ? world.now : Date.parse(laid.lastUpdate);
  instance.laid = { at: world.now, bytes, lastAt };
  return { id, bytes: bytes.length };
}

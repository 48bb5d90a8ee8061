import * as z from 'zod';
import type { World } from '../core/world';
import type { Knock } from './knock';
import { known } from './refusal';

const AlarmChange = z.strictObject({
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
  enabled: z.boolean().optional(),
});

/** An alarm rule begins or ceases to fire, or is switched off or on. */
export function patchAlarm(world: World, { body, id }: Knock): object {
  const rule = known('alarm rule', world.alarms, id);
  const change = AlarmChange.parse(body);
  return Object.assign(rule, change, change.state !== undefined && { isSaid: true });
}

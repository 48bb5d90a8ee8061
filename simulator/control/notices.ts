import * as z from 'zod';
import type { World } from '../core/world';
import { pushNotice } from '../ecs/notices';
import type { Knock } from './knock';

const NoticeRequest = z.strictObject({
  name: z.string().regex(/^\w+:[\w.]+$/, 'expected a name such as Instance:StateChange, without a status'),
  resource: z
    .string()
    .regex(/^[\w-]+\/[\w-]+$/, 'expected what it is about, such as instance/i-… or disk/d-…'),
  level: z.enum(['CRITICAL', 'WARN', 'INFO']).default('INFO'),
  content: z.record(z.string(), z.unknown()).default({}),
});

/** The platform tells of something that is no event: it has no id and no life cycle, and ECS cannot be asked about it. */
export function postNotice(world: World, { body }: Knock): object {
  const asked = NoticeRequest.parse(body);
  pushNotice(world, asked);
  return { name: asked.name };
}

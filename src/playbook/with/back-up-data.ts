import * as z from 'zod';
import { Duration } from '../duration';
import { InstancePath, OssFolder } from './instance-words';

export const BackUpData = z
  .strictObject({
    paths: z.array(InstancePath).min(1),
    to: OssFolder,
    role: z.string().regex(/^[\w.-]{1,64}$/, { error: 'the name of a RAM role attached to the instance' }),
    atMost: Duration,
  })
  .describe('Copies paths of the instance to OSS under the RAM role attached to it, and leaves a manifest.');
export type BackUpData = z.output<typeof BackUpData>;

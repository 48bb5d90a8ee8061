import * as z from 'zod';
import { Duration } from '../duration';
import { InstancePath, OssFolder } from './instance-words';

/** Patterns go into a shell script, and mean the same to find and to ossutil: over a file's own name, wherever it is. */
const NamePattern = z.string().regex(/^[\w.@+*?[\]!-]+$/, {
  error: 'a pattern for the name of a file without its folder, such as "*.tmp": * ? [abc] [!abc]',
});

export const BackUpData = z
  .strictObject({
    paths: z.array(InstancePath).min(1),
    include: z
      .array(NamePattern)
      .describe(
        'Patterns over the names of files, without their folders; only those are saved. Left out: all.',
      )
      .default([]),
    exclude: z
      .array(NamePattern)
      .describe('Patterns over the names of files, without their folders; those are not saved.')
      .default([]),
    to: OssFolder,
    role: z.string().regex(/^[\w.-]{1,64}$/, { error: 'the name of a RAM role attached to the instance' }),
    verify: z
      .enum(['sha256', 'crc64'])
      .describe(
        'sha256: every object is read back and compared, which takes as long as the copy. crc64: what ossutil compares at each upload is enough.',
      )
      .default('sha256'),
    ioErrors: z
      .enum(['fail', 'recordAndContinue'])
      .describe(
        'What a file that cannot be read does: fail the step, or be named in the manifest as not saved.',
      )
      .default('fail'),
    onPartial: z
      .enum(['abort', 'ask', 'proceed'])
      .describe(
        'When files could not be saved: abort fails the step, ask holds the run with their names until a person lets it go on, proceed tells people and goes on.',
      )
      .default('ask'),
    megabytesPerSecond: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .describe(
        'How fast files are thought to be read and copied. What would take longer than atMost is not begun.',
      )
      .default(50),
    atMost: Duration,
  })
  .describe(
    'Copies paths of the instance to OSS under the RAM role attached to it, and leaves a manifest with the checksum of each file.',
  );
export type BackUpData = z.output<typeof BackUpData>;

import * as z from 'zod';
import { Duration } from '../duration';
import { InstancePath } from './instance-words';

/**
 * Cloud Assistant takes 24 KB of a command when it is encoded, and so 18 KB of text, in which every quote of a value
 * becomes four characters and some lines of ours stand.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runcommand
 */
const longestScript = 10_000;
export const longestValues = 1_500;

const ExitCode = z.int().min(0).max(255);

/** A user of Linux, as `useradd` takes it. */
const User = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, { error: 'the name of a user of the instance' });

const Script = z.strictObject({
  script: InstancePath.describe(
    'A file on the instance that can be executed. Either this or run.',
  ).optional(),
  run: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= longestScript, {
      error: `a script of at most ${longestScript} bytes; put a longer one on the instance and name it with script`,
    })
    .describe('Lines for the shell of the instance. Either this or script.')
    .optional(),
  arguments: z
    .array(z.string())
    .describe('Words behind script, each passed as it is: no shell expands them.')
    .default([]),
  parameters: z
    .record(z.string(), z.string())
    .describe(
      'Environment of the script, beside FAILOVER_RUN, FAILOVER_EVENT, FAILOVER_EVENT_CODE, FAILOVER_EVENT_STATUS, FAILOVER_INSTANCE and FAILOVER_PLANNED. Not for secrets: Cloud Assistant keeps and shows what it was told.',
    )
    .default({}),
  workingDir: InstancePath.describe('Must exist. Left out: /root.').optional(),
  user: User.describe('Must exist. Left out: root.').optional(),
  expect: z
    .union([ExitCode, z.array(ExitCode).min(1)])
    .describe('The exit codes that mean success.')
    .default(0),
  timeout: Duration.refine((ms) => ms >= 10_000 && ms <= 86_400_000, {
    error: 'a duration from 10s to 1d, as Cloud Assistant takes it',
  }).describe('After it Cloud Assistant stops the script, and the step fails.'),
});

export const RunScript = Script.extend({
  atMost: Duration.describe(
    'How long an instance on which the script could not be started is asked again: its agent is silent, say.',
  ).prefault('5m'),
  undo: Script.describe(
    'Runs when the step is put back, which ends at the commit point. Left out: there is nothing to put back.',
  ).optional(),
}).describe(
  'Runs a script on the instance with Cloud Assistant, once; a person who lets the run go on after it failed has it run once more.',
);

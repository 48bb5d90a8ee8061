import * as z from 'zod';
import { Duration } from '../duration';
import { OssFolder } from './instance-words';

export const CollectDiagnostics = z
  .strictObject({
    console: z
      .boolean()
      .describe("The log of the instance's serial console, and what it tells.")
      .default(true),
    screenshot: z
      .boolean()
      .describe('A picture of its screen; only a running instance has one.')
      .default(true),
    to: OssFolder.describe(
      'Where files of each instance and run are kept, such as "oss://failover-backups/diagnostics/": the functions of the template may write below that folder only.',
    ),
    // Longer than the lease of an act, so that one whose invocation died is tried again.
    atMost: Duration.describe('So long it is tried; without onFail the run goes on afterwards.').prefault(
      '5m',
    ),
  })
  .describe(
    'Keeps what the instance shows of itself in OSS, without secrets, and says what it tells. It changes nothing on the instance, and fails no run unless onFail says so.',
  );

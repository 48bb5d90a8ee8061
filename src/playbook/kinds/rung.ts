import * as z from 'zod';
import { Duration, RestartPause } from '../duration';
import { CollectDiagnostics } from '../with/collect-diagnostics';
import { LocalData } from '../with/local-data';
import { Condition } from './condition';
import type { Immutable } from './words';

const disruptive = {
  atMost: Duration.describe('Time for this answer; after it the next rung has its turn.'),
  forceStop: z
    .boolean()
    .describe('Whether a stop that hangs may be forced. Like pulling the plug: unsaved data is lost.')
    .default(false),
  unless: z
    .strictObject({ hasLocalDisk: z.literal(true) })
    .describe('Leave this rung out for an instance with local disks.')
    .optional(),
  when: Condition.optional(),
};

/** One rung of the ladder: another answer, for when the first did not help. */
export const Rung = z.discriminatedUnion('use', [
  z.strictObject({
    use: z.literal('restart-instance'),
    after: RestartPause.describe('From the first answer to this one.').prefault('12h'),
    ...disruptive,
  }),
  z.strictObject({ use: z.literal('stop-start-instance'), ...disruptive }),
  z.strictObject({ use: z.literal('redeploy-instance'), localData: LocalData.optional(), ...disruptive }),
  z.strictObject({
    use: z.literal('collect-diagnostics'),
    with: CollectDiagnostics,
    when: Condition.optional(),
  }),
  z.strictObject({ use: z.literal('call-someone') }),
]);
export type Rung = Immutable<z.output<typeof Rung>>;

import * as z from 'zod';
import { eventStatuses } from '../../event/system-event';
import { Duration } from '../duration';

export const AwaitEvent = z
  .strictObject({
    states: z.array(z.enum(eventStatuses)).min(1),
    events: z
      .array(z.string())
      .min(1)
      .describe('Codes of a later event of the same instance or disk: the run sleeps until it comes.')
      .optional(),
    event: z
      .string()
      .describe('An earlier await-event step with events: what it found is proved to be over.')
      .optional(),
    remindEvery: Duration.describe('With events: so often people are told that it has not come.').optional(),
    atMost: Duration,
  })
  .describe(
    'Waits until the event itself is in one of these states: a restart alone does not prove that it is gone. With events, waits for another event.',
  );

import * as z from 'zod';
import { eventStatuses } from '../../event/system-event';
import { Duration } from '../duration';

export const AwaitEvent = z
  .strictObject({
    states: z.array(z.enum(eventStatuses)).min(1),
    atMost: Duration,
  })
  .describe(
    'Waits until the event itself is in one of these states: a restart alone does not prove that it is gone.',
  );

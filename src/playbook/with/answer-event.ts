import * as z from 'zod';
import { Duration } from '../duration';

export const AnswerEvent = z
  .strictObject({
    action: z.enum(['fromEvent']),
    atMost: Duration,
    forceStop: z.boolean().default(false),
    requireBackup: z
      .string()
      .describe('A back-up-data step without whose verified manifest nothing is answered.')
      .optional(),
  })
  .describe("fromEvent: the call that the event's code and status ask for.");

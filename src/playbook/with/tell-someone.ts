import * as z from 'zod';
import { Duration } from '../duration';

export const TellSomeone = z
  .strictObject({
    before: z
      .array(Duration)
      .describe("When people are told again, before the provider's planned time.")
      .prefault(['3d', '1d', '2h']),
  })
  .prefault({})
  .describe(
    'Tells people of the event at once and again as its time comes near, until it is over. Alone in a playbook it touches nothing and needs neither window nor slot.',
  );

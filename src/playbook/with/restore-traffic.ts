import * as z from 'zod';
import { Duration } from '../duration';
import { Percentage } from '../percentage';

const Alarm = z.strictObject({ cloudMonitorAlarm: z.string().min(1) });

export const RestoreTraffic = z
  .strictObject({
    ramp: z
      .array(z.strictObject({ weight: Percentage, hold: Duration.optional() }))
      .min(1)
      .default([{ weight: 100 }]),
    abortIf: z
      .union([Alarm, z.array(Alarm).min(1)])
      .describe(
        'While one of these CloudMonitor alarm rules is firing, no share is given, and what was given is taken back.',
      )
      .optional(),
    flaps: z
      .strictObject({ most: z.int().min(0) })
      .describe(
        "How often the member's health may turn bad on the way. Each time the share is held anew; once more, and the traffic is taken back. Left out: 3.",
      )
      .optional(),
    atMost: Duration.describe(
      'How long bad health or a firing alarm may stand in the way of the next share.',
    ).optional(),
  })
  .describe('Brings the weights back in shares of what they were; the last entry is 100%.');
export type RestoreTraffic = z.output<typeof RestoreTraffic>;

import * as z from 'zod';
import { Duration } from '../duration';
import { PartPercentage } from '../percentage';

export const DrainTraffic = z
  .strictObject({
    how: z
      .enum(['weightZero', 'remove', 'lower'])
      .describe(
        'weightZero keeps the registration; remove takes the server out of its groups; lower leaves it weight, and so takes nothing out.',
      )
      .default('weightZero'),
    weight: PartPercentage.describe(
      'With how: lower, the share of its weight that the server keeps. Rounded up, and never 0.',
    ).optional(),
    masterSlave: z
      .enum(['ask', 'accept', 'fail'])
      .describe(
        'For a member of a CLB master/slave group, which no call can drain: ask a person, accept that the health check moves the traffic, or fail.',
      )
      .default('ask'),
    quiet: z
      .strictObject({
        activeConnectionsBelow: z.int().min(1),
        for: Duration,
        by: z.enum(['cloudAssistant', 'cloudMonitor']).default('cloudAssistant'),
      })
      .describe('When enough connections have ended. Left out only with how: lower, which waits for nothing.')
      .optional(),
    atMost: Duration,
    notQuiet: z
      .enum(['proceed', 'fail', 'ask'])
      .describe('When atMost is over first: go on all the same, fail, or hold and ask a person.')
      .default('proceed'),
  })
  .describe(
    'Weight 0 everywhere, then wait until fewer than activeConnectionsBelow connections are left for as long as for says.',
  );

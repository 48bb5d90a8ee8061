import * as z from 'zod';
import { eventStatuses } from '../../event/system-event';

const FactOf = z
  .strictObject({
    step: z.string().describe('The id of an earlier step.'),
    key: z.string().describe('What it remembers, such as exitCode of a script or files of a backup.'),
    above: z.number().optional(),
    below: z.number().optional(),
    is: z.union([z.string(), z.number(), z.boolean()]).optional(),
  })
  .describe('Something an earlier step remembered; without above, below or is: that it remembered it.');

const predicate = {
  eventCode: z.array(z.string()).min(1).describe('The event has one of these codes.').optional(),
  eventStatus: z
    .array(z.enum(eventStatuses))
    .min(1)
    .describe('The event has one of these statuses when the run comes to the step.')
    .optional(),
  hasLocalDisk: z.boolean().optional(),
  spot: z.boolean().describe('The instance is a spot instance, or is none.').optional(),
  zone: z.array(z.string()).min(1).describe('The instance is in one of these zones.').optional(),
  tag: z
    .record(z.string(), z.string())
    .describe('The instance carries all of these tags when the run starts. "*": any value.')
    .optional(),
  factOf: FactOf.optional(),
};

const Predicate = z.strictObject(predicate);

/** When a step is carried out: everything that is given must hold. */
export const Condition = z
  .strictObject({
    ...predicate,
    allOf: z.array(Predicate).min(1).optional(),
    anyOf: z.array(Predicate).min(1).optional(),
    not: Predicate.optional(),
  })
  .describe(
    'Only if all of this holds. What is known when the run starts decides then, and the plan shows it; statuses and facts decide when the run comes to the step.',
  );

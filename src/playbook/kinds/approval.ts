import * as z from 'zod';
import { Duration } from '../duration';
import type { Immutable } from './words';

/** Whose yes a run needs before it does anything, and what no answer means. */
export const Approval = z.strictObject({
  when: z
    .enum(['always', 'noWindow', 'outsideCalendar'])
    .describe(
      'always; noWindow: when the calendar leaves no window in time, and a yes stands in for one; outsideCalendar: the same, and for the last safe moment too.',
    ),
  from: z.array(z.string()).min(1).describe('Groups of people, as the settings name them.'),
  need: z.int().min(1).describe('How many of them must say yes.').default(1),
  noAnswer: z
    .strictObject({ after: Duration, then: z.enum(['hold', 'proceed', 'withdraw']).default('hold') })
    .describe('What happens when they have not answered by then.')
    .prefault({ after: '2h' }),
});
export type Approval = Immutable<z.output<typeof Approval>>;

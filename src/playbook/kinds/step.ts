import * as z from 'zod';
import { stepParameters, type StepType } from '../with';
import { Condition } from './condition';
import { Name, type Immutable } from './words';

const stepFrame = {
  id: Name,
  onFail: z
    .enum(['continue', 'undo', 'hold'])
    .describe('What happens when this step fails. Left out: what onFailure says.')
    .optional(),
  commit: z
    .boolean()
    .describe(
      'The point of no return: up to here a failed run is undone, from here on it is finished or held.',
    )
    .default(false),
  when: Condition.optional(),
};

function stepOf<T extends StepType>(use: T) {
  return z.strictObject({ ...stepFrame, use: z.literal(use), with: stepParameters[use] });
}

export const Step = z.discriminatedUnion('use', [
  stepOf('drain-traffic'),
  stepOf('back-up-data'),
  stepOf('answer-event'),
  stepOf('await-event'),
  stepOf('check-health'),
  stepOf('restore-traffic'),
  stepOf('run-script'),
  stepOf('let-go'),
  stepOf('tell-someone'),
  stepOf('snapshot-disks'),
  stepOf('release-disks'),
  stepOf('prepare-disks'),
  stepOf('restore-data'),
  stepOf('collect-diagnostics'),
]);
export type Step = Immutable<z.output<typeof Step>>;

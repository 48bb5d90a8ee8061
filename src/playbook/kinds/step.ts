import * as z from 'zod';
import { stepParameters, type StepType } from '../step-parameters';
import { Name, type Immutable } from './words';

/** What happens when a step fails and its playbook entry says nothing: see `onFailure`. */
const stepFrame = {
  id: Name,
  onFail: z.enum(['continue', 'undo', 'hold']).optional(),
  /** The point of no return: up to here a failed run is undone, from here on it is finished or held. */
  commit: z.boolean().default(false),
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
]);
export type Step = Immutable<z.output<typeof Step>>;

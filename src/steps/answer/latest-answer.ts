import * as z from 'zod';
import type { Millis } from '../../event/system-event';
import { factsOf, type Scene } from '../define-step';

const SlotFacts = z.object({ mustActBy: z.number().optional(), finishBeforeMs: z.number().optional() });

/**
 * By when an answer must have been given: what the window was waited for, or sooner where the provider has moved its
 * planned time since.
 *
 * @param slot the step whose facts hold the moment by which the call must have been made
 */
export function latestAnswer(notBefore: Millis | undefined, slot: string | undefined, scene: Scene): Millis {
  const { mustActBy = Infinity, finishBeforeMs } = SlotFacts.parse(factsOf(scene, slot) ?? {});
  if (notBefore === undefined || finishBeforeMs === undefined) return mustActBy;
  return Math.min(mustActBy, notBefore - finishBeforeMs);
}

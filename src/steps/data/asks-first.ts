import * as z from 'zod';
import type { Scene } from '../define-step';

const AskedFacts = z.object({ askedAt: z.number().optional() });

/** True until a person has let the run go on behind the question: the step stands anew since then. */
export function asksFirst({ facts, since }: Pick<Scene, 'facts' | 'since'>): boolean {
  const { askedAt } = AskedFacts.parse(facts);
  return askedAt === undefined || askedAt === since;
}

import type { CollectDiagnostics } from '../with/collect-diagnostics';
import type * as z from 'zod';
import type { Filled, StepOf } from './context';

/** What is collected helps a person: that it could not be is no reason to stop. */
export function fillDiagnostics({ onFail, with: asked }: StepOf<'collect-diagnostics'>): readonly Filled[] {
  return [{ ...diagnosticsOf(asked), onFail: onFail ?? 'continue' }];
}

/** The same as a rung of the ladder. */
export function diagnosticsOf({
  atMost,
  ...parameters
}: z.output<typeof CollectDiagnostics>): Pick<Filled, 'parameters' | 'atMostMs'> {
  return { parameters, atMostMs: atMost };
}

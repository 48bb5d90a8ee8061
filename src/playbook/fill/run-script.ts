import type { Facts } from '../../run/run';
import type { Filled, StepOf } from './context';

export function fillScript(step: StepOf<'run-script'>): readonly Filled[] {
  const { undo, atMost, ...script } = step.with;
  const parameters = {
    ...scriptOf(script),
    startWithinMs: atMost,
    ...(undo && { undo: scriptOf(undo) }),
  };
  return [{ parameters }];
}

type Written = Omit<StepOf<'run-script'>['with'], 'undo' | 'atMost'>;

function scriptOf({ script, run, arguments: words, parameters, expect, timeout, ...where }: Written): Facts {
  return {
    ...(script === undefined ? { run } : { script, arguments: words }),
    environment: parameters,
    expect: typeof expect === 'number' ? [expect] : expect,
    timeoutMs: timeout,
    ...where,
  };
}

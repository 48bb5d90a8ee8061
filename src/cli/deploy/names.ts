import type { FunctionName, Generation } from './ports';

/** The functions of an installation; each has its zip and its folder in `functions/`. */
export const functionNames = ['poll', 'receive', 'advance'] as const;
export type OneFunction = (typeof functionNames)[number];

/** Every name that an installation has, from its prefix and where it is. */
export interface Names {
  readonly stack: string;
  readonly codeBucket: string;
  readonly stateBucket: string;
  /** Carries the runs. */
  readonly queue: string;
  /** In the order of what to look at first. To FC 2.0 CloudMonitor pushes without a queue. */
  readonly queuesOf: (generation: Generation) => readonly string[];
  readonly functionOf: (name: OneFunction, generation: Generation) => FunctionName;
}

export function namesOf(prefix: string, account: string, region: string): Names {
  return {
    stack: prefix,
    codeBucket: `${prefix}-code-${account}-${region}`,
    stateBucket: `${prefix}-state-${account}-${region}`,
    queue: `${prefix}-runs`,
    queuesOf: (generation) =>
      ['runs', 'runs-dead', ...(generation === 'fc3' ? ['events'] : []), 'events-dead'].map(
        (name) => `${prefix}-${name}`,
      ),
    functionOf: (name, generation) => ({ generation, service: prefix, name: `${prefix}-${name}` }),
  };
}

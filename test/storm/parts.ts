import type { World } from '../../src/engine/ports';
import type { StepTypes } from '../../src/engine/hop';
import type { Configuration } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';

/** What a story is put together from, where a mutant can reach it. */
export interface Parts {
  readonly steps: StepTypes;
  readonly world: (world: World) => World;
  readonly configuration: (configuration: Configuration) => Configuration;
}

export const plainParts: Parts = {
  steps: stepTypes,
  world: (world) => world,
  configuration: (configuration) => configuration,
};

/** The engine with one safety device taken out. */
export interface Mutant {
  readonly name: string;
  /** What is missing. */
  readonly sentence: string;
  readonly apply: (parts: Parts) => Parts;
  /** Left out: it can show in every story. */
  readonly among?: (seed: number) => boolean;
}
